"""A copy of the site, restored into an empty one and compared; what is broken, wrong or not empty is refused."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from base import salvataggio
from base.models import MessaggioInUscita
from base.posta.operazioni import metti_in_dubbio
from base.salvataggio import NonSiPuo, ripristina, salva
from tests.base_migrata import MODELLI, _migra_su_disco, _su_server, impronta
from tests.deposito import in_deposito

pytestmark = pytest.mark.django_db
RADICE = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def cartelle(settings, tmp_path, monkeypatch):
    """Files of this test alone."""
    settings.STORAGES = {
        **settings.STORAGES,
        **{
            alias: {"BACKEND": "base.archivio.ArchivioIntegro", "OPTIONS": {"location": str(tmp_path / nome)}}
            for nome, alias in salvataggio.ARCHIVI.items()
        },
    }

    def finta(copia):  # what a test's own database in memory cannot do; the last test does it for real
        copia.write_bytes(b"dati")
        return {"organizzazioni_utente": [1, "ab"], "django_migrations": [2, "cd"]}

    monkeypatch.setattr(salvataggio, "_copia_database", finta)
    storages["default"].save("images/logo.png", ContentFile(b"logo"))
    storages["allegati"].save("evidenze/verbale è.pdf", ContentFile(b"%PDF riservato"))
    return tmp_path


@pytest.fixture
def chiavi():
    privata = pyrage.x25519.Identity.generate()
    return str(privata.to_public()), f"# created: oggi\n{privata}\n"


def contenuto(archivio):
    with tarfile.open(archivio) as tar:
        return {voce.name: tar.extractfile(voce).read() for voce in tar}


def test_copy__holds_database_and_files_with_their_digests(tmp_path, manager):
    archivio = salva(tmp_path / "copie")
    assert archivio.stat().st_mode & 0o777 == 0o600 and archivio.name.startswith("portale-")
    dentro = contenuto(archivio)
    assert dentro["media/images/logo.png"] == b"logo" and dentro["allegati/evidenze/verbale è.pdf"] == b"%PDF riservato"
    manifesto = json.loads(dentro["manifesto.json"])
    assert set(manifesto["file"]) == {"media/images/logo.png", "allegati/evidenze/verbale è.pdf"}
    assert manifesto["tabelle"]["organizzazioni_utente"][0] == 1 and "django_migrations" in manifesto["tabelle"]
    assert ripristina(archivio, prova=True) == manifesto
    assert [p.name for p in archivio.parent.iterdir()] == [archivio.name]


def test_encrypted_copy__is_opened_by_its_key_alone(tmp_path, manager, chiavi):
    pubblica, privata = chiavi
    archivio = salva(tmp_path / "copie", pubblica)
    assert archivio.name.endswith(".age") and b"organizzazioni_utente" not in archivio.read_bytes()
    assert ripristina(archivio, privata, prova=True)["database"] == connection.vendor
    with pytest.raises(NonSiPuo, match="serve il file"):
        ripristina(archivio, prova=True)
    with pytest.raises(NonSiPuo, match="non apre"):
        ripristina(archivio, str(pyrage.x25519.Identity.generate()), prova=True)
    with pytest.raises(NonSiPuo, match="chiave pubblica"):
        salva(tmp_path / "copie", "age1sbagliata")


def test_copies__the_oldest_go_and_nothing_else(tmp_path):
    copie = tmp_path / "copie"
    copie.mkdir()
    for nome in ("portale-20250101-000000.tar.gz", "portale-20250102-000000.tar.gz.age", "mio.tar.gz"):
        (copie / nome).write_bytes(b"x")
    nuova = salva(copie, tieni=2)
    assert {p.name for p in copie.iterdir()} == {nuova.name, "portale-20250102-000000.tar.gz.age", "mio.tar.gz"}


def test_copy_that_fails__leaves_the_old_ones_and_no_stump(tmp_path, monkeypatch, chiavi):
    copie = tmp_path / "copie"
    copie.mkdir()
    (copie / "portale-20250101-000000.tar.gz").write_bytes(b"x")

    def cade(copia):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(salvataggio, "_copia_database", cade)
    for chiave in ("", chiavi[0]):
        with pytest.raises(CommandError, match="non è stata fatta"):
            call_command("salva", str(copie), "--tieni=1", f"--chiave={chiave}")
    assert [p.name for p in copie.iterdir()] == ["portale-20250101-000000.tar.gz"]


@pytest.mark.parametrize("rovina", ["tronca", "cambia", "manca", "esce", "altro"])
def test_archive_that_is_not_what_it_says__is_refused(tmp_path, rovina):
    archivio = salva(tmp_path / "copie")
    dentro = contenuto(archivio)
    if rovina == "tronca":
        archivio.write_bytes(archivio.read_bytes()[:-2000])
    elif rovina == "altro":
        archivio.write_bytes(b"non un archivio")
    else:
        if rovina == "cambia":
            dentro["media/images/logo.png"] = b"altro"
        elif rovina == "manca":
            del dentro["media/images/logo.png"]
        else:
            dentro = {"../fuori.txt": b"x", **dentro}
        with tarfile.open(archivio, "w:gz") as tar:
            for nome, byte in dentro.items():
                voce = tarfile.TarInfo(nome)
                voce.size = len(byte)
                tar.addfile(voce, io.BytesIO(byte))
    with pytest.raises(NonSiPuo):
        ripristina(archivio, prova=True)
    assert not (tmp_path / "fuori.txt").exists()


def test_site_that_is_not_empty__is_left_alone(tmp_path, manager):
    archivio = salva(tmp_path / "copie")
    with pytest.raises(CommandError, match="non è vuoto"):
        call_command("ripristina", str(archivio))
    type(manager).objects.all().delete()
    with pytest.raises(NonSiPuo, match="cartelle dei file"):
        ripristina(archivio)


def test_files_elsewhere__are_not_said_to_be_copied(tmp_path, settings):
    memoria = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memoria}
    with pytest.raises(NonSiPuo, match="non stanno su questa macchina"):
        salva(tmp_path / "copie")


def test_what_waited_to_be_mailed__is_in_doubt_after():
    MessaggioInUscita.objects.create(email="a@example.org", a_chi="A", oggetto="O", contenuto={})
    salvataggio.ripristinato.send(sender=None)
    assert MessaggioInUscita.objects.get().in_dubbio
    metti_in_dubbio()


@pytest.fixture
def altrove(tmp_path):
    """Run `manage.py` on another site: its own database, of the kind of this one, and its own folders.

    The site "uno" is migrated, any other is empty.
    """
    fatti = {}

    def database(sito):
        if connection.vendor == "sqlite":
            if sito == "uno":
                shutil.copyfile(in_deposito(f"base-{impronta()}.sqlite3", _migra_su_disco), tmp_path / "uno.sqlite3")
            return f"sqlite:///{tmp_path / sito}.sqlite3"
        s = connection.settings_dict
        nome = f"{s['NAME']}_{sito}"
        _su_server(f'DROP DATABASE IF EXISTS "{nome}"')
        _su_server(f'CREATE DATABASE "{nome}"' + (f' TEMPLATE "{MODELLI}{impronta()}"' if sito == "uno" else ""))
        return f"postgres://{s['USER']}:{s['PASSWORD']}@{s['HOST']}:{s['PORT']}/{nome}"

    def esegui(sito, *argomenti):
        fatti[sito] = fatti.get(sito) or database(sito)
        ambiente = {
            **{nome: valore for nome, valore in os.environ.items() if nome not in ("MEDIA_ROOT", "ALLEGATI_ROOT")},
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "DATABASE_URL": fatti[sito],
            "VAR_DIR": str(tmp_path / f"var-{sito}"),
        }
        fatto = subprocess.run(
            [sys.executable, "manage.py", *argomenti], cwd=RADICE, env=ambiente, capture_output=True, text=True
        )
        assert fatto.returncode == 0, fatto.stderr
        return fatto.stdout

    yield esegui
    if connection.vendor != "sqlite":
        for url in fatti.values():
            _su_server(f'DROP DATABASE "{url.rpartition("/")[2]}"')


def test_site_made_again__is_the_same(altrove, tmp_path, chiavi):
    pubblica, privata = chiavi
    (tmp_path / "privata.txt").write_text(privata)
    riservato = tmp_path / "var-uno/allegati/evidenze/x.pdf"
    riservato.parent.mkdir(parents=True)
    riservato.write_bytes(b"%PDF riservato")
    altrove("uno", "salva", str(tmp_path / "copie"), f"--chiave={pubblica}")
    (archivio,) = (tmp_path / "copie").iterdir()
    detto = altrove("due", "ripristina", str(archivio), f"--identita={tmp_path / 'privata.txt'}")
    righe = int(re.search(r"(\d+) righe, 1 file, tutti uguali", detto)[1])
    assert righe > 500, "permissions, types and pages of a migrated site"
    copiato = tmp_path / "var-due/allegati/evidenze/x.pdf"
    assert copiato.read_bytes() == b"%PDF riservato" and copiato.stat().st_mode & 0o777 == 0o600
