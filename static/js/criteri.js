// The criteria on offer are those of the programme of the day that is written; without this the server offers them again.
{
  const indirizzo = document.currentScript.dataset.indirizzo;

  const opzione = (elenco, { pk, nome }, scelti) => {
    const voce = new Option(nome, pk, false, scelti.has(String(pk)));
    elenco.append(voce);
  };
  const casella = (elenco, { pk, nome }, scelti, modello, campo) => {
    const voce = modello ? modello.cloneNode(true) : document.createElement("label");
    if (!modello) voce.append(document.createElement("input"), " ", document.createElement("span"));
    const spunta = voce.querySelector("input");
    Object.assign(spunta, { type: "checkbox", name: campo, value: pk, checked: scelti.has(String(pk)), id: `${campo}_${pk}` });
    const etichetta = voce.matches("label") ? voce : voce.querySelector("label");
    etichetta.htmlFor = spunta.id;
    const testo = etichetta.querySelector("span");
    if (testo) testo.textContent = nome;
    else etichetta.lastChild.textContent = ` ${nome}`;
    elenco.append(voce);
  };

  for (const elenco of document.querySelectorAll("div.criteri-del-giorno, select.criteri-del-giorno")) {
    const giorno = elenco.closest("form")?.elements.data;
    if (!giorno) continue;
    const lista = elenco instanceof HTMLSelectElement;
    const campo = elenco.name || elenco.dataset.campo || elenco.id.replace(/^id_/, "");
    const vuota = lista && elenco.options[0]?.value === "" ? elenco.options[0] : null;
    const modello = lista ? null : elenco.firstElementChild?.cloneNode(true);
    const scelti = new Set();
    const detto = document.createElement("p");
    detto.className = "criteri-del-giorno__detto help";
    detto.setAttribute("role", "status");
    elenco.before(detto);
    let ultimo = giorno.value;

    const leggi = async () => {
      if (giorno.value === ultimo) return;
      ultimo = giorno.value;
      const attive = lista ? [...elenco.selectedOptions] : [...elenco.querySelectorAll("input:checked")];
      for (const voce of attive) if (voce.value) scelti.add(voce.value);
      const risposta = await fetch(`${indirizzo}?data=${encodeURIComponent(giorno.value)}`, { credentials: "same-origin" });
      if (!risposta.ok || giorno.value !== ultimo) return;
      const { criteri, frase } = await risposta.json();
      elenco.replaceChildren(...(vuota ? [vuota] : []));
      for (const criterio of criteri) (lista ? opzione : casella)(elenco, criterio, scelti, modello, campo);
      detto.textContent = frase;
      elenco.closest("details")?.setAttribute("open", "");
    };
    giorno.addEventListener("change", leggi);
    giorno.addEventListener("blur", leggi);
  }
}
