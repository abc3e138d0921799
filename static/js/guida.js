// Small helps for the family guide; everything works without them.
(() => {
  // What makes sense only with JavaScript is hidden until it is there.
  for (const elemento of document.querySelectorAll("[data-con-js]")) elemento.hidden = false;

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
