"""The read side of evidence: what is missing, what waits, who has to do what."""

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page

from .. import flusso
from ..models import AzionePage, Evidenza, ProgrammaPage
from ..models.alimentazione import fonti
from ..requisiti import campi_vuoti, data_non_valida, link_di_altri_siti, link_non_validi


def errori_di_invio(evidenza: Evidenza, oggi: date, senza_file: bool = False) -> dict[str, list[str]]:
    """What keeps a saved evidence from being sent, by field of the form; empty when nothing does."""
    valori = {
        campo: getattr(evidenza, campo)
        for campo in (
            "data",
            "titolo",
            "argomento",
            "persone_coinvolte",
            "descrizione",
            "link",
            "quantita",
            "progettualita",
        )
    }
    valori |= {"organizzazioni": list(evidenza.organizzazioni.all()), "allegati": list(evidenza.allegati.all())}
    return errori_dei_valori(list(evidenza.criteri.all()), valori, oggi, senza_file)


def errori_dei_valori(criteri, valori, oggi, senza_file=False) -> dict[str, list[str]]:
    """`errori_di_invio` on plain values, for what is not saved yet (the import)."""
    errori: dict[str, list[str]] = {}

    def aggiungi(campo, messaggio):
        if messaggio and messaggio not in errori.setdefault(campo, []):
            errori[campo].append(messaggio)

    if not valori["titolo"]:
        aggiungi("titolo", "Scrivi un titolo: è il nome con cui ritroverai l'evidenza")
    if not criteri:
        aggiungi("criteri", "Scegli almeno un criterio")
        return errori
    programma = criteri[0].programma
    if any(criterio.programma_id != programma.pk for criterio in criteri):
        aggiungi("criteri", "I criteri scelti sono di anni diversi: invia un'evidenza per ogni anno")
        return errori
    if programma.stato == ProgrammaPage.Stato.BOZZA:
        aggiungi("criteri", f"Il programma {programma.anno} non è ancora approvato")
    if programma.chiuso:
        aggiungi("criteri", f"Il programma {programma.anno} è chiuso: non accetta più evidenze")
    if messaggio := data_non_valida(valori["data"], programma.dal, programma.scadenza, oggi):
        aggiungi("data", messaggio)
    for criterio in criteri:
        for campo, messaggio in campi_vuoti(criterio.evidenza, valori, senza_file).items():
            aggiungi(campo, f"{criterio.codice}: {messaggio[0].lower()}{messaggio[1:]}")
        if link_di_altri_siti(valori["link"], criterio.link_ammessi):
            aggiungi("link", f"{criterio.codice} accetta solo link di: {', '.join(criterio.link_ammessi)}")
    for indirizzo in link_non_validi(valori["link"]):
        aggiungi("link", f"«{indirizzo[:80]}» non è un indirizzo completo: deve cominciare con http:// o https://")
    for messaggio in errori_della_scheda(valori["progettualita"], programma):
        aggiungi("progettualita", messaggio)
    return errori


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
    sotto = reduce(or_, (Q(path__startswith=pagina.path) for pagina in pagine), Q(pk__in=[]))
    tipi = ContentType.objects.get_for_models(*(apps.get_model(modello) for modello in fonti())).values()
    nate = Evidenza.objects.filter(
        stato__in=(flusso.APPROVATA, flusso.INVIATA),
        fonte_tipo__in=tipi,
        fonte_id__in=list(Page.objects.filter(sotto).values_list("pk", flat=True)),
    )
    return list(
        nate.exclude(programma__stato=ProgrammaPage.Stato.CHIUSO).select_related("fonte_criterio").order_by("pk")
    )
