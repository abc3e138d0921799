"""Settings for the public site: behind a TLS proxy, a secret of its own, no debug whatever the environment says."""

from .base import *  # noqa: F403
from .base import DATABASES, EVIDENZE_MAILDIR, MIDDLEWARE, NEWSLETTER_MAILDIR, TASKS, env

SECRET_KEY = env("SECRET_KEY")
SECONDO_FATTORE_RICHIESTO = env.bool("SECONDO_FATTORE_RICHIESTO", default=True)
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
PROXY_FIDATI = env.int("PROXY_FIDATI", default=1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# A connection lasts more than a request, and is looked at before it is used again.
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
PAGINE_PRONTE = env.bool("PAGINE_PRONTE", default=True)
TASKS = {**TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
COMANDI_PERIODICI = {
    "publish_scheduled": {"ore": 1, "cosa": "pubblica e toglie le pagine all'ora stabilita"},
    "spedisci_posta": {"ore": 1, "cosa": "spedisce gli avvisi rimasti in attesa"},
    "invia_newsletter": {"ore": 1, "cosa": "riprende gli invii della newsletter rimasti fermi"},
    "segui_prenotazioni": {"ore": 3, "cosa": "dà i posti liberi a chi aspetta e manda i promemoria degli eventi"},
    "allinea": {"ore": 36, "cosa": "allinea le evidenze ai contenuti pubblicati"},
    "fascicoli": {"ore": 36, "cosa": "ristampa i fascicoli della guida"},
    "dimentica_vecchi": {"ore": 36, "cosa": "toglie i dati di persone più vecchi di quanto dice il registro"},
    "salva": {"ore": 36, "cosa": "salva una copia di dati e file"},
    "verifiche": {"ore": 36, "cosa": "chiede di confermare le schede della guida"},
    "avvisa_scadenze": {"ore": 36, "cosa": "avvisa delle convenzioni che scadono"},
    "applica_incarichi": {"ore": 36, "cosa": "dà e toglie i ruoli che cominciano o finiscono"},
    "manda_riassunti": {"ore": 36, "cosa": "manda il riassunto della settimana"},
    "sollecita_misure": {"ore": 36, "cosa": "ricorda alle organizzazioni le misure dell'anno"},
    "chiedi_conferme": {"ore": 36, "cosa": "chiede ai partner di confermare le convenzioni"},
}
if NEWSLETTER_MAILDIR:
    COMANDI_PERIODICI["leggi_rimbalzi"] = {"ore": 3, "cosa": "legge i messaggi della newsletter tornati indietro"}
if EVIDENZE_MAILDIR:
    COMANDI_PERIODICI["leggi_evidenze"] = {"ore": 1, "cosa": "fa una bozza delle mail che si inoltrano al portale"}

# Figures and errors, for who keeps watch on several sites: nothing is counted or sent unless it is asked for.
if env.int("METRICHE_PORTA", default=0):
    MIDDLEWARE = ["base.metriche.MetricheMiddleware", *MIDDLEWARE]
if SENTRY_DSN := env("SENTRY_DSN", default=""):
    from base.diagnosi import collega_sentry

    collega_sentry(SENTRY_DSN)
