// Small helps for the evidence pages; everything works without them.
for (const modulo of document.querySelectorAll("[data-modulo-evidenza]")) {
  let cambiato = false;
  modulo.addEventListener("input", () => { cambiato = true; });
  modulo.addEventListener("submit", (evento) => {
    // A day that does not exist reaches the server as an empty field: say it while it can still be read.
    const sbagliata = [...modulo.querySelectorAll("input[type=date]")].find((campo) => campo.validity.badInput);
    if (sbagliata) {
      evento.preventDefault();
      sbagliata.reportValidity();
    } else cambiato = false;
  });
  window.addEventListener("beforeunload", (evento) => { if (cambiato) evento.preventDefault(); });
}
