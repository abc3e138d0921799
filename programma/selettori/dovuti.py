"""What a year still asks: what is missing to each target, who owes it, by when; which members gave nothing yet."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from base.percorsi import sta_sotto
from organizzazioni.models import Organizzazione, Utente

from .. import flusso
from ..models import Criterio, Evidenza, ProgrammaPage, ReferenteAzione, TermineInterno
from .punteggio import quadro_punteggio
from .quadri import ImpegnoMisurato, QuadroPunteggio, RigaPunteggio


@dataclass(frozen=True)
class Dovuto:
    """An action or a duty of which something is missing. `chi` are the bodies that lead it: none for a duty."""

    voce: ImpegnoMisurato
    righe: tuple[RigaPunteggio, ...]
    chi: tuple[Organizzazione, ...]
    termini: tuple[TermineInterno, ...]
    scadenza: date

    @property
    def entro(self) -> date:
        """The first internal deadline that is open; without one, the last day of the programme."""
        return min([termine.giorno for termine in self.termini] + [self.scadenza])

    @property
    def in_attesa(self) -> int:
        """How many evidences wait for a decision: what they bring is not counted yet."""
        return sum(riga.punteggio.in_attesa for riga in self.righe)


@dataclass(frozen=True)
class AnnoDaFare:
    """An open programme as the manager reads it: what is missing, soonest first, and who gave nothing."""

    programma: ProgrammaPage
    oggi: date
    dovuti: tuple[Dovuto, ...]
    senza_nulla: tuple[Organizzazione, ...]
    completi: int
    quadro: QuadroPunteggio

    @property
    def giorni(self) -> int:
        """Days left until the last day of the facts; negative when it has passed."""
        return (self.programma.scadenza - self.oggi).days

    @property
    def termine_passato(self) -> bool:
        return self.giorni < 0

    def di(self, ente: Organizzazione) -> list[Dovuto]:
        """What `ente` owes: the actions that it leads."""
        return [dovuto for dovuto in self.dovuti if ente in dovuto.chi]


def anni_da_fare(oggi: date) -> list[AnnoDaFare]:
    """The open programmes that have begun, newest first; a draft's are its criteria of today."""
    return [anno_da_fare(p, oggi) for p in ProgrammaPage.objects.aperti() if p.dal <= oggi]


def anno_da_fare(programma: ProgrammaPage, oggi: date) -> AnnoDaFare:
    """What `programma` still asks at the end of `oggi`, in a constant number of queries."""
    quadro = quadro_punteggio(programma, oggi)
    azioni = {c.azione_id for voce in quadro.voci for c in voce.criteri if c.azione_id}
    guidano, termini = chi_guida(azioni), defaultdict(list)
    for termine in TermineInterno.objects.aperti().filter(azione__in=azioni).select_related("azione"):
        termini[termine.azione_id].append(termine)
    dovuti = []
    for voce in quadro.voci:
        righe = tuple(riga for riga in voce.righe if manca(riga))
        azione = voce.criteri[0].azione_id
        if righe:
            dovuti.append(Dovuto(voce, righe, guidano[azione], tuple(termini[azione]), programma.scadenza))
    dovuti.sort(key=lambda dovuto: dovuto.entro)  # stable: at the same day, the order of the act
    return AnnoDaFare(
        programma, oggi, tuple(dovuti), _senza_nulla(programma, oggi), len(quadro.voci) - len(dovuti), quadro
    )


def manca(riga: RigaPunteggio) -> bool:
    """Whether something is missing to 100, or the total without which nobody can say."""
    return bool(riga.punteggio.mancano) or manca_il_totale(riga.criterio)


def manca_il_totale(criterio: Criterio) -> bool:
    """Whether the manager has still to write the total of which `criterio` asks a part."""
    return criterio.regola == Criterio.Regola.SOGLIA and not criterio.offerto


def chi_guida(azioni: Iterable[Any]) -> dict:
    """Key of action -> the bodies that lead it, in the order of the act."""
    guidano: dict = defaultdict(tuple)
    for riga in (
        ReferenteAzione.objects.filter(azione__in=azioni)
        .select_related("organizzazione__distretto")
        .order_by("sort_order")
    ):
        guidano[riga.azione_id] += (riga.organizzazione,)
    return guidano


def _senza_nulla(programma: ProgrammaPage, oggi: date) -> tuple[Organizzazione, ...]:
    """Members of today, or of the last day, none of whose people sent an evidence; the District itself aside."""
    hanno_dato = Evidenza.objects.filter(programma=programma, stato__in=(flusso.INVIATA, flusso.APPROVATA))
    aderenti = Organizzazione.objects.aderenti_al(min(oggi, programma.scadenza)).filter(distretto=None)
    return tuple(aderenti.exclude(pk__in=hanno_dato.order_by().values("organizzazione")))


def persone_di(ente: Organizzazione) -> list[Utente]:
    """Who of `ente` may be written to: none while it is not active."""
    return list(ente.persone.exclude(email="").order_by("last_name", "pk")) if ente.attiva else []


def prossimi_termini(utente: Utente, oggi: date | None = None) -> list[TermineInterno]:
    """The open internal deadlines that `utente` reads, of programmes that are open, soonest first; late ones too."""
    del_giorno = oggi or timezone.localdate()
    aperti = [p for p in ProgrammaPage.objects.aperti() if p.dal <= del_giorno or not p.in_attesa_dell_atto]
    trovati = TermineInterno.objects.visibili_a(utente).aperti().select_related("azione")
    return [t for t in trovati if sta_sotto(t.azione.path, *(p.path for p in aperti))]
