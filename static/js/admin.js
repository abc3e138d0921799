// From a list of errors to the field: its tab is opened, and what can be written in it has the focus.
document.addEventListener("click", (evento) => {
  const link = evento.target.closest?.("[data-al-campo]");
  if (!link) return;
  const id = decodeURIComponent(link.hash.slice(1));
  const campo = [id, `${id}_0`, `${id}-label`].map((nome) => document.getElementById(nome)).find(Boolean);
  if (!campo) return;
  evento.preventDefault();
  const scheda = campo.closest("[role=tabpanel]");
  if (scheda?.hidden) document.getElementById(scheda.getAttribute("aria-labelledby"))?.click();
  const scrivibili = "input:not([type=hidden], [tabindex='-1']), select, textarea, button, [contenteditable=true]";
  const nascosto = campo.type === "hidden" || !campo.matches("input, select, textarea") || campo.offsetParent === null;
  const dove = nascosto ? campo.closest("section, .w-field__wrapper")?.querySelector(scrivibili) : campo;
  (dove || campo).focus();
  (dove || campo).scrollIntoView({ block: "center" });
});
