// Dragging a piece to another day sends the form «Sposta al» that is there for everyone.
for (const calendario of document.querySelectorAll("[data-calendario]")) {
  let trascinato = null;
  const giornata = (evento) => evento.target.closest("[data-giorno]");
  const sopra = (cella) => {
    for (const altra of calendario.querySelectorAll(".ped-sopra")) altra.classList.toggle("ped-sopra", altra === cella);
    cella?.classList.add("ped-sopra");
  };
  for (const pezzo of calendario.querySelectorAll("[data-pezzo]")) {
    pezzo.draggable = true;
    for (const legame of pezzo.querySelectorAll("a")) legame.draggable = false;
    pezzo.addEventListener("dragstart", (evento) => {
      trascinato = pezzo;
      evento.dataTransfer.effectAllowed = "move";
      evento.dataTransfer.setData("text/plain", "");
    });
    pezzo.addEventListener("dragend", () => { trascinato = null; sopra(null); });
  }
  calendario.addEventListener("dragover", (evento) => {
    const cella = giornata(evento);
    if (!trascinato || !cella) return;
    evento.preventDefault();
    sopra(cella);
  });
  calendario.addEventListener("drop", (evento) => {
    const cella = giornata(evento);
    if (!trascinato || !cella || cella.contains(trascinato)) return;
    evento.preventDefault();
    const modulo = trascinato.querySelector("form");
    modulo.elements.giorno.value = cella.dataset.giorno;
    modulo.requestSubmit();
  });
  for (const nota of document.querySelectorAll("[data-solo-trascinando]")) {
    nota.hidden = !calendario.querySelector("[data-pezzo]") || !matchMedia("(any-pointer: fine)").matches;
  }
}
