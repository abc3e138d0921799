"""What a server needs (`deploy/`), as far as a machine without systemd can tell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .browser.nginx import MODULO, certificato
from .mancanze import esigi

RADICE = Path(__file__).parent.parent
UNITA = RADICE / "deploy" / "systemd"


def comandi_promessi():
    testo = (RADICE / "cms/settings/production.py").read_text()
    return set(re.findall(r'^    "(\w+)": \{"ore"', testo, re.MULTILINE)) | {"leggi_rimbalzi", "leggi_evidenze"}


def test_timers__are_of_every_periodic_command_and_of_no_other():
    con_timer = {file.stem.removeprefix("portale-").removeprefix("comando@") for file in UNITA.glob("*.timer")}
    assert con_timer - {"pulizia"} == comandi_promessi()


def test_units__start_what_is_there_and_may_write_only_their_data():
    for file in UNITA.glob("*.service"):
        testo = file.read_text()
        for regola in ("User=portale", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
            assert regola in testo, (file.name, regola)
        (scrive,) = re.findall(r"^ReadWritePaths=(.+)$", testo, re.MULTILINE)
        assert all(cartella.startswith(("/srv/portale/var", "/srv/portale/copie")) for cartella in scrive.split())
        (comando,) = re.findall(r"^ExecStart=/srv/portale/codice/\.venv/bin/(.+)$", testo, re.MULTILINE)
        assert comando.startswith(("gunicorn -c deploy/gunicorn.conf.py cms.wsgi", "python manage.py "))


def test_timers__have_hours_that_systemd_reads():
    esigi("systemd-analyze")
    ore = {ora for file in UNITA.glob("*.timer") for ora in re.findall(r"^OnCalendar=(.+)$", file.read_text(), re.M)}
    letto = subprocess.run(["systemd-analyze", "calendar", *ore], capture_output=True, text=True)
    assert letto.returncode == 0, letto.stderr


def test_gunicorn__takes_its_configuration():
    ambiente = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "PATH": "/usr/bin:/bin"}
    fatto = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--check-config", "-c", "deploy/gunicorn.conf.py", "cms.wsgi"],
        cwd=RADICE,
        env=ambiente,
        capture_output=True,
        text=True,
    )
    assert fatto.returncode == 0, fatto.stderr


def _nginx_legge(sito, tmp_path):
    """`nginx -t` of this server, with a certificate made here."""
    certificato(tmp_path)
    sito = re.sub(r"(ssl_certificate) \S+;", rf"\1 {tmp_path}/c.pem;", sito)
    sito = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {tmp_path}/k.pem;", sito)
    sito = sito.replace("/var/log/nginx/portale.log", f"{tmp_path}/a.log")
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"load_module {MODULO}; pid {tmp_path}/pid; error_log {tmp_path}/e.log; events {{}} http {{ {sito} }}"
    )
    letto = subprocess.run(["nginx", "-t", "-c", str(conf), "-p", str(tmp_path)], capture_output=True, text=True)
    assert letto.returncode == 0, letto.stderr


def test_nginx__takes_its_configuration(tmp_path):
    esigi("nginx")
    _nginx_legge((RADICE / "deploy/nginx/portale.conf").read_text(), tmp_path)


@pytest.fixture
def server(tmp_path):
    """A machine with a portal, in a folder: what runs the steps of `deploy/passi` there; nginx's file of the site."""
    esigi("nginx")
    certificato(tmp_path)
    for cartella in ("conf.d", "casa"):
        (tmp_path / cartella).mkdir()
    (tmp_path / "nginx.conf").write_text(
        f"load_module {MODULO}; pid {tmp_path}/pid; error_log {tmp_path}/e.log; events {{}} "
        f"http {{ include {tmp_path}/conf.d/*.conf; }}"
    )

    def esegui(passi):
        testo = f"""set -euo pipefail; . {RADICE}/deploy/passi; CASA={tmp_path}/casa; NGINX={tmp_path}/conf.d
        certificati_di() {{ echo {tmp_path}; }}; con_systemd() {{ false; }}
        nginx() {{ command nginx -c {tmp_path}/nginx.conf -p {tmp_path} "$@"; }}
        {passi}"""
        return subprocess.run(["bash", "-c", testo], capture_output=True, text=True)

    for suo, nome in (("c", "fullchain"), ("k", "privkey")):
        (tmp_path / f"{suo}.pem").rename(tmp_path / f"{nome}.pem")
    return esegui, tmp_path / "conf.d/portale.conf"


def _versione(cartella, cambia):
    """A release of which nginx's file is that of this code, changed."""
    (cartella / "deploy/nginx").mkdir(parents=True)
    testo = (RADICE / "deploy/nginx/portale.conf").read_text().replace("/var/log/nginx", str(cartella.parent))
    (cartella / "deploy/nginx/portale.conf").write_text(cambia(testo))
    return cartella


def test_nginx_file__comes_with_the_release_and_goes_back_where_nginx_does_not_take_it(server, tmp_path):
    esegui, file = server
    prima = _versione(tmp_path / "prima", lambda testo: testo)
    nuova = _versione(tmp_path / "nuova", lambda testo: testo.replace("110m", "120m"))
    rotta = _versione(tmp_path / "rotta", lambda testo: testo.replace("server_tokens off", "server_token off"))
    assert esegui(f"metti_nginx {prima} famiglie.example.org").returncode == 0
    assert "110m" in file.read_text() and "server_name famiglie.example.org;" in file.read_text()
    assert esegui(f"metti_nginx {nuova} famiglie.example.org").returncode == 0 and "120m" in file.read_text()
    fatto = esegui(f"metti_nginx {rotta} famiglie.example.org")
    assert fatto.returncode == 1 and "server_token" in fatto.stderr
    assert "120m" in file.read_text() and esegui("nginx -t").returncode == 0
    assert esegui(f"metti_nginx {prima} famiglie.example.org").returncode == 0 and "110m" in file.read_text()


