// The service worker of one card: what the network says, or after three seconds what was kept. Its scope is one address.
const NOME = "card";
const PAZIENZA = 3000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (evento) => evento.waitUntil(self.clients.claim()));

async function dallaRete(richiesta) {
  const risposta = await fetch(richiesta);
  const cassetto = await caches.open(NOME);
  if (risposta.ok) await cassetto.put(richiesta.url, risposta.clone());
  else if (risposta.status === 404) await cassetto.delete(richiesta.url);
  return risposta;
}

async function rispondi(richiesta) {
  const tenuta = await caches.match(richiesta.url, { ignoreVary: true });
  const rete = dallaRete(richiesta);
  if (!tenuta) return rete;
  const tardi = new Promise((fatto) => { setTimeout(() => fatto(tenuta), PAZIENZA); });
  return Promise.race([rete.catch(() => tenuta), tardi]);
}

self.addEventListener("fetch", (evento) => {
  const { request } = evento;
  if (request.method === "GET" && new URL(request.url).origin === self.location.origin) {
    evento.respondWith(rispondi(request));
  }
});
