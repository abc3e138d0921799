"""What a server needs (`deploy/`), as far as a machine without systemd can tell."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from .browser.nginx import MODULO, certificato, sito
from .mancanze import esigi

RADICE = Path(__file__).parent.parent
UNITA = RADICE / "deploy" / "systemd"


def comandi_promessi():
    testo = (RADICE / "cms/settings/production.py").read_text()
    return set(re.findall(r'^    "(\w+)": \{"ore"', testo, re.MULTILINE)) | {"leggi_rimbalzi", "leggi_evidenze"}


def test_timers__are_of_every_periodic_command_and_of_no_other():
    con_timer = {file.stem.removeprefix("portale-").removeprefix("comando-")[:-1] for file in UNITA.glob("*@.timer")}
    assert con_timer - {"pulizia"} == comandi_promessi()


def test_units__start_what_is_there_and_may_write_only_the_data_of_their_district():
    for file in UNITA.glob("*.service"):
        testo = file.read_text()
        for regola in ("User=portale-%i", "NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=\n"):
            assert regola in testo, (file.name, regola)
        suo = "/srv/portale/distretti/%i"
        (comando,) = re.findall(r"^ExecStart=(.+)$", testo, re.MULTILINE)
        if file.stem == "portale-cache@":
            assert "ReadWritePaths" not in testo and "--port 0 " in comando
            continue
        (scrive,) = re.findall(r"^ReadWritePaths=(.+)$", testo, re.MULTILINE)
        assert set(scrive.split()) <= {f"{suo}/var", f"{suo}/copie"}
        comando = comando.removeprefix(f"{suo}/codice/.venv/bin/")
        assert comando.startswith(
            ("gunicorn -c deploy/gunicorn.conf.py cms.wsgi", "python manage.py ", "python deploy/lavoratore.py")
        )
        assert f"AMBIENTE={suo}/ambiente" in testo and f"EnvironmentFile={suo}/ambiente" in testo


def test_units__of_two_districts_are_what_systemd_reads(tmp_path):
    """As `copia_unita` writes them, with programs that are on this machine."""
    esigi("systemd-analyze")
    copia = f". {RADICE}/deploy/passi; UNITA={tmp_path}; con_systemd() {{ false; }}; copia_unita {RADICE}"
    subprocess.run(["bash", "-euc", copia], check=True)
    for file in tmp_path.iterdir():
        testo = re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", file.read_text(), flags=re.MULTILINE)
        file.write_text(testo.replace("=redis-server.service", "="))
    for file in sorted(tmp_path.glob("*@.*")):
        for nome in ("primo", "val-di-sole"):
            (tmp_path / file.name.replace("@", f"@{nome}")).symlink_to(file)
    unita = sorted(map(str, tmp_path.glob("*@?*.*")))
    letto = subprocess.run(["systemd-analyze", "verify", *unita], capture_output=True, text=True)
    detto = [riga for riga in letto.stderr.splitlines() if "portale" in riga]
    assert not detto and len(unita) == 2 * len(list(tmp_path.glob("*@.*"))), letto.stderr
    comando = (tmp_path / "portale-comando-verifiche@.service").read_text()
    assert "manage.py %j" in comando and not (tmp_path / "portale-comando@.service").exists()


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


def _nginx_legge(detto, tmp_path):
    """`nginx -t` of this server, with a certificate made here."""
    certificato(tmp_path)
    detto = re.sub(r"(ssl_certificate) \S+;", rf"\1 {tmp_path}/c.pem;", detto)
    detto = re.sub(r"(ssl_certificate_key) \S+;", rf"\1 {tmp_path}/k.pem;", detto)
    detto = detto.replace("/var/log/nginx/portale-primo.log", f"{tmp_path}/a.log")
    conf = tmp_path / "nginx.conf"
    conf.write_text(
        f"load_module {MODULO}; pid {tmp_path}/pid; error_log {tmp_path}/e.log; events {{}} http {{ {detto} }}"
    )
    letto = subprocess.run(["nginx", "-t", "-c", str(conf), "-p", str(tmp_path)], capture_output=True, text=True)
    assert letto.returncode == 0, letto.stderr


def test_nginx__takes_its_configuration(tmp_path):
    esigi("nginx")
    _nginx_legge(sito(), tmp_path)


@pytest.fixture
def server(tmp_path):
    """A machine with two Districts, in a folder: what runs the steps of `deploy/passi` there, and where nginx reads."""
    esigi("nginx")
    certificato(tmp_path)
    for suo, nome in (("c", "fullchain"), ("k", "privkey")):
        (tmp_path / f"{suo}.pem").rename(tmp_path / f"{nome}.pem")
    (tmp_path / "conf.d").mkdir()
    for nome in ("primo", "fiemme"):
        (tmp_path / "distretti" / nome).mkdir(parents=True)
        (tmp_path / "distretti" / nome / "ambiente").write_text(f"ALLOWED_HOSTS={nome}.example.org,altro.example.org\n")
    (tmp_path / "nginx.conf").write_text(
        f"load_module {MODULO}; pid {tmp_path}/pid; error_log {tmp_path}/e.log; events {{}} "
        f"http {{ include {tmp_path}/conf.d/*.conf; }}"
    )

    def esegui(passi):
        testo = f"""set -euo pipefail; . {RADICE}/deploy/passi; CASA={tmp_path}; NGINX={tmp_path}/conf.d
        certificati_di() {{ echo {tmp_path}; }}; con_systemd() {{ false; }}
        nginx() {{ command nginx -c {tmp_path}/nginx.conf -p {tmp_path} "$@"; }}
        {passi}"""
        return subprocess.run(["bash", "-c", testo], capture_output=True, text=True)

    return esegui, tmp_path / "conf.d"


def _versione(cartella, cambia):
    """A release of which nginx's file of a District is that of this code, changed."""
    (cartella / "deploy/nginx").mkdir(parents=True)
    for nome in ("comune", "portale"):
        testo = (RADICE / f"deploy/nginx/{nome}.conf").read_text().replace("/var/log/nginx", str(cartella.parent))
        (cartella / f"deploy/nginx/{nome}.conf").write_text(cambia(testo))
    return cartella


