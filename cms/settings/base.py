"""Settings shared by every environment, safe by default: what is not stated is the strict choice.

Every value that depends on where the portal runs comes from the environment; the table is in the
README and the same names are in `.env.example`.
"""

import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = environ.Env()
env.read_env(env("AMBIENTE", default=str(BASE_DIR / ".env")))  # more than one District may run the same code

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

INSTALLED_APPS = [
    "home",
    "documenti",
    "convenzioni",
    "guide",
    "cura",
    "notizie",
    "registri",
    "ascolto",
    "programma",
    "organizzazioni",
    "base",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "organizzazioni.app_utenti.UtentiConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "modelcluster",
    "taggit",
    "js_lib_leaflet",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "base.middleware.ContentSecurityPolicyMiddleware",
    "base.middleware.IntestazioniMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "base.pronte.consegna.PagineProntaMiddleware",
    "base.middleware.ChiaviMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "organizzazioni.secondo_fattore.SecondoFattoreMiddleware",
    "organizzazioni.muri.MuriMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "home.inizio.SitoMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# Database: SQLite in WAL with immediate transactions, or any URL that django-environ reads.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portale.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# The cache of CACHE_URL; one of another process may not answer, and then the database takes its place (base.cache).
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if not CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
    CACHES = {
        "default": {"BACKEND": "base.cache.ConRiserva"},
        "vera": CACHES["default"],
        "riserva": {"BACKEND": "base.cache.CacheNelDatabase", "LOCATION": "base_riserva"},
    }
    if CACHES["vera"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
        CACHES["vera"].setdefault("OPTIONS", {}).update(socket_connect_timeout=0.5, socket_timeout=1)

# Public pages kept ready as files, in VAR_DIR/pronte (base.pronte): in production.
PAGINE_PRONTE = False

# People
AUTH_USER_MODEL = "organizzazioni.Utente"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{nome}"}
    for nome in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# The second factor, of which django-allauth has the codes, the keys and the screens (organizzazioni.secondo_fattore).
# Required, who decides or reads everything sets it up before anything else; else it is offered, as to everybody.
SECONDO_FATTORE_RICHIESTO = env.bool("SECONDO_FATTORE_RICHIESTO", default=False)
ACCOUNT_ADAPTER = "organizzazioni.secondo_fattore.AccessoAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds for which the password, just given, is not asked again
MFA_ADAPTER = "organizzazioni.secondo_fattore.FattoriAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by who invites: there is nothing to verify
MFA_TOTP_TOLERANCE = 1

# Language and time
LANGUAGE_CODE = "it"
LANGUAGES = [("it", "Italiano")]
TIME_ZONE = "Europe/Rome"
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]  # the few words of Wagtail's Italian that are wrong
USE_TZ = True

# How many proxies of ours stand before the portal: public forms count messages by where they come from.
PROXY_FIDATI = env.int("PROXY_FIDATI", default=0)

# Files. Attachments of evidence live in ALLEGATI_ROOT, which no web server may publish.
STATIC_URL = "static/"
STATIC_ROOT = env("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
# Of the package of Bootstrap Italia only the faces: every rule of style is ours.
TITILLIUM = Path(find_spec("bootstrap_italia_template").submodule_search_locations[0], "static/fonts/Titillium_Web")
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts/Titillium_Web", TITILLIUM)]
MEDIA_URL = "media/"
MEDIA_ROOT = env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
ALLEGATI_ROOT = env("ALLEGATI_ROOT", default=str(VAR_DIR / "allegati"))
STORAGES = {
    "default": {"BACKEND": "base.archivio.Archivio"},
    "allegati": {
        "BACKEND": "base.archivio.ArchivioIntegro",
        "OPTIONS": {"location": ALLEGATI_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Long texts reach their form, which says how long they may be and keeps them (base.porta); Django's 2.5 MB do not do.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a page with many inlines has more than Django's 1,000

# Work outside the answer to a request. Wagtail's small tasks run at once; the slow ones (the booklets of the guide,
# the entries of a category that changes) wait in the database for `manage.py db_worker --backend lenti` in production,
# and run at once elsewhere.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "lenti": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
}

# The commands that must run by themselves, and within how many hours again; `/salute/` says when one has stopped. Here
# nobody has promised to run them: production does.
COMANDI_PERIODICI: dict[str, dict] = {}
DISCO_MINIMO = env.int("DISCO_MINIMO", default=500)  # megabytes free under which the disk is said to be full

# E-mail: whoever sends one writes it in the outbox; the worker hands it to the server of EMAIL_URL.
_posta = env.email_url("EMAIL_URL", default="consolemail://")
POSTA_BACKEND = _posta.pop("EMAIL_BACKEND")
vars().update(_posta)
EMAIL_BACKEND = "base.posta.backend.PostaInUscita"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="portale@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10

# The newsletter: how many messages in a batch, and how many seconds between two, as the mail server allows.
NEWSLETTER_LOTTO = env.int("NEWSLETTER_LOTTO", default=100)
NEWSLETTER_PAUSA = env.int("NEWSLETTER_PAUSA", default=60)
# Where what could not be delivered comes back, and the Maildir of that address, if `leggi_rimbalzi` reads it by itself.
NEWSLETTER_RIMBALZI = env("NEWSLETTER_RIMBALZI", default="")
NEWSLETTER_MAILDIR = env("NEWSLETTER_MAILDIR", default="")
# To which address one sends a mail on to make a draft of it, its Maildir (`leggi_evidenze`), and the name with which
# the mail server signs its Authentication-Results: without it only the secret addresses are believed.
EVIDENZE_INDIRIZZO = env("EVIDENZE_INDIRIZZO", default="")
EVIDENZE_MAILDIR = env("EVIDENZE_MAILDIR", default="")
EVIDENZE_GARANTE = env("EVIDENZE_GARANTE", default="")

# How many months of what is of persons, after which `dimentica_vecchi` takes it away (home.riservatezza.trattamenti):
# accounts that nobody uses, what visitors told us from when it was closed, the log of who did what.
CONSERVA_ACCESSI = env.int("CONSERVA_ACCESSI", default=24)
CONSERVA_SEGNALAZIONI = env.int("CONSERVA_SEGNALAZIONI", default=24)
CONSERVA_REGISTRO = env.int("CONSERVA_REGISTRO", default=60)

# Copies of the site (`salva`): the public key of age that they are encrypted for, and how many are kept.
SALVA_CHIAVE = env("SALVA_CHIAVE", default="")
SALVA_TIENI = env.int("SALVA_TIENI", default=14)

# Security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # Wagtail loosens it by itself for the previews that its editor frames
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# The site: nothing inline, nobody else. The admin: Wagtail's choosers, date fields and inline panels write
# inline scripts, and its editor sets inline styles (docs/decisioni/0004); nobody else there either.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF, "data:"],  # Bootstrap Italia carries its icon font inside its own CSS
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],  # the admin previews pages in a frame, and they keep the site's policy there
    }
}
CONTENT_SECURITY_POLICY_ADMIN = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}

