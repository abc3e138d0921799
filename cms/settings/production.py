"""Settings for the public site: behind a TLS proxy, a secret of its own, no debug whatever the environment says."""

from .base import *  # noqa: F403
from .base import NEWSLETTER_MAILDIR, TASKS, env

SECRET_KEY = env("SECRET_KEY")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
PROXY_FIDATI = env.int("PROXY_FIDATI", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
TASKS = {**TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
COMANDI_PERIODICI = {
    "publish_scheduled": {"ore": 1, "cosa": "pubblica e toglie le pagine all'ora stabilita"},
    "spedisci_posta": {"ore": 1, "cosa": "spedisce gli avvisi rimasti in attesa"},
    "invia_newsletter": {"ore": 1, "cosa": "riprende gli invii della newsletter rimasti fermi"},
    "allinea": {"ore": 36, "cosa": "allinea le evidenze ai contenuti pubblicati"},
    "fascicoli": {"ore": 36, "cosa": "ristampa i fascicoli della guida"},
    "salva": {"ore": 36, "cosa": "salva una copia di dati e file"},
    "verifiche": {"ore": 36, "cosa": "chiede di confermare le schede della guida"},
    "avvisa_scadenze": {"ore": 36, "cosa": "avvisa delle convenzioni che scadono"},
    "chiedi_conferme": {"ore": 36, "cosa": "chiede ai partner di confermare le convenzioni"},
}
if NEWSLETTER_MAILDIR:
    COMANDI_PERIODICI["leggi_rimbalzi"] = {"ore": 3, "cosa": "legge i messaggi della newsletter tornati indietro"}
