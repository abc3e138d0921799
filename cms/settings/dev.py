"""Settings for a workstation: what `make run` uses."""

from .base import *  # noqa: F403
from .base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env("SECRET_KEY", default="solo-per-lo-sviluppo-non-usare-in-produzione")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # keys work on this machine without TLS
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
