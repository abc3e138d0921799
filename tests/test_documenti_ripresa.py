"""A package whose maker is killed goes on from the last whole file, and comes out the same to the byte."""

import errno
import io
import os
import signal
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from documenti import ripresa
from documenti.models import Pacchetto
from documenti.operazioni import chiedi_pacchetto, prepara
from documenti.operazioni.pacchetti import PAZIENZA
from documenti.pacchetto import contenuto_di, scrivi_contenuto, scrivi_pacchetto
from documenti.ripresa import GiaInCorso, archivio_che_riprende, butta_il_cominciato

VOCI = {f"è-{n}.bin": os.urandom(200_000) for n in range(4)}


def ucciso(fai):
    """Run `fai` in a process of its own, which is to die of SIGKILL."""
    if not (figlio := os.fork()):
        try:
            fai()
        finally:
            os._exit(0)
    assert os.WTERMSIG(os.waitpid(figlio, 0)[1]) == signal.SIGKILL


def muori(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


class CheUccide(io.BytesIO):
    """A file that kills who reads it past its first piece."""

    letti = 0

    def read(self, quanti=-1):
        self.letti += 1
        if self.letti > 1:
            muori()
        return super().read(quanti)


def scrivi(dove, stato="uno", che=io.BytesIO, quale=None):
    """The names that were read, with the entry `quale` read through `che`."""
    letti = []

    def apri(nome):
        letti.append(nome)
        return (che if nome == quale else io.BytesIO)(VOCI[nome])

    with archivio_che_riprende(dove, stato) as archivio:
        for nome in VOCI:
            archivio.metti(nome, partial(apri, nome))
    return letti


@pytest.fixture
def intero(tmp_path):
    """What comes out when nobody is killed."""
    dove = tmp_path / "intero.zip"
    scrivi(dove)
    return dove.read_bytes()


@pytest.mark.parametrize("quanti", [0, 1, 3])
def test_killed_inside_an_entry__goes_on_from_it(tmp_path, monkeypatch, intero, quanti):
    monkeypatch.setattr(ripresa, "PEZZO", 150_000)
    dove, nomi = tmp_path / "p.zip", list(VOCI)
    dove.write_bytes(b"quello di prima")
    ucciso(lambda: scrivi(dove, che=CheUccide, quale=nomi[quanti]))
    assert dove.read_bytes() == b"quello di prima"
    assert scrivi(dove) == nomi[quanti:] and dove.read_bytes() == intero
    assert {uno.name for uno in tmp_path.iterdir()} == {"p.zip", "intero.zip"}
    with zipfile.ZipFile(dove) as archivio:
        assert archivio.testzip() is None and archivio.namelist() == nomi


@pytest.mark.parametrize("dove_muore", ["Path.write_text", "Path.replace", "Path.unlink"])
def test_killed_between_an_entry_and_its_mark__is_whole_the_next_time(tmp_path, monkeypatch, intero, dove_muore):
    dove = tmp_path / "p.zip"
    with monkeypatch.context() as finto:
        finto.setattr(f"documenti.ripresa.{dove_muore}", muori)
        ucciso(lambda: scrivi(dove))
    assert not dove.exists()
    scrivi(dove)
    assert dove.read_bytes() == intero and len(list(tmp_path.iterdir())) == 2


def test_begun_for_another_state__is_thrown_away(tmp_path, intero):
    dove, nomi = tmp_path / "p.zip", list(VOCI)
    ucciso(lambda: scrivi(dove, "due", CheUccide, nomi[2]))
    assert scrivi(dove) == nomi and dove.read_bytes() == intero


def test_mark_that_cannot_be_read__is_as_none(tmp_path, intero):
    dove, nomi = tmp_path / "p.zip", list(VOCI)
    for rovina in (lambda parte, segno: segno.write_text("{"), lambda parte, segno: parte.unlink()):
        ucciso(lambda: scrivi(dove, che=CheUccide, quale=nomi[2]))
        rovina(tmp_path / ".p.zip.parte", tmp_path / ".p.zip.segno.parte")
        assert scrivi(dove) == nomi and dove.read_bytes() == intero


def test_error__leaves_nothing_and_two_never_write_together(tmp_path):
    dove = tmp_path / "p.zip"

    def pieno():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(OSError, match="No space"), archivio_che_riprende(dove, "uno") as archivio:
        archivio.metti("a", lambda: io.BytesIO(b"a"))
        archivio.metti("b", pieno)
    assert not list(tmp_path.iterdir())
    with archivio_che_riprende(dove, "uno") as archivio:
        archivio.metti("a", lambda: io.BytesIO(b"a"))
        with pytest.raises(GiaInCorso, match=r"p\.zip"), archivio_che_riprende(dove, "uno"):
            pass
        butta_il_cominciato(dove)
    assert zipfile.ZipFile(dove).read("a") == b"a"


@pytest.fixture
def due(riconosciuta):
    return riconosciuta("P1.1"), riconosciuta("P1.1", titolo="Altro tavolo", data=date(2025, 4, 1))


def posto(pacchetto):
    """Where the worker is to put it."""
    dove = Path(pacchetto.file.storage.path(f"pacchetti/{pacchetto.pk}-{pacchetto.nome_del_file}"))
    dove.parent.mkdir(parents=True, exist_ok=True)
    dove.unlink(missing_ok=True)
    return dove


def accanto(dove):
    return [*dove.parent.glob(f".*{dove.name}*")]


def comincia(programma, dove):
    """A process that dies before the second evidence."""
    contenuto = contenuto_di(programma, timezone.localdate())
    ucciso(lambda: scrivi_contenuto(contenuto, dove, lambda fatte, tutte: muori() if fatte else None))


@pytest.mark.django_db
def test_package__of_a_killed_worker_goes_on(programma, manager, due, pango, monkeypatch, tmp_path):
    scrivi_pacchetto(programma, timezone.localdate(), tmp_path / "intero.zip")
    pacchetto = chiedi_pacchetto(programma, manager)
    dove = posto(pacchetto)
    comincia(programma, dove)
    assert not dove.exists() and len(accanto(dove)) == 2
    monkeypatch.setattr("documenti.tipi.resa.in_pdf", lambda corpo: pytest.fail("made again"))
    prepara(pacchetto.pk)
    pacchetto.refresh_from_db()
    assert pacchetto.pronto and (pacchetto.fatte, pacchetto.tutte) == (1, 2) and not accanto(dove)
    with pacchetto.file.open() as file:
        assert file.read() == (tmp_path / "intero.zip").read_bytes()


@pytest.mark.django_db
def test_package__begins_again_when_what_it_says_is_another(programma, due, riconosciuta, pango, tmp_path):
    dove = tmp_path / "p.zip"
    comincia(programma, dove)
    riconosciuta("P1.1", titolo="Terzo tavolo", data=date(2025, 5, 1))
    for uno in (dove, tmp_path / "intero.zip"):
        call_command("pacchetto", "2025", file=str(uno))
    assert dove.read_bytes() == (tmp_path / "intero.zip").read_bytes()
    comincia(programma, dove)
    allegato = due[0].allegati.get()
    allegato.file.storage.delete(allegato.file.name)
    with pytest.raises(CommandError, match=r"verbale\.txt"):
        call_command("pacchetto", "2025", file=str(dove))
    assert {uno.name for uno in tmp_path.iterdir()} == {"p.zip", "intero.zip"}


@pytest.mark.django_db
def test_package__that_is_nobodys_any_more_leaves_no_stump(programma, manager, due, pango):
    pacchetto = chiedi_pacchetto(programma, manager)
    dove = posto(pacchetto)
    comincia(programma, dove)
    assert accanto(dove)
    Pacchetto.objects.update(chiesto_il=timezone.now() - PAZIENZA)
    assert chiedi_pacchetto(programma, manager) != pacchetto and not accanto(dove)


@pytest.mark.django_db
def test_package__two_files_of_the_same_name_are_both_in_it(programma, referente_a, riconosciuta):
    altro = {"nome": "Verbale.txt", "tipo": "text/plain", "dimensione": 5, "caricato_da": referente_a}
    riconosciuta("P1.1").allegati.create(file=ContentFile(b"altro", "v.txt"), **altro)
    percorsi = [voce.percorso for voce in contenuto_di(programma, timezone.localdate()).voci if voce.detti[0]]
    assert percorsi == [f"evidenze/P1.1/2025-03-05-001-{nome}" for nome in ("verbale.txt", "2-Verbale.txt")]


def test_command__says_what_is_wrong_with_the_place(monkeypatch, db, programma, tmp_path):
    with pytest.raises(CommandError, match="Manca il nome"):
        call_command("pacchetto", "2025", file="")
    for dove, perche in (("manca/p.zip", "la cartella non c'è"), ("", "è una cartella")):
        with pytest.raises(CommandError, match=perche):
            call_command("documento", "programma", "2025", file=str(tmp_path / dove))
    with pytest.raises(CommandError, match="la cartella non c'è"):
        call_command("pacchetto", "2025", file=str(tmp_path / "manca" / "p.zip"))
    monkeypatch.setattr("documenti.ripresa.zipfile.ZipFile", lambda *a: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(CommandError, match="non c'è più spazio"):
        call_command("pacchetto", "2025", file=str(tmp_path / "p.zip"))
    assert not list(tmp_path.iterdir())