# The map draws its own ground. With the address of a tile server it shows those tiles, and only then the browser
# of who opens the map calls somebody else.
MAPPA_TILES_URL = env("MAPPA_TILES_URL", default="")
MAPPA_TILES_ATTRIBUZIONE = env("MAPPA_TILES_ATTRIBUZIONE", default="")
if MAPPA_TILES_URL:
    _tessere = urlsplit(MAPPA_TILES_URL)
    if _tessere.scheme != "https" or not _tessere.netloc:
        raise ImproperlyConfigured("MAPPA_TILES_URL: serve un indirizzo https, con {z}, {x} e {y}")
    _server = re.sub(r"^[^.]*\{s\}[^.]*", "*", _tessere.netloc)  # {s} stands for any of the server's names
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(f"https://{_server}")

# Wagtail
WAGTAIL_SITE_NAME = env("SITE_NAME", default="Distretto Family Audit")
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "base.editor.EditorConNome"}}
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # an invitation gives rights to the account that has the address
WAGTAILADMIN_NOTIFICATION_USE_HTML = True
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "organizzazioni.pubblicazione.pubblica_approvata"
WAGTAILADMIN_RECENT_EDITS_LIMIT = 5
WAGTAILIMAGES_IMAGE_MODEL = "base.Immagine"
WAGTAILDOCS_DOCUMENT_MODEL = "base.Documento"
WAGTAILIMAGES_IMAGE_FORM_BASE = "base.forms_immagini.ImmagineForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "heic", "heif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "p7m", "pdf", "pptx", "txt", "xlsx"]
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TAGGIT_CASE_INSENSITIVE = True

_forma = "json" if env.bool("LOG_JSON", default=False) else "riga"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "riga": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "base.diagnosi.RigaJSON"},
    },
    "filters": {"senza_seriali": {"()": "convenzioni.card.diario.SenzaSeriali"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": _forma, "filters": ["senza_seriali"]},
    },
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # Two lines for each page saved say nothing that Wagtail's own log does not keep.
    "loggers": {
        nome: {"level": "WARNING"} for nome in ("django_tasks", "django_tasks_db", "fontTools", "wagtail", "weasyprint")
    },
}
