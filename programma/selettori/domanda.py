"""«Pronti per la domanda?»: the manager's duties, each with its state and what proves it. No money is reckoned."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from ..models import Criterio, DomandaDiContributo, Evidenza, ProgrammaPage
from .dovuti import manca_il_totale
from .punteggio import quadro_punteggio, riconosciuti_al, voci
from .quadri import RigaPunteggio

FATTO, IN_CORSO, DA_FARE = "Fatto", "In corso", "Da fare"
IN_PARTE, NON_FATTO = "Fatto in parte", "Non fatto"
"""The same of a year that is closed."""


@dataclass(frozen=True)
class ObbligoMisurato:
    """One mandatory duty. `prove` are the approved evidences that count, each with how many files (`numero_file`).

    `chiuso` when its year is.
    """

    titolo: str
    riga: RigaPunteggio
    prove: tuple[Evidenza, ...]
    chiuso: bool

    @property
    def stato(self) -> str:
        if self.riga.punteggio.punteggio is not None and self.riga.punteggio.punteggio >= 100:
            return FATTO
        cominciato = bool(self.prove or self.riga.punteggio.in_attesa)
        if self.chiuso:
            return IN_PARTE if cominciato else NON_FATTO
        return IN_CORSO if cominciato else DA_FARE

    @property
    def che_cosa_manca(self) -> list[str]:
        """In words: units, or the total that nobody wrote."""
        manca = [self.riga.punteggio.mancanza_in_breve] if self.riga.punteggio.mancanza else []
        if manca_il_totale(self.riga.criterio):
            manca.append("Manca il totale offerto, che scrive il manager")
        return manca

    @property
    def senza_file(self) -> list[str]:
        """Titles of the proofs without a file or a link, to be looked at: the act does not always ask for one."""
        return [prova.titolo for prova in self.prove if not ha_prova(prova)]


@dataclass(frozen=True)
class Prontezza:
    """The duties of one year at the end of a day, and the request if somebody wrote of it."""

    programma: ProgrammaPage
    al: date
    compiti: tuple[ObbligoMisurato, ...]
    domanda: DomandaDiContributo | None

    @property
    def fatti(self) -> int:
        return sum(compito.stato == FATTO for compito in self.compiti)

    @property
    def pronti(self) -> bool:
        """Whether every duty is done."""
        return bool(self.compiti) and self.fatti == len(self.compiti)

    @property
    def finestra(self) -> str:
        """Where `al` stands to the window of the request: "prima", "aperta", "chiusa"; empty while it is not known."""
        if self.domanda is None or not self.domanda.si_chiede or not self.domanda.chiude:
            return ""
        if self.al > self.domanda.chiude:
            return "chiusa"
        return "prima" if self.domanda.apre and self.al < self.domanda.apre else "aperta"


def ha_prova(evidenza: Evidenza) -> bool:
    """Whether `evidenza` brings a file, a link or the sheet of a project, or was born from a content."""
    return bool(getattr(evidenza, "numero_file", 0) or evidenza.link or evidenza.progettualita_id or evidenza.fonte_id)


def prontezza(programma: ProgrammaPage, al: date) -> Prontezza:
    """How far `programma` is with the nine duties of the act, at the end of `al`, in a constant number of queries."""
    del_manager = Criterio.objects.filter(azione=None)
    quadro = quadro_punteggio(programma, al, scelte=voci(programma, del_manager))
    validi = riconosciuti_al(programma, al).filter(criterio__azione=None)
    prove: dict[int, list[Evidenza]] = defaultdict(list)
    per_evidenza = validi.order_by("data", "pk").values_list("criterio", "evidenza")
    coppie = list(dict.fromkeys(per_evidenza))
    evidenze = Evidenza.objects.annotate(numero_file=Count("allegati")).in_bulk([evidenza for _, evidenza in coppie])
    for criterio, evidenza in coppie:
        prove[criterio].append(evidenze[evidenza])
    compiti = tuple(
        ObbligoMisurato(voce.titolo, riga, tuple(prove[riga.criterio.pk]), programma.chiuso)
        for voce in quadro.voci
        for riga in voce.righe
    )
    return Prontezza(programma, al, compiti, DomandaDiContributo.objects.filter(programma=programma).first())
