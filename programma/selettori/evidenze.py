"""The read side of evidence: what is missing, what waits, who has to do what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.text import get_text_list
from wagtail.models import Page

from base.percorsi import sotto

from .. import flusso
from ..collegamenti import chiave, link_non_validi
from ..models import AzionePage, Criterio, Evidenza, ProgrammaPage
from ..models.alimentazione import fonti
from ..models.criteri import dello_stesso_livello
from ..parole_uguali import ha_parole
from ..requisiti import data_non_valida, mancanze

CAMPI = (
    "data",
    "titolo",
    "argomento",
    "persone_coinvolte",
    "descrizione",
    "link",
    "quantita",
    "novita",
    "perche_insieme",
    "progettualita",
)
"""Fields of an evidence that a criterion may look at, its bodies and files aside."""


def valori_di(evidenza: Evidenza) -> dict[str, object]:
    """What an evidence says of its own fields."""
    return {campo: getattr(evidenza, campo) for campo in CAMPI}


def errori_di_invio(evidenza: Evidenza, oggi: date) -> dict[str, list[str]]:
    """What keeps a saved evidence from being sent, by field of the form; empty when nothing does."""
    valori = valori_di(evidenza) | {
        "organizzazioni": list(evidenza.organizzazioni.all()),
        "allegati": [allegato.nome for allegato in evidenza.allegati.all()],
    }
    return errori_dei_valori(list(evidenza.criteri.all()), valori, oggi, di=evidenza)


def errori_dei_valori(
    criteri: Sequence[Criterio],
    valori: Mapping[str, Any],
    oggi: date,
    muti: Collection[str] = (),
    di: Evidenza | None = None,
) -> dict[str, list[str]]:
    """`errori_di_invio` on plain values, for what is not saved yet; `muti` as in `requisiti.mancanze`.

    `di` is the evidence that they are of, when it is saved.
    """
    errori: dict[str, list[str]] = {}

    def aggiungi(campo: str, messaggio: str) -> None:
        if messaggio and messaggio not in errori.setdefault(campo, []):
            errori[campo].append(messaggio)

    if not ha_parole(valori["titolo"]):
        aggiungi("titolo", "Scrivi un titolo: è il nome con cui ritroverai l'evidenza")
    if not criteri:
        aggiungi("criteri", "Scegli almeno un criterio")
        return errori
    programma = criteri[0].programma
    if any(criterio.programma_id != programma.pk for criterio in criteri):
        aggiungi("criteri", "I criteri scelti sono di anni diversi: invia un'evidenza per ogni anno")
        return errori
    if tolti := [criterio.codice for criterio in criteri if criterio.tolto]:
        aggiungi("criteri", f"Non è più nel programma: {', '.join(tolti)}. Scegline un altro")
    if programma.chiuso:
        aggiungi("criteri", f"Il programma {programma.anno} è chiuso: non accetta più evidenze")
    giorno = valori["data"]
    if messaggio := data_non_valida(giorno, programma.dal, programma.scadenza, oggi):
        altro = ProgrammaPage.objects.del_giorno(giorno) if giorno and giorno <= oggi else None
        aggiungi("data", messaggio if altro is None else programma.perche_non_comprende(giorno))
    for criterio in criteri:
        for campo, messaggio in mancanze(criterio.requisiti, valori, muti, link_contati(criterio, di)):
            aggiungi(campo, messaggio)
    for indirizzo in link_non_validi(valori["link"]):
        aggiungi("link", f"«{indirizzo[:80]}» non è un indirizzo completo: deve cominciare con http:// o https://")
    for messaggio in errori_della_scheda(valori["progettualita"], programma):
        aggiungi("progettualita", messaggio)
    if (insieme := dello_stesso_livello(criteri)) and not ha_parole(valori["perche_insieme"]):
        aggiungi("perche_insieme", f"Scrivi perché lo stesso fatto vale per {get_text_list(insieme, 'e')}")
    return errori


def link_contati(criterio: Criterio, tranne: Evidenza | None = None) -> set[str]:
    """Keys of the links that evidence sent or approved gives for `criterio`, where they are what is counted."""
    if not criterio.conta_link:
        return set()
    altre = Evidenza.objects.che_contano_per([criterio]).exclude(pk=tranne and tranne.pk)
    return {chiave(indirizzo) for link in altre.values_list("link", flat=True) for indirizzo in link}


def errori_della_scheda(scheda: AzionePage | None, programma: ProgrammaPage) -> list[str]:
    """Why an action sheet is no proof of M4: of another year, foreseen by the act, or with empty fields."""
    if scheda is None:
        return []
    if not scheda.fuori_programma:
        return ["M4 vale per un progetto nato durante l'anno: scegli una scheda «fuori programma»"]
    if not scheda.is_child_of(programma):
        return [f"La scheda è di un altro anno: serve una scheda del programma {programma.anno}"]
    if mancanti := scheda.campi_mancanti():
        return [f"La scheda è incompleta, mancano: {', '.join(mancanti)}"]
    return []


def che_cosa_conta(pagine: Iterable[Page]) -> list[Evidenza]:
    """Evidence that is approved, or waits, born from one of `pagine` or from a page below them: it falls with them."""
    tipi = ContentType.objects.get_for_models(*(apps.get_model(modello) for modello in fonti())).values()
    nate = Evidenza.objects.filter(
        stato__in=(flusso.APPROVATA, flusso.INVIATA),
        fonte_tipo__in=tipi,
        fonte_id__in=list(Page.objects.filter(sotto(pagina.path for pagina in pagine)).values_list("pk", flat=True)),
    )
    return list(
        nate.exclude(programma__stato=ProgrammaPage.Stato.CHIUSO).select_related("fonte_criterio").order_by("pk")
    )
