"""More Districts on one machine: three for real, each with its processes, folders and database; twenty reckoned.

Each is site, worker and, where `redis-server` is, cache, started as the units of `deploy/systemd` say, behind one nginx
with the files of `deploy/nginx`; PostgreSQL is the Debian one. Memory is PSS: what processes share counts once. Fails
if twenty Districts do not fit in 8 GB, or if one reads another's page.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.browser.nginx import certificato, intera, sul_loopback
from tests.browser.server import _porta_libera
from tests.deposito import RADICE

FATTI = {
    "primo": RADICE / "home/dati/programma-2025.yaml",
    "valdombra": RADICE / "tests/attesi/altro-distretto/programma.yaml",
    "terzo": RADICE / "home/dati/programma-2025.yaml",
}
VENTI, MACCHINA = 20, 8192
"""Districts to reckon, and the MB of their machine."""
DEL_SISTEMA = 1000
"""MB left to Debian, to nginx and to what PostgreSQL shares (128 MB) and files in memory."""
COMANDI_INSIEME = 3
"""Periodic commands that run in the same moment: twenty Districts start some 500 an hour, of a few seconds each."""
UNITA = RADICE / "deploy/systemd"


def comando_di(unita, nome, cartella):
    """What the unit starts, for a District whose folders are in `cartella`."""
    (comando,) = re.findall(r"^ExecStart=(.+)$", (UNITA / f"{unita}@.service").read_text(), re.MULTILINE)
    comando = comando.replace("%i", nome).replace(
        f"/srv/portale/distretti/{nome}/codice/.venv/bin", f"{RADICE}/.venv/bin"
    )
    comando = comando.replace("/usr/bin/redis-server", shutil.which("redis-server") or "")
    comando = comando.replace(f"/run/portale-cache/{nome}", str(cartella))
    return comando


def memoria(processi):
    """MB of PSS and of RSS of these processes and of all that they started."""
    figli = {}
    for stato in Path("/proc").glob("[0-9]*/stat"):
        try:
            di_chi = int(stato.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        figli.setdefault(di_chi, []).append(int(stato.parent.name))
    tutti, da_vedere = [], list(processi)
    while da_vedere:
        tutti.append(pid := da_vedere.pop())
        da_vedere += figli.get(pid, [])
    somme = {"Pss": 0, "Rss": 0}
    for pid in tutti:
        for voce, quanto in re.findall(
            r"^(Pss|Rss):\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
        ):
            somme[voce] += int(quanto) / 1024
    return somme["Pss"], somme["Rss"]


class Macchina:
    """A folder, its PostgreSQL, its Districts; all ends with the block."""

    def __init__(self, cartella, processi):
        self.cartella, self.processi = cartella, processi
        self.porta_dati = _porta_libera()
        self.distretti = {}

    def postgres(self):
        binari = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda b: int(b.parent.name))
        dati = self.cartella / "dati"
        dati.mkdir()
        da_utente = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if da_utente:
            shutil.chown(dati, "postgres")
        subprocess.run(
            [
                *da_utente,
                binari / "initdb",
                "-D",
                dati,
                "-A",
                "trust",
                "-U",
                "portale",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ],
            check=True,
            capture_output=True,
            cwd="/",
        )
        opzioni = [
            "-p",
            str(self.porta_dati),
            "-k",
            "",
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "max_connections=300",
        ]
        server = subprocess.Popen(
            [*da_utente, binari / "postgres", "-D", dati, *opzioni], cwd="/", stderr=subprocess.DEVNULL
        )
        self.processi.callback(server.wait, 60)
        self.processi.callback(server.terminate)
        self.server = server.pid
        for _ in range(100):
            if not self.sql("postgres", "select 1").returncode:
                return
            time.sleep(0.2)
        raise RuntimeError("PostgreSQL non parte")

    def sql(self, base, query):
        dove = f"postgresql://portale@127.0.0.1:{self.porta_dati}/{base}"
        return subprocess.run(["psql", "-qtAc", query, dove], capture_output=True, text=True)

    def manage(self, ambiente, *argomenti):
        comando = [f"{RADICE}/.venv/bin/python", "manage.py", *argomenti]
        subprocess.run(comando, cwd=RADICE, env={**os.environ, **ambiente}, check=True, stdout=subprocess.DEVNULL)

    def distretto(self, nome):
        """Its settings, database, facts and processes, as `deploy/distretto` makes them."""
        qui = self.cartella / nome
        (qui / "var/media").mkdir(parents=True)
        ambiente = {
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "AMBIENTE": "/dev/null",
            "SECRET_KEY": f"solo-per-il-banco-{nome}",
            "ALLOWED_HOSTS": f"{nome}.example.org",
            "BASE_URL": f"https://{nome}.example.org",
            "DATABASE_URL": f"postgres://portale@127.0.0.1:{self.porta_dati}/{nome}",
            "CACHE_URL": f"rediscache://{qui}/cache.sock",
            "VAR_DIR": str(qui / "var"),
            "STATIC_ROOT": str(self.cartella / "statici"),
            "EMAIL_URL": "dummymail://",
            "LOG_LEVEL": "WARNING",
            "GUNICORN_BIND": f"unix:{qui}/sito.sock",
            "WEB_CONCURRENCY": "1",
        }
        if not self.distretti:
            self.sql("postgres", f"create database {nome}")
            self.manage(ambiente, "migrate", "--noinput", "--verbosity", "0")
            self.manage(ambiente, "collectstatic", "--noinput", "--verbosity", "0")
            self.sql("postgres", f"create database vuota template {nome}")
        else:
            self.sql("postgres", f"create database {nome} template vuota")
        self.manage(ambiente, "carica_programma", str(FATTI[nome]))
        unita = {"sito": "portale", "lavoratore": "portale-lavoratore"}
        if shutil.which("redis-server"):
            unita = {"cache": "portale-cache", **unita}
        self.distretti[nome] = {}
        for che_cosa, unita_sua in unita.items():
            with (qui / f"{che_cosa}.log").open("w") as diario:
                processo = subprocess.Popen(
                    ["sh", "-c", f"exec {comando_di(unita_sua, nome, qui)}"],
                    cwd=RADICE,
                    env={**os.environ, **ambiente},
                    stdout=diario,
                    stderr=diario,
                )
            self.processi.callback(processo.wait, 60)
            self.processi.callback(processo.terminate)
            self.distretti[nome][che_cosa] = processo.pid
        self.ambiente = ambiente

    def nginx(self):
        """One nginx with a file for all and one for each District, as `sito_nginx` writes it."""
        certificato(self.cartella)
        self.porta, chiara = _porta_libera(), _porta_libera()
        testi = [(RADICE / "deploy/nginx/comune.conf").read_text()]
        for nome in self.distretti:
            (self.cartella / nome / "ambiente").write_text(f"ALLOWED_HOSTS={nome}.example.org\n")
            passi = (
                f". {RADICE}/deploy/passi; indirizzo_di() {{ echo {nome}.example.org; }}; sito_nginx {RADICE} {nome}"
            )
            testo = subprocess.run(["bash", "-euc", passi], check=True, capture_output=True, text=True).stdout
            testo = sul_loopback(testo, self.cartella, chiara, self.porta).replace(
                "root /srv/portale;", f"root {self.cartella};"
            )
            testo = testo.replace(f"/srv/portale/distretti/{nome}/", f"{self.cartella}/{nome}/")
            testi.append(testo.replace(f"/run/portale/{nome}.sock", f"{self.cartella}/{nome}/sito.sock"))
        conf = intera(self.cartella, " ".join(testi).replace("/var/log/nginx", str(self.cartella)))
        processo = subprocess.Popen(["nginx", "-c", conf, "-p", self.cartella, "-g", "daemon off;"])
        self.processi.callback(processo.wait, 20)
        self.processi.callback(processo.terminate)

    def chiedi(self, nome, percorso="/"):
        """What the District answers, through nginx and TLS."""
        detto = subprocess.run(
            [
                "curl",
                "--silent",
                "--insecure",
                "--max-time",
                "60",
                "--resolve",
                f"{nome}.example.org:{self.porta}:127.0.0.1",
            ]
            + ["--write-out", "\n%{http_code}", f"https://{nome}.example.org:{self.porta}{percorso}"],
            capture_output=True,
            text=True,
        ).stdout
        corpo, _, stato = detto.rpartition("\n")
        return stato, corpo

    def connessioni(self):
        """How many each District keeps open, and the MB of PSS of one."""
        righe = self.sql(
            "postgres", "select datname, pid from pg_stat_activity where datname <> 'postgres' and datname is not null"
        )
        pid = [int(riga.partition("|")[2]) for riga in righe.stdout.split()]
        return len(pid), sum(memoria([uno])[0] for uno in pid)


def main():
    for serve in ("nginx", "psql", "curl"):
        if not shutil.which(serve):
            print(f"Non misuro: {serve} non c'è.")
            return True
    with tempfile.TemporaryDirectory(prefix="bench-distretti-") as qui, ExitStack() as processi:
        cartella = Path(qui)
        cartella.chmod(0o755)
        macchina = Macchina(cartella, processi)
        macchina.postgres()
        for nome in FATTI:
            macchina.distretto(nome)
        macchina.nginx()
        buoni = _leggono_solo_se_stessi(macchina)
        return _misura(macchina) and buoni


def _leggono_solo_se_stessi(macchina):
    for nome in FATTI:
        for _ in range(300):
            if macchina.chiedi(nome)[0] == "200":
                break
            time.sleep(0.2)
    pagine = {nome: macchina.chiedi(nome) for nome in FATTI}
    for percorso in (
        "/family-guide/",
        "/convenzioni/",
        "/notizie/",
        "/organizzazioni/",
        "/programma/",
        "/cerca/?q=nido",
    ):
        for nome in FATTI:
            assert macchina.chiedi(nome, percorso)[0] == "200", (nome, percorso)
    giusti = [
        stato == "200" and (("Valdombra" in corpo) == (nome == "valdombra")) for nome, (stato, corpo) in pagine.items()
    ]
    time.sleep(20)  # the worker made its first turns, readers are gone
    print(f"Distretti: {len(giusti)}, che rispondono con le proprie pagine: {sum(giusti)}")
    return all(giusti)


def _misura(macchina):
    somma = 0.0
    voci = {
        che_cosa: [memoria([di[che_cosa]]) for di in macchina.distretti.values()]
        for che_cosa in macchina.distretti["primo"]
    }
    for che_cosa, misure in voci.items():
        pss, rss = (sum(colonna) / len(misure) for colonna in zip(*misure, strict=True))
        somma += pss
        print(f"{che_cosa}: {pss:.0f} MB di PSS ({rss:.0f} di RSS) per Distretto, fermo")
    quante, pss = macchina.connessioni()
    somma += pss / len(FATTI)
    print(f"database: {quante / len(FATTI):.1f} connessioni e {pss / len(FATTI):.0f} MB di PSS per Distretto")
    comando, secondi = _comando(macchina)
    print(f"un comando periodico: {comando:.0f} MB, {secondi:.1f} s di processore")
    totale = VENTI * somma + COMANDI_INSIEME * comando + DEL_SISTEMA
    print(f"per Distretto: {somma:.0f} MB; {VENTI} Distretti: {totale:.0f} MB di {MACCHINA}")
    return totale < MACCHINA


def _comando(macchina):
    """The most memory (RSS) and the seconds of processor of `spedisci_posta`, which runs most often."""
    figlio = subprocess.Popen(
        [f"{RADICE}/.venv/bin/python", "manage.py", "spedisci_posta"],
        cwd=RADICE,
        env={**os.environ, **macchina.ambiente},
        stdout=subprocess.DEVNULL,
    )
    _, stato, uso = os.wait4(figlio.pid, 0)
    assert stato == 0
    return uso.ru_maxrss / 1024, uso.ru_utime + uso.ru_stime


if __name__ == "__main__":
    sys.exit(0 if main() else "Sotto i limiti")
