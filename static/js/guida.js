// Small helps for the family guide; everything works without them.
(() => {
  // What makes sense only with JavaScript is hidden until it is there.
  for (const elemento of document.querySelectorAll("[data-con-js]")) elemento.hidden = false;

  // "Open now" of a page that was drawn before, or left open, is not said any more: the hours below are.
  function togliPassati() {
    for (const elemento of document.querySelectorAll("[data-vale-fino]")) {
      if (Date.now() >= Date.parse(elemento.dataset.valeFino)) elemento.hidden = true;
    }
  }
  togliPassati();
  setInterval(togliPassati, 60000);
  addEventListener("pageshow", togliPassati);

  for (const bottone of document.querySelectorAll("[data-condividi]")) {
    if (!navigator.share) continue;
    bottone.hidden = false;
    bottone.addEventListener("click", () => {
      navigator.share({ title: bottone.dataset.titolo, url: bottone.dataset.condividi }).catch(() => {});
    });
  }

  const voce = document.querySelector("[data-annuncio]");
  for (const bottone of document.querySelectorAll("[data-copia]")) {
    if (!navigator.clipboard) { bottone.hidden = true; continue; }
    bottone.addEventListener("click", async () => {
      let detto = "Indirizzo copiato";
      try {
        await navigator.clipboard.writeText(bottone.dataset.copia);
      } catch {
        detto = "Non è stato possibile copiare: l'indirizzo è quello scritto in alto nel browser";
      }
      voce.textContent = "";
      setTimeout(() => { voce.textContent = detto; }, 50);
    });
  }

  // Words that found nothing are counted once, without who wrote them.
  const vana = document.querySelector("[data-cercato]");
  if (vana) {
    const parole = vana.dataset.cercato;
    const chiave = `cercato:${parole}`;
    try {
      if (sessionStorage.getItem(chiave)) return;
      sessionStorage.setItem(chiave, "1");
    } catch { /* without a storage a word may count twice */ }
    navigator.sendBeacon(vana.dataset.dove, new URLSearchParams({ parole }));
  }
})();
