"""What is still open in a programme before it is closed: what waits, what has no proof, which acts lack their file."""

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from organizzazioni.consegne import Pendenza

from .. import flusso
from ..models import AttoDelProgramma, Criterio, Evidenza, ProgrammaPage
from .cambiati import da_rivedere
from .prontezza import che_cosa_manca
from .punteggio import quadro_punteggio

STATI = {
    flusso.INVIATA: "Evidenze che aspettano una decisione",
    flusso.DA_INTEGRARE: "Evidenze restituite e non ancora corrette",
    flusso.BOZZA: "Evidenze scritte e non inviate",
}
NUMERO_E_DATA = {
    AttoDelProgramma.Passo.DELIBERA: ("delibera_numero", "delibera_data"),
    AttoDelProgramma.Passo.TRASMISSIONE: ("protocollo_numero", "protocollo_data"),
    AttoDelProgramma.Passo.DETERMINAZIONE: ("atto_numero", "atto_data"),
}


def pendenze_dell_anno(programma: ProgrammaPage) -> list[Pendenza]:
    """Everything that is still open in `programma`, in the order in which one would see to it."""
    return [*_in_attesa(programma), *_senza_prova(programma), *_da_archiviare(programma)]


def _in_attesa(programma: ProgrammaPage) -> Iterator[Pendenza]:
    oggi = timezone.localdate()
    if oggi <= programma.scadenza:
        giorni = (programma.scadenza - oggi).days
        yield Pendenza(
            f"Il termine per i fatti non è passato: giorni che mancano, {giorni}", reverse("programma:punteggio")
        )
    contate = dict(programma.evidenze.order_by().values_list("stato").annotate(Count("pk")))
    for stato, nome in STATI.items():
        if quante := contate.get(stato):
            yield Pendenza(f"{nome}: {quante}", _registro(programma, stato))
    if quante := len(da_rivedere(programma)):
        dove = reverse("programma:da_rivedere", args=[programma.pk])
        yield Pendenza(f"Evidenze da rivedere, perché il criterio è cambiato: {quante}", dove)
    if quante := TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count():
        yield Pendenza(
            f"Pagine in attesa, di qualunque anno, che approvate potrebbero valere: {quante}", reverse("programma:coda")
        )


def _senza_prova(programma: ProgrammaPage) -> Iterator[Pendenza]:
    punteggio = f"{reverse('programma:punteggio')}?anno={programma.anno}"
    righe = quadro_punteggio(programma, timezone.localdate()).righe
    if vuoti := [riga.criterio.codice for riga in righe if not riga.punteggio.grezzo]:
        yield Pendenza(f"Criteri senza nulla di riconosciuto: {', '.join(vuoti)}", punteggio)
    soglie = [r.criterio for r in righe if r.criterio.regola == Criterio.Regola.SOGLIA and not r.criterio.offerto]
    for criterio in soglie:
        dove = reverse("programma:criterio", args=[criterio.pk])
        yield Pendenza(f"{criterio.codice}: manca il totale offerto, e il punteggio non si calcola", dove)
    nude = Evidenza.objects.filter(programma=programma, stato=flusso.APPROVATA, link=[], allegati=None, fonte_id=None)
    if quante := nude.count():
        yield Pendenza(f"Evidenze approvate senza file né link: {quante}", _registro(programma, flusso.APPROVATA))


def _da_archiviare(programma: ProgrammaPage) -> Iterator[Pendenza]:
    dove = reverse("programma:atti", args=[programma.pk])
    con_file = set(programma.file_degli_atti.values_list("passo", flat=True))
    for passo in AttoDelProgramma.Passo:
        manca = [] if all(getattr(programma, campo) for campo in NUMERO_E_DATA[passo]) else ["numero o data"]
        manca += [] if passo in con_file else ["il file"]
        if manca:
            yield Pendenza(f"{passo.label}: {che_cosa_manca(manca)}", dove)


def _registro(programma: ProgrammaPage, stato: str) -> str:
    return f"{reverse('programma:evidenze')}?anno={programma.anno}&stato={stato}"