def test_nginx__has_a_server_for_each_district_and_shares_nothing_but_static_files(server, tmp_path):
    esegui, dove = server
    fatto = esegui(f"metti_nginx {_versione(tmp_path / 'prima', str)} $(distretti)")
    assert fatto.returncode == 0, fatto.stderr
    assert {file.name for file in dove.iterdir()} == {"00-portale.conf", "portale-fiemme.conf", "portale-primo.conf"}
    fiemme = (dove / "portale-fiemme.conf").read_text().partition("\n")[2]
    assert "primo" not in fiemme and fiemme.count("server_name fiemme.example.org;") == 2
    cartelle = set(re.findall(r"(?:root|alias) (\S+);", fiemme)) - {"/var/www/html", "/srv/portale"}
    assert cartelle and all(cartella.startswith("/srv/portale/distretti/fiemme/var/") for cartella in cartelle)
    assert "server unix:/run/portale/fiemme.sock " in fiemme


def test_nginx_files__come_with_the_release_and_go_back_where_nginx_does_not_take_them(server, tmp_path):
    esegui, dove = server
    prima = _versione(tmp_path / "prima", str)
    nuova = _versione(tmp_path / "nuova", lambda testo: testo.replace("110m", "120m"))
    rotta = _versione(tmp_path / "rotta", lambda testo: testo.replace("server_tokens off", "server_token off"))
    file = dove / "portale-fiemme.conf"
    assert esegui(f"metti_nginx {prima} primo fiemme").returncode == 0 and "110m" in file.read_text()
    assert esegui(f"metti_nginx {nuova} primo fiemme").returncode == 0 and "120m" in file.read_text()
    fatto = esegui(f"metti_nginx {rotta} primo fiemme")
    assert fatto.returncode == 1 and "server_token" in fatto.stderr
    assert "120m" in file.read_text() and esegui("nginx -t").returncode == 0
    assert esegui(f"metti_nginx {prima} primo fiemme").returncode == 0 and "110m" in file.read_text()


