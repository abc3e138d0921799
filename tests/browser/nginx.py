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


def sito():
    """What nginx is told in `deploy/`: for all, and for a District."""
    return "".join((RADICE / f"deploy/nginx/{nome}.conf").read_text() for nome in ("comune", "portale"))


def sul_loopback(detto, cartella, chiaro, cifrato):
    """What nginx is told, on two ports of the loopback and with the certificate that is in `cartella`."""
    detto = re.sub(r"(ssl_certificate) \S+;", rf"\1 {cartella}/c.pem;", detto)
    detto = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {cartella}/k.pem;", detto)
    detto = re.sub(r"listen \[::\].*\n", "", detto)
    detto = detto.replace("listen 80;", f"listen 127.0.0.1:{chiaro};").replace("443 ssl", f"127.0.0.1:{cifrato} ssl")
    return detto.replace("/var/log/nginx", str(cartella))


def intera(cartella, detto):
    """A file of configuration in `cartella` that says `detto`, for who is not the administrator of the machine."""
    temporanee = "".join(f"{nome}_temp_path {cartella}/{nome};" for nome in ("client_body", "proxy", "fastcgi"))
    temporanee += "".join(f"{nome}_temp_path {cartella}/{nome};" for nome in ("uwsgi", "scgi"))
    (cartella / "nginx.conf").write_text(
        f"load_module {MODULO}; pid {cartella}/pid; error_log {cartella}/errori.log; user root; worker_processes 1; "
        f"events {{}} http {{ include /etc/nginx/mime.types; sendfile on; {temporanee} {detto} }}"
    )
    return cartella / "nginx.conf"


def configurazione(cartella, portale, radice):
    """The text of a whole configuration in `cartella`, with a certificate made there, and its two ports."""
    cartella = Path(cartella)
    certificato(cartella)
    chiaro, cifrato = _porta_libera(), _porta_libera()
    detto = sul_loopback(sito(), cartella, chiaro, cifrato)
    detto = detto.replace("/srv/portale/distretti/primo/var", radice).replace("root /srv/portale;", f"root {radice};")
    return intera(cartella, detto.replace("unix:/run/portale/primo.sock", portale)), cifrato


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
