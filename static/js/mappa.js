// What a list shows, each at its own point, over the tiles of a server: the list says the same, without this.
(() => {
  const riquadro = document.querySelector("[data-mappa]");
  if (!riquadro || !window.L) return;
  const { punti, tessere } = JSON.parse(document.getElementById(riquadro.dataset.mappa).textContent);
  const scheda = document.getElementById(riquadro.dataset.scheda);
  const LATO = 34; // pixels: the size of a marker, and the least distance between two
  const IN_SCHEDA = 40;
  const fermo = matchMedia("(prefers-reduced-motion: reduce)").matches;

  for (const elemento of document.querySelectorAll("[data-con-mappa]")) elemento.hidden = false;
  const mappa = L.map(riquadro, {
    attributionControl: false, zoomControl: false, zoomSnap: 0.25, zoomDelta: 1, maxZoom: 18,
    scrollWheelZoom: false, // the wheel and one finger move the page; two fingers and the buttons move the map
    dragging: !matchMedia("(pointer: coarse)").matches,
    zoomAnimation: !fermo, fadeAnimation: !fermo, markerZoomAnimation: !fermo, inertia: !fermo,
  });
  L.control.zoom({ zoomInTitle: "Ingrandisci la mappa", zoomOutTitle: "Riduci la mappa" }).addTo(mappa);
  L.control.scale({ imperial: false }).addTo(mappa);
  L.control.attribution({ prefix: false }).addTo(mappa);
  const scritta = document.createElement("span");
  scritta.textContent = tessere.attribuzione;
  L.tileLayer(tessere.url, { maxZoom: 19, referrerPolicy: "origin", attribution: scritta.innerHTML }).addTo(mappa);

  const tutti = punti.map((p) => [p.latitudine, p.longitudine]);
  const inquadra = () => mappa.fitBounds(tutti, { padding: [60, 40], maxZoom: 13, animate: !fermo });
  inquadra();
  document.querySelector("[data-mappa-tutta]")?.addEventListener("click", inquadra);

  const elenca = (nomi) => (nomi.length > 2 ? `${nomi[0]} e dintorni` : nomi.join(" e "));
  const segni = L.layerGroup().addTo(mappa);
  let aperto = null; // the point of the group that the sheet shows

  // Points nearer than a marker are one group, so that every marker can be touched.
  function raggruppa() {
    const gruppi = [];
    for (const punto of punti) {
      const qui = mappa.project([punto.latitudine, punto.longitudine]);
      const vicino = gruppi.find((gruppo) => gruppo.centro.distanceTo(qui) < LATO + 4);
      if (vicino) vicino.punti.push(punto);
      else gruppi.push({ centro: qui, posto: [punto.latitudine, punto.longitudine], punti: [punto] });
    }
    for (const gruppo of gruppi) {
      gruppo.quanti = gruppo.punti.reduce((somma, p) => somma + p.quanti, 0);
      gruppo.nome = elenca([...new Set(gruppo.punti.map((p) => p.dove))]);
    }
    return gruppi;
  }

  function segno(gruppo) {
    const bottone = document.createElement("button");
    bottone.type = "button";
    bottone.className = "mappa-segno";
    bottone.textContent = gruppo.quanti;
    bottone.setAttribute("aria-label", `${gruppo.nome}: ${gruppo.quanti} ${gruppo.quanti === 1 ? "servizio" : "servizi"}`);
    bottone.setAttribute("aria-expanded", String(gruppo.punti.includes(aperto)));
    bottone.addEventListener("click", () => apri(gruppo));
    gruppo.bottone = bottone;
    const icona = L.divIcon({ className: "mappa-icona", html: bottone, iconSize: [LATO, LATO] });
    L.marker(gruppo.posto, { icon: icona, keyboard: false }).addTo(segni);
  }

  let gruppi = [];
  function disegna() {
    const fuoco = gruppi.find((gruppo) => gruppo.bottone === document.activeElement);
    segni.clearLayers();
    gruppi = raggruppa().sort((a, b) => a.nome.localeCompare(b.nome, "it"));
    gruppi.forEach(segno);
    if (fuoco) gruppi.find((gruppo) => gruppo.punti.includes(fuoco.punti[0]))?.bottone.focus();
  }

  function apri(gruppo) {
    aperto = gruppo.punti[0];
    for (const altro of gruppi) altro.bottone.setAttribute("aria-expanded", String(altro === gruppo));
    const titolo = scheda.querySelector("h3");
    titolo.textContent = `${gruppo.nome}: ${gruppo.quanti} ${gruppo.quanti === 1 ? "servizio" : "servizi"}`;
    scheda.querySelector("[data-circa]").hidden = !gruppo.punti.some((p) => p.circa);
    const elenco = scheda.querySelector("ul");
    elenco.replaceChildren(...gruppo.punti.slice(0, IN_SCHEDA).map((punto) => {
      const riga = document.createElement("li");
      const link = document.createElement("a");
      link.href = punto.url;
      link.textContent = punto.nome;
      riga.append(link);
      return riga;
    }));
    const altri = gruppo.punti.length - IN_SCHEDA;
    const resto = scheda.querySelector("[data-altri]");
    resto.hidden = altri <= 0;
    resto.textContent = `E altri ${altri}: sono nell'elenco.`;
    scheda.hidden = false;
    titolo.focus();
    scheda.scrollIntoView({ block: "nearest", behavior: fermo ? "auto" : "smooth" });
  }

  function chiudi() {
    scheda.hidden = true;
    const gruppo = gruppi.find((uno) => uno.punti.includes(aperto));
    aperto = null;
    gruppo?.bottone.setAttribute("aria-expanded", "false");
    gruppo?.bottone.focus();
  }
  scheda.querySelector("[data-chiudi]").addEventListener("click", chiudi);
  scheda.addEventListener("keydown", (evento) => { if (evento.key === "Escape") chiudi(); });

  mappa.on("zoomend resize", disegna);
  disegna();
})();
