// "La mia lista": the entries that a visitor puts aside. They stay in this browser, by key and name.
(() => {
  const CHIAVE = "guida-lista";
  const MASSIMO = 60;
  const pagina = document.querySelector("[data-lista-pagina]");
  const annuncio = document.querySelector("[data-annuncio]");

  function leggi() {
    const letta = JSON.parse(localStorage.getItem(CHIAVE) || "[]");
    return Array.isArray(letta) ? letta.filter((v) => v && /^\d{1,9}$/.test(v.id) && typeof v.nome === "string") : [];
  }
  function scrivi(lista) { localStorage.setItem(CHIAVE, JSON.stringify(lista.slice(0, MASSIMO))); }
  let lista;
  try {
    lista = leggi();
    scrivi(lista);
  } catch {
    return; // No storage here: the buttons stay away.
  }

  const quanti = (n) => (n === 1 ? "1 servizio" : `${n} servizi`);
  function annuncia(testo) {
    if (!annuncio) return;
    annuncio.textContent = "";
    setTimeout(() => { annuncio.textContent = testo; }, 50);
  }
  const indirizzo = (base) => (lista.length ? `${base}?v=${lista.map((v) => v.id).join(",")}` : base);

  function mostra() {
    for (const bottone of document.querySelectorAll("[data-lista]")) {
      bottone.hidden = false;
      bottone.setAttribute("aria-pressed", String(lista.some((v) => v.id === bottone.dataset.lista)));
    }
    for (const link of document.querySelectorAll("[data-lista-link]")) {
      link.closest("[hidden]")?.removeAttribute("hidden");
      link.href = indirizzo(link.dataset.listaLink);
      link.querySelector("[data-quanti]").textContent = lista.length;
      link.querySelector("[data-parola]").textContent = lista.length === 1 ? " servizio" : " servizi";
    }
  }

  function alterna(id, nome) {
    const era = lista.some((v) => v.id === id);
    if (!era && lista.length >= MASSIMO) return annuncia(`La lista è piena: tiene ${quanti(MASSIMO)}.`);
    lista = era ? lista.filter((v) => v.id !== id) : [...lista, { id, nome }];
    scrivi(lista);
    mostra();
    annuncia(`${nome}: ${era ? "tolto dalla lista" : "messo in lista"}. Ora ne ha ${lista.length}.`);
  }

  for (const bottone of document.querySelectorAll("[data-lista]")) {
    bottone.addEventListener("click", () => alterna(bottone.dataset.lista, bottone.dataset.nome));
  }
  addEventListener("storage", (evento) => { if (evento.key === CHIAVE) { lista = leggi(); mostra(); } });

  if (pagina) {
    // Without keys in its address the page shows this browser's list.
    const chieste = new URLSearchParams(location.search).get("v");
    if (!chieste && lista.length) return location.replace(indirizzo(location.pathname));

    const parte = (nome) => pagina.querySelector(`[data-lista-${nome}]`);
    const mostrate = [...pagina.querySelectorAll("[data-lista]")].map((b) => ({ id: b.dataset.lista, nome: b.dataset.nome }));
    const perdute = (pagina.dataset.perdute || "").split(",").filter(Boolean);
    const nomi = lista.filter((v) => perdute.includes(v.id)).map((v) => v.nome);
    if (nomi.length) parte("perdute").textContent = `: ${nomi.join(", ")}`;
    const mie = lista.filter((v) => !perdute.includes(v.id));
    if (mie.length !== lista.length) { lista = mie; scrivi(lista); }

    const altrui = mostrate.filter((v) => !lista.some((mia) => mia.id === v.id));
    if (altrui.length && parte("ricevuta")) {
      const riquadro = parte("ricevuta");
      riquadro.hidden = false;
      riquadro.querySelector("button").addEventListener("click", () => {
        lista = [...lista, ...altrui].slice(0, MASSIMO);
        scrivi(lista);
        riquadro.hidden = true;
        mostra();
        annuncia(`La tua lista ora ha ${quanti(lista.length)}.`);
        pagina.querySelector("h1").focus();
      });
    }

    parte("stampa")?.addEventListener("click", () => print());
    const svuota = parte("svuota");
    const annulla = parte("annulla");
    let tolte = [];
    svuota?.addEventListener("click", () => {
      tolte = lista;
      lista = [];
      scrivi(lista);
      mostra();
      svuota.hidden = true;
      annulla.hidden = false;
      annulla.focus();
      annuncia("La lista è vuota. Puoi annullare.");
    });
    annulla?.addEventListener("click", () => {
      lista = tolte;
      scrivi(lista);
      mostra();
      annulla.hidden = true;
      svuota.hidden = false;
      svuota.focus();
      annuncia(`La lista è tornata: ${quanti(lista.length)}.`);
    });
    for (const elemento of pagina.querySelectorAll("[data-con-lista]")) elemento.hidden = false;
    if (!lista.length && svuota) svuota.hidden = true;
  }
  mostra();
})();