def test_nginx_file__that_somebody_changed_by_hand_stays(server, tmp_path):
    esegui, dove = server
    file = dove / "portale-fiemme.conf"
    esegui(f"metti_nginx {_versione(tmp_path / 'prima', str)} primo fiemme")
    nuova = _versione(tmp_path / "nuova", lambda testo: testo.replace("110m", "120m"))
    file.write_text(file.read_text() + "# nostro\n")
    fatto = esegui(f"metti_nginx {nuova} primo fiemme")
    assert fatto.returncode == 0 and "cambiato a mano" in fatto.stdout, fatto
    assert "# nostro" in file.read_text() and "120m" in file.with_suffix(".conf.nuova").read_text()
    assert "120m" in (dove / "portale-primo.conf").read_text()
    file.write_text(file.read_text().replace("# nostro\n", "").replace("110m", "120m"))
    assert not esegui(f"metti_nginx {nuova} primo fiemme").stdout
    assert not file.with_suffix(".conf.nuova").exists()


def test_socket__is_where_nginx_asks_and_the_site_waits_for_it():
    (porta,) = re.findall(r"^ListenStream=(.+)$", (UNITA / "portale@.socket").read_text(), re.MULTILINE)
    assert f"server unix:{porta.replace('%i', 'primo')} " in sito()
    assert "Requires=portale@%i.socket" in (UNITA / "portale@.service").read_text()


def test_scripts__are_bash_and_run_once_at_installation_what_the_timers_will_run():
    for nome in ("installa", "distretto", "aggiorna", "gestisci", "passi"):
        letto = subprocess.run(["bash", "-n", RADICE / "deploy" / nome], capture_output=True, text=True)
        assert letto.returncode == 0, letto.stderr
    (comandi,) = re.findall(r"for comando in (.+); do", (RADICE / "deploy/distretto").read_text())
    assert {*comandi.split(), "salva", "leggi_rimbalzi", "leggi_evidenze"} == comandi_promessi()


def test_installa__refuses_a_name_that_is_no_host_before_it_touches_anything():
    for nome in ("", "portale", "https://portale.example.org", "portale.example.org/", "-x.example.org", "a b.it"):
        fatto = subprocess.run([RADICE / "deploy/installa", nome], capture_output=True, text=True)
        assert fatto.returncode == 1 and "Scrivi il nome del sito" in fatto.stderr, (nome, fatto)
        assert not fatto.stdout


def test_distretto__refuses_what_it_cannot_do_before_it_touches_anything(tmp_path):
    fatti = tmp_path / "fatti.yaml"
    fatti.touch()
    rifiuti = {
        (): "Si scrive così",
        ("fiemme",): "Si scrive così",
        ("Fiemme", fatti): "«Fiemme» non va",
        ("val_di_sole", fatti): "non va",
        ("../var", fatti): "non va",
        ("a" * 21, fatti): "non va",
        ("fiemme", tmp_path / "manca.yaml"): "non c'è, o non si legge",
        ("fiemme", tmp_path): "non c'è, o non si legge",
        ("fiemme", fatti, "https://fiemme.example.org"): "non è l'indirizzo di un sito",
    }
    for argomenti, detto in rifiuti.items():
        fatto = subprocess.run([RADICE / "deploy/distretto", *argomenti], capture_output=True, text=True)
        assert fatto.returncode == 1 and detto in fatto.stderr and not fatto.stdout, (argomenti, fatto)


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
    for nome in ("comune", "portale"):
        prepara = prepara.replace(f" /{nome}.conf", f" {RADICE}/deploy/nginx/{nome}.conf")
    subprocess.run(
        ["sh", "-s", str(tmp_path / "sito.conf")],
        input=prepara,
        text=True,
        env={"PATH": "/usr/bin:/bin", "ALLOWED_HOSTS": "famiglie.example.org,altro.example.org"},
        check=True,
    )
    detto = (tmp_path / "sito.conf").read_text()
    assert "server_name famiglie.example.org;" in detto and "server sito:8000 " in detto
    assert "portale.example.org" not in detto and "ssl_certificate /certificati/fullchain.pem;" in detto
    _nginx_legge(detto.replace("sito:8000", "127.0.0.1:8000").replace("/dev/stdout", f"{tmp_path}/a.log"), tmp_path)
