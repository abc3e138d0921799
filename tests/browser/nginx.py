"""nginx with the very configuration of `deploy/`, before a server of the tests; on free ports of the loopback."""

import re
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.deposito import RADICE

from .server import _porta_libera

NOME = "portale.example.org"
MODULO = "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so"


def certificato(cartella):
    """A key `k.pem` and its certificate `c.pem`, made in `cartella`."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
        + ["-subj", "/CN=prova", "-keyout", f"{cartella}/k.pem", "-out", f"{cartella}/c.pem"],
        check=True,
        capture_output=True,
    )


def configurazione(cartella, portale="127.0.0.1:8000", radice="/srv/portale/var"):
    """The text of a whole configuration in `cartella`, with a certificate made there, and its two ports."""
    cartella = Path(cartella)
    certificato(cartella)
    chiaro, cifrato = _porta_libera(), _porta_libera()
    sito = (RADICE / "deploy/nginx/portale.conf").read_text()
    sito = re.sub(r"(ssl_certificate) \S+;", rf"\1 {cartella}/c.pem;", sito)
    sito = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {cartella}/k.pem;", sito)
    sito = re.sub(r"listen \[::\].*\n", "", sito)
    sito = sito.replace("listen 80;", f"listen 127.0.0.1:{chiaro};").replace("443 ssl", f"127.0.0.1:{cifrato} ssl")
    sito = sito.replace("/var/log/nginx/portale.log", f"{cartella}/accessi.log").replace("/srv/portale/var", radice)
    sito = sito.replace("127.0.0.1:8000", portale)
    temporanee = "".join(f"{nome}_temp_path {cartella}/{nome};" for nome in ("client_body", "proxy", "fastcgi"))
    temporanee += "".join(f"{nome}_temp_path {cartella}/{nome};" for nome in ("uwsgi", "scgi"))
    testo = (
        f"load_module {MODULO}; pid {cartella}/pid; error_log {cartella}/errori.log; user root; worker_processes 1; "
        f"events {{}} http {{ include /etc/nginx/mime.types; sendfile on; {temporanee} {sito} }}"
    )
    (cartella / "nginx.conf").write_text(testo)
    return cartella / "nginx.conf", cifrato


@contextmanager
def nginx(cartella, portale, radice):
    """The port on which it answers over TLS while the block lasts; stopped by its own id."""
    conf, porta = configurazione(cartella, portale, str(radice))
    processo = subprocess.Popen(["nginx", "-c", str(conf), "-p", str(cartella), "-g", "daemon off;"])
    try:
        time.sleep(0.5)
        assert processo.poll() is None, (Path(cartella) / "errori.log").read_text()
        yield porta
    finally:
        processo.terminate()
        processo.wait(timeout=20)