def test_nginx_file__that_somebody_changed_by_hand_stays(server, tmp_path):
    esegui, file = server
    prima = _versione(tmp_path / "prima", lambda testo: testo)
    nuova = _versione(tmp_path / "nuova", lambda testo: testo.replace("110m", "120m"))
    esegui(f"metti_nginx {prima} famiglie.example.org")
    file.write_text(file.read_text() + "# nostro\n")
    fatto = esegui(f"metti_nginx {nuova} famiglie.example.org")
    assert fatto.returncode == 0 and "cambiato a mano" in fatto.stdout
    assert "# nostro" in file.read_text() and "120m" in file.with_suffix(".conf.nuova").read_text()
    file.write_text(file.read_text().replace("# nostro\n", "").replace("110m", "120m"))
    assert not esegui(f"metti_nginx {nuova} famiglie.example.org").stdout
    assert not file.with_suffix(".conf.nuova").exists()


def test_socket__is_where_nginx_asks_and_the_site_waits_for_it():
    (porta,) = re.findall(r"^ListenStream=(.+)$", (UNITA / "portale.socket").read_text(), re.MULTILINE)
    assert f"server {porta} " in (RADICE / "deploy/nginx/portale.conf").read_text()
    assert "Requires=portale.socket" in (UNITA / "portale.service").read_text()


def test_scripts__are_bash_and_run_once_at_installation_what_the_timers_will_run():
    for nome in ("installa", "aggiorna", "gestisci", "passi"):
        letto = subprocess.run(["bash", "-n", RADICE / "deploy" / nome], capture_output=True, text=True)
        assert letto.returncode == 0, letto.stderr
    (comandi,) = re.findall(r"for comando in (.+); do", (RADICE / "deploy/installa").read_text())
    assert {*comandi.split(), "salva", "leggi_rimbalzi", "leggi_evidenze"} == comandi_promessi()


def test_installa__refuses_a_name_that_is_no_host_before_it_touches_anything():
    for nome in ("", "portale", "https://portale.example.org", "portale.example.org/", "-x.example.org", "a b.it"):
        fatto = subprocess.run([RADICE / "deploy/installa", nome], capture_output=True, text=True)
        assert fatto.returncode == 1 and "Scrivi il nome del sito" in fatto.stderr, (nome, fatto)
        assert not fatto.stdout


def test_containers__are_site_worker_database_cache_and_proxy_of_one_image():
    compose = yaml.safe_load((RADICE / "deploy/contenitori/compose.yaml").read_text())
    servizi = compose["services"]
    assert set(servizi) == {"base-dati", "cache", "migra", "sito", "lavoratore", "nginx"}
    assert {servizi[nome]["image"] for nome in ("migra", "sito", "lavoratore")} == {"portale"}
    for nome, servizio in servizi.items():
        for volume in servizio.get("volumes", []):
            sorgente = volume.split(":")[0]
            portati = sorgente in compose["volumes"] or sorgente == "./certificati"
            assert portati or (RADICE / "deploy/contenitori" / sorgente).exists(), (nome, volume)
        assert set(servizio.get("depends_on", [])) <= set(servizi)
        assert nome == "nginx" or "ports" not in servizio
    for servizio in ("migra", "lavoratore"):
        assert servizi[servizio]["command"][:2] == ["python", "manage.py"]


def test_container__copies_what_is_there_and_names_settings_that_are_read():
    contenuto = (RADICE / "deploy/contenitori/Containerfile").read_text()
    lette = (RADICE / ".env.example").read_text() + (RADICE / "deploy/gunicorn.conf.py").read_text()
    (ambiente,) = re.findall(r"^ENV (.+?)(?<!\\)$", contenuto, re.MULTILINE | re.DOTALL)
    for nome in re.findall(r"(\w+)=", ambiente):
        assert nome in lette or nome in ("PATH", "PYTHONUNBUFFERED"), nome
    for nome in re.findall(r"^(\w+)=", (RADICE / "deploy/contenitori/ambiente.esempio").read_text(), re.MULTILINE):
        assert f"#{nome}=" in lette, nome
    fuori = (RADICE / ".dockerignore").read_text().split()
    assert {".env", "var", ".git", "deploy/contenitori/ambiente"} <= set(fuori)
    installa = (RADICE / "deploy/installa").read_text()
    for libreria in re.findall(r"\blib[\w-]+", contenuto):
        assert libreria in installa or libreria == "librerie", libreria


def test_container__of_nginx_has_the_configuration_of_every_server(tmp_path):
    esigi("nginx")
    prepara = (RADICE / "deploy/contenitori/prepara-nginx").read_text()
    subprocess.run(
        ["sh", "-s", str(tmp_path / "sito.conf")],
        input=prepara.replace("/portale.conf", str(RADICE / "deploy/nginx/portale.conf")),
        text=True,
        env={"PATH": "/usr/bin:/bin", "ALLOWED_HOSTS": "famiglie.example.org,altro.example.org"},
        check=True,
    )
    sito = (tmp_path / "sito.conf").read_text()
    assert "server_name famiglie.example.org;" in sito and "server sito:8000 " in sito
    assert "portale.example.org" not in sito and "ssl_certificate /certificati/fullchain.pem;" in sito
    _nginx_legge(sito.replace("sito:8000", "127.0.0.1:8000").replace("/dev/stdout", f"{tmp_path}/a.log"), tmp_path)
