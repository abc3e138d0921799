"""Printing the booklets: marked when something changes, printed outside of requests, only if the content is new."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from base import battiti
from base.compiti import compito
from base.stampa import StampaNonDisponibile

from ..fascicoli.contenuto import Contenuto, leggi_contenuti
from ..fascicoli.stampa import Bozza, componi, stampa
from ..models import Fascicolo, Stamperia

CARTELLA = "fascicoli"
PAUSA = timedelta(minutes=5)
"""How long the worker waits after a change: publications come in bursts, and one printing serves them all."""
DIMENTICATA = timedelta(hours=1)
"""After so long, the worker is told again: it may never have heard."""
TURNO = "stamperia"
"""How who prints is known among those who are present: who gives no sign any more does not block the next."""
VOLTE = 3
"""How many times in a row the booklets are looked at again when the guide changes while they are printed."""


@dataclass(frozen=True)
class Ristampa:
    """What became of a booklet: `nuovo` when it was printed, in so many seconds."""

    fascicolo: Fascicolo
    nuovo: bool
    secondi: float


class Occupata(Exception):
    """Someone else is printing; what changed meanwhile is theirs to see."""


def segna_da_rifare() -> None:
    """Something that the booklets say has changed. Cheap: it marks, and tells the worker once for each burst."""
    Stamperia.leggi()
    adesso, rifai_fascicoli = timezone.now(), compito("guide.fascicoli.tasks.rifai_fascicoli")
    da_dire = Q(da_rifare_dal=None) | Q(da_rifare_dal__lt=adesso - DIMENTICATA)
    segnata = Stamperia.objects.filter(da_dire).update(da_rifare_dal=adesso)
    # Where tasks run at once, printing waits for the command: who publishes does not.
    if segnata and rifai_fascicoli.get_backend().supports_defer:
        transaction.on_commit(lambda: rifai_fascicoli.using(run_after=adesso + PAUSA).enqueue())


def rifai(forza: bool = False, avanza: Callable[[Ristampa], Any] = lambda esito: None) -> list[Ristampa]:
    """Print the booklets whose content changed (all of them with `forza`), drop those that have no entry any more.

    `avanza` is told of each one. Raises `Occupata`, or `StampaNonDisponibile`, which is kept for the manager to read.
    """
    with turno():
        for _ in range(VOLTE):
            Stamperia.objects.update(da_rifare_dal=None)
            esiti = [_rifai_uno(contenuto, forza, avanza) for contenuto in leggi_contenuti(timezone.localdate())]
            _butta_gli_altri([esito.fascicolo for esito in esiti])
            if not Stamperia.objects.exclude(da_rifare_dal=None).exists():
                break
    return esiti


def rifai_intero() -> tuple[Contenuto, Fascicolo]:
    """The whole guide's booklet and the content that it prints, printed now if it is not up to date.

    To be called in one's `turno`.
    """
    contenuto = leggi_contenuti(timezone.localdate())[0]
    bozza = componi(contenuto)
    fascicolo = Fascicolo.objects.filter(chiave="", impronta=bozza.impronta).first()
    return contenuto, fascicolo or _stampa(contenuto, bozza)


def intero_aggiornato() -> bool:
    """Whether the whole guide's booklet says what the guide says now."""
    impronta = componi(leggi_contenuti(timezone.localdate())[0]).impronta
    return Fascicolo.objects.filter(chiave="", impronta=impronta).exists()


@contextmanager
def turno() -> Iterator[None]:
    """Only one prints at a time, on however many machines. Raises `Occupata`."""
    Stamperia.leggi()
    adesso = timezone.now()
    libera = Q(in_corso_dal=None)
    if not battiti.vivi(TURNO):
        libera |= Q(in_corso_dal__lt=adesso - battiti.ASSENTE)
    if not Stamperia.objects.filter(libera).update(in_corso_dal=adesso):
        raise Occupata
    mio = Stamperia.objects.filter(in_corso_dal=adesso)
    try:
        with battiti.al_lavoro(TURNO):
            yield
    except BaseException as errore:
        messaggio = str(errore) if isinstance(errore, StampaNonDisponibile) else "La stampa si è interrotta: riprova"
        mio.update(in_corso_dal=None, da_rifare_dal=adesso, errore=messaggio[:300])
        raise
    mio.update(in_corso_dal=None, errore="")


def _rifai_uno(contenuto: Contenuto, forza: bool, avanza: Callable[[Ristampa], Any]) -> Ristampa:
    inizio = monotonic()
    bozza = componi(contenuto)
    fascicolo = None if forza else Fascicolo.objects.filter(chiave=contenuto.chiave, impronta=bozza.impronta).first()
    uguale = fascicolo is not None and all(map(default_storage.exists, fascicolo.nomi_dei_file))
    esito = Ristampa(
        fascicolo if fascicolo is not None and uguale else _stampa(contenuto, bozza), not uguale, monotonic() - inizio
    )
    avanza(esito)
    return esito


def _stampa(contenuto: Contenuto, bozza: Bozza) -> Fascicolo:
    adesso = timezone.now()
    stampato = stampa(bozza, timezone.localdate(adesso), anche_grande=not contenuto.chiave)
    nome = f"{CARTELLA}/{contenuto.chiave or 'family-guide'}-{bozza.impronta[:12]}"
    fascicolo, _ = Fascicolo.objects.update_or_create(
        chiave=contenuto.chiave,
        defaults={
            "titolo": contenuto.titolo,
            "impronta": bozza.impronta,
            "pagine": stampato.pagine,
            "servizi": contenuto.quante,
            "dimensione": len(stampato.pdf),
            "fatto_il": adesso,
            "file": _tieni(f"{nome}.pdf", stampato.pdf),
            "da_piegare": _tieni(f"{nome}-da-piegare.pdf", stampato.da_piegare),
            "grande": _tieni(f"{nome}-grande.pdf", stampato.grande),
        },
    )
    return fascicolo


def _tieni(nome: str, pdf: bytes) -> str:
    return default_storage.save(nome, ContentFile(pdf)) if pdf else ""


def _butta_gli_altri(buoni: list[Fascicolo]) -> None:
    """Rows of booklets that are no more, and files that no row has."""
    Fascicolo.objects.exclude(pk__in=[fascicolo.pk for fascicolo in buoni]).delete()
    usati = {nome for fascicolo in Fascicolo.objects.all() for nome in fascicolo.nomi_dei_file}
    for nome in default_storage.listdir(CARTELLA)[1]:
        if f"{CARTELLA}/{nome}" not in usati:
            default_storage.delete(f"{CARTELLA}/{nome}")
