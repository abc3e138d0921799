// Keeps this card for when there is no network: a service worker for this address alone, and nothing else of the site.
(() => {
  const card = document.querySelector("[data-card]");
  const annuncio = document.querySelector("[data-annuncio]");
  const togli = document.querySelector("[data-togli]");
  const NOME = "card";

  // Without network the page is the one that was kept: the day of today may be later.
  const oggi = new Date();
  const giorno = [oggi.getFullYear(), oggi.getMonth() + 1, oggi.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const valida = card.querySelector("[data-stato].valida");
  if (valida && giorno > card.dataset.finoAl) {
    valida.hidden = true;
    card.querySelector("[data-scaduta]").hidden = false;
  }

  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const sue = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]")];

  async function tieni() {
    await navigator.serviceWorker.register(card.dataset.servizio, { scope: location.pathname });
    const cassetto = await caches.open(NOME);
    await cassetto.addAll([location.pathname, ...new Set(sue.map((e) => e.href || e.src))]);
    annuncio.textContent = "Questa pagina si apre anche senza rete.";
    togli.hidden = false;
  }

  togli.addEventListener("click", async () => {
    const cassetto = await caches.open(NOME);
    await cassetto.delete(location.pathname);
    const registrazione = await navigator.serviceWorker.getRegistration(location.pathname);
    if (registrazione) await registrazione.unregister();
    togli.hidden = true;
    annuncio.textContent = "Tolta: senza rete non si apre più.";
  });

  if (navigator.onLine) tieni().catch(() => {}); // Storage may be refused: the card is a page all the same.
  else togli.hidden = false;
})();
