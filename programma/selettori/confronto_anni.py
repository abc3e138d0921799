"""What the programme of a year changes of that of the year before: actions, criteria, and the words of each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ..anni import anni_in, nell_anno
from ..models import AzionePage, Criterio, ProgrammaPage
from .cambiati import DELL_ATTO, in_parole, nome_del_campo
from .prontezza import ultime_parole

CAMPI_DELL_AZIONE = ("title", "area", "obiettivo_generale", "obiettivo_specifico", "azioni", "altre_testo", "tempi")
NUOVA, TOLTA, CAMBIATA, UGUALE = "nuova", "tolta", "cambiata", "uguale"
SORTI = {NUOVA: "Nuova", TOLTA: "Non c'è più", CAMBIATA: "Cambiata", UGUALE: "Come l'anno prima"}


@dataclass(frozen=True)
class Diverso:
    """A field that says something else than the year before."""

    nome: str
    prima: str
    dopo: str


@dataclass(frozen=True)
class VoceDelConfronto:
    """An action, or the manager's duties, beside that of the year before."""

    nome: str
    come: str
    prosegue: bool = False
    diversi: tuple[Diverso, ...] = ()
    criteri_nuovi: tuple[Criterio, ...] = ()
    criteri_tolti: tuple[Criterio, ...] = ()
    criteri_diversi: tuple[tuple[Criterio, tuple[Diverso, ...]], ...] = ()
    anni: tuple[int, ...] = ()
    da_riscrivere: bool = False
    indirizzo: str = ""

    @property
    def etichetta(self) -> str:
        return SORTI[self.come]


def programma_precedente(programma: ProgrammaPage) -> ProgrammaPage | None:
    return ProgrammaPage.objects.filter(anno=programma.anno - 1).first()


def confronta(programma: ProgrammaPage) -> list[VoceDelConfronto]:
    """The duties, every action in the order of the act, those that are no more; empty without a year before."""
    precedente = programma_precedente(programma)
    if precedente is None:
        return []
    ora, allora = _criteri(programma), _criteri(precedente)
    prima, azioni = {azione.pk: azione for azione in ultime_parole(precedente)}, ultime_parole(programma)
    voci = [_compiti(programma, [c for c in ora if c.del_manager], [c for c in allora if c.del_manager])]
    for azione in azioni:
        vecchia = prima.get(azione.precedente_id)
        loro = [c for c in allora if vecchia and c.azione_id == vecchia.pk]
        voci.append(_voce(azione, vecchia, [c for c in ora if c.azione_id == azione.pk], loro, programma.anno))
    tenute = {azione.precedente_id for azione in azioni}
    tolte = [azione for pk, azione in prima.items() if pk not in tenute and not azione.fuori_programma]
    return voci + [VoceDelConfronto(str(azione), TOLTA) for azione in tolte]


def _criteri(programma: ProgrammaPage) -> list[Criterio]:
    return list(Criterio.objects.del_programma(programma).in_vigore().in_ordine())


def differenze(azione: AzionePage, vecchia: AzionePage) -> list[Diverso]:
    """The fields in which two wordings of an action differ, its bodies included; a term moved by a year is the same."""
    coppie = [
        (nome_del_campo(AzionePage, n), getattr(vecchia, n), getattr(azione, n))
        for n in CAMPI_DELL_AZIONE
        if n != "tempi" or not _un_anno_dopo(vecchia.tempi, azione.tempi)
    ]
    coppie += [("organizzazioni referenti", _referenti(vecchia), _referenti(azione))]
    coppie += [("altre organizzazioni", _altre(vecchia), _altre(azione))]
    return [Diverso(str(nome), prima, dopo) for nome, prima, dopo in coppie if prima != dopo]


def _un_anno_dopo(prima: str, dopo: str) -> bool:
    return any(nell_anno(prima, anno, anno + 1) == dopo for anno in anni_in(prima))


def _referenti(azione: AzionePage) -> str:
    return ", ".join(str(referente.organizzazione) for referente in azione.referenti.all())


def _altre(azione: AzionePage) -> str:
    return ", ".join(sorted(str(ente) for ente in azione.altre.all()))


def anni_vecchi(azione: AzionePage, anno: int) -> list[int]:
    """The years before `anno` that the words of an action name: what was done then is not done again."""
    return [a for a in anni_in(" ".join(str(getattr(azione, nome)) for nome in CAMPI_DELL_AZIONE)) if a < anno]


def _voce(
    azione: AzionePage, vecchia: AzionePage | None, suoi: list[Criterio], loro: list[Criterio], anno: int
) -> VoceDelConfronto:
    criteri = _criteri_a_confronto(suoi, loro, anno)
    diversi = tuple(differenze(azione, vecchia)) if vecchia else ()
    uguale = not diversi and not any(valori for nome, valori in criteri.items() if nome != "anni")
    come = NUOVA if vecchia is None else UGUALE if uguale else CAMBIATA
    anni = tuple(sorted({*criteri.pop("anni"), *anni_vecchi(azione, anno)}))
    return VoceDelConfronto(
        str(azione),
        come,
        azione.sorte == AzionePage.Sorte.PROSEGUE,
        diversi,
        anni=anni,
        da_riscrivere=azione.sorte == AzionePage.Sorte.CAMBIATA and come == UGUALE,
        indirizzo=reverse("wagtailadmin_pages:edit", args=[azione.pk]),
        **criteri,
    )


def _compiti(programma: ProgrammaPage, suoi: list[Criterio], loro: list[Criterio]) -> VoceDelConfronto:
    criteri = _criteri_a_confronto(suoi, loro, programma.anno)
    uguale = not any(valori for nome, valori in criteri.items() if nome != "anni")
    dove = reverse("programma:criteri", args=[programma.pk])
    return VoceDelConfronto("Compiti del manager", UGUALE if uguale else CAMBIATA, indirizzo=dove, **criteri)


def _criteri_a_confronto(suoi: list[Criterio], loro: list[Criterio], anno: int) -> dict[str, Any]:
    prima = {criterio.pk: criterio for criterio in loro}
    nuovi = tuple(criterio for criterio in suoi if criterio.precedente_id not in prima)
    coppie = [(criterio, prima.pop(criterio.precedente_id)) for criterio in suoi if criterio.precedente_id in prima]
    detti = " ".join(f"{criterio.indicatore} {criterio.luogo} {criterio.nota}" for criterio in suoi)
    return {
        "criteri_nuovi": nuovi,
        "criteri_tolti": tuple(prima.values()),
        "criteri_diversi": tuple((c, diversi) for c, vecchio in coppie if (diversi := _diversi(c, vecchio))),
        "anni": tuple(a for a in anni_in(detti) if a < anno),
    }


def _diversi(criterio: Criterio, vecchio: Criterio) -> tuple[Diverso, ...]:
    nomi = [nome for nome in DELL_ATTO if getattr(criterio, nome) != getattr(vecchio, nome)]
    detti = [(nome_del_campo(Criterio, n), getattr(vecchio, n), getattr(criterio, n)) for n in nomi]
    return tuple(Diverso(str(nome), in_parole(prima), in_parole(dopo)) for nome, prima, dopo in detti)
