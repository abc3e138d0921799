"""The sums in Italian words: "3 incontri approvati × 20% = 60%"."""

from datetime import date
from decimal import Decimal

from base.tempo import giorno_in_parole

from .lingua import EVIDENZA, numero, participio, quanti
from .tipi import REALIZZAZIONE, CriterioPunteggio

MASSIMO = Decimal(100)


def per_unita(criterio: CriterioPunteggio, unita: Decimal, grezzo: Decimal) -> str:
    """ "6 incontri approvati × 20% = 120%, vale 100%"; bodies are "distinte", not approved."""
    aggettivo = participio("distinto" if criterio.distinte else "approvato", criterio.nome, unita)
    return f"{quanti(unita, criterio.nome)} {aggettivo} × {percento(criterio.quota)} = {_con_tetto(grezzo)}"


def realizzazione(evidenze: int, grezzo: Decimal) -> str:
    if not evidenze:
        return f"Nessuna evidenza approvata = {percento(grezzo)}"
    approvata = participio("approvato", EVIDENZA, Decimal(evidenze))
    basta = ", ne basta una" if evidenze > 1 else ""
    return f"{quanti(Decimal(evidenze), EVIDENZA)} {approvata}{basta} = {percento(grezzo)}"


def soglia(
    criterio: CriterioPunteggio, offerto: Decimal, frequentato: Decimal, richiesto: Decimal, grezzo: Decimal
) -> str:
    """ "12 su 20 (50% di 40 ore offerte) = 60%"."""
    totale = f"{quanti(offerto, criterio.nome)} {participio('offerto', criterio.nome, offerto)}"
    quota = f"{percento(criterio.quota)} di {totale}"
    return f"{numero(frequentato)} su {numero(richiesto)} ({quota}) = {_con_tetto(grezzo)}"


def soglia_non_calcolabile(criterio: CriterioPunteggio, frequentato: Decimal) -> str:
    finora = ""
    if frequentato:
        frequentate = participio("frequentato", criterio.nome, frequentato)
        finora = f"; finora {quanti(frequentato, criterio.nome)} {frequentate}"
    motivo = "il totale offerto è 0" if criterio.offerto is not None else "manca il totale offerto"
    return f"Non calcolabile: {motivo}{finora}"


def monitoraggio(criterio: CriterioPunteggio, valore: Decimal | None, evidenze: int) -> str:
    if valore is not None:
        return f"Monitoraggio, senza punteggio: {quanti(valore, criterio.nome)}"
    if evidenze:
        approvate = participio("approvato", EVIDENZA, Decimal(evidenze))
        return f"Monitoraggio, senza punteggio: {quanti(Decimal(evidenze), EVIDENZA)} {approvate}"
    return "Monitoraggio, senza punteggio: nessun dato raccolto"


def mancanza(criterio: CriterioPunteggio, mancano: Decimal | None, al: date | None) -> str:
    """ "Mancano 2 incontri entro il 31 dicembre 2025"; empty when nothing is missing or nobody can say.

    After the deadline it says that the term has passed and what can still be done, as at the end of `al`.
    """
    if not mancano:
        return ""
    nome = EVIDENZA if criterio.regola == REALIZZAZIONE else criterio.nome
    quante, una = quanti(mancano, nome), mancano == 1
    passata = criterio.scadenza is not None and al is not None and al > criterio.scadenza
    if not (passata or criterio.chiuso):
        entro = f" {giorno_in_parole(criterio.scadenza, dopo='entro il')}" if criterio.scadenza else ""
        return f"{'Manca' if una else 'Mancano'} {quante}{entro}"
    mancava = f"{'Mancava' if una else 'Mancavano'} {quante}"
    if criterio.chiuso:
        return f"{mancava}: il programma è chiuso, non si invia più nulla"
    termine = giorno_in_parole(criterio.scadenza, dopo="il") if criterio.scadenza else ""
    return (
        f"{mancava}: il termine è passato {termine}. Fino alla chiusura del programma si può ancora inviare, "
        "come tardivo, un fatto avvenuto nel periodo"
    )


def percento(valore: Decimal) -> str:
    return f"{numero(valore)}%"


def _con_tetto(grezzo: Decimal) -> str:
    return f"{percento(grezzo)}, vale {percento(MASSIMO)}" if grezzo > MASSIMO else percento(grezzo)
