// A key needs JavaScript and a browser that knows keys: what asks for one is shown only there, and says what went wrong.
document.addEventListener('DOMContentLoaded', () => {
  const posto = document.querySelector('.sicurezza-chiave');
  if (!posto || !window.PublicKeyCredential) return;
  posto.hidden = false;
  for (const senza of document.querySelectorAll('.sicurezza-senza-chiave')) senza.hidden = true;
});
document.addEventListener('allauth.error', (evento) => {
  evento.preventDefault();
  const bottone = document.getElementById('chiave');
  let detto = document.getElementById('chiave-errore');
  if (!detto) {
    detto = document.createElement('p');
    detto.id = 'chiave-errore';
    detto.className = 'error-message';
    detto.setAttribute('role', 'alert');
    bottone.after(detto);
  }
  detto.textContent = 'La chiave non ha risposto, o la richiesta è stata annullata: riprova.';
});
