"""The sums in Italian words: "3 incontri approvati × 20% = 60%"."""

from decimal import Decimal

from base.tempo import giorno_in_parole

from .lingua import numero, participio, quanti
from .tipi import REALIZZAZIONE, CriterioPunteggio

MASSIMO = Decimal(100)
NOME_GENERICO = "unità"


def per_unita(criterio: CriterioPunteggio, unita: Decimal, grezzo: Decimal) -> str:
    """ "6 incontri approvati × 20% = 120%, vale 100%"; bodies are "distinte", not approved."""
    nome = criterio.unita or NOME_GENERICO
    aggettivo = participio("distinto" if criterio.distinte else "approvato", nome, unita)
    return f"{quanti(unita, nome)} {aggettivo} × {percento(criterio.quota)} = {_con_tetto(grezzo)}"


def realizzazione(evidenze: int, grezzo: Decimal) -> str:
    if not evidenze:
        return f"Nessuna evidenza approvata = {percento(grezzo)}"
    approvata = participio("approvato", "evidenza", Decimal(evidenze))
    basta = ", ne basta una" if evidenze > 1 else ""
    return f"{quanti(Decimal(evidenze), 'evidenza')} {approvata}{basta} = {percento(grezzo)}"


def soglia(criterio: CriterioPunteggio, frequentato: Decimal, richiesto: Decimal, grezzo: Decimal) -> str:
    """ "12 su 20 (50% di 40 ore di formazione offerta) = 60%"."""
    totale = quanti(criterio.offerto or Decimal(0), criterio.unita or NOME_GENERICO)
    quota = f"{percento(criterio.quota)} di {totale}"
    return f"{numero(frequentato)} su {numero(richiesto)} ({quota}) = {_con_tetto(grezzo)}"


def soglia_non_calcolabile(criterio: CriterioPunteggio, frequentato: Decimal) -> str:
    finora = f"; finora {quanti(frequentato, criterio.unita or NOME_GENERICO)}" if frequentato else ""
    motivo = "il totale offerto è 0" if criterio.offerto is not None else "manca il totale offerto"
    return f"Non calcolabile: {motivo}{finora}"


def monitoraggio(criterio: CriterioPunteggio, valore: Decimal | None, evidenze: int) -> str:
    if valore is not None:
        return f"Monitoraggio, senza punteggio: {quanti(valore, criterio.unita)}"
    if evidenze:
        approvate = participio("approvato", "evidenza", Decimal(evidenze))
        return f"Monitoraggio, senza punteggio: {quanti(Decimal(evidenze), 'evidenza')} {approvate}"
    return "Monitoraggio, senza punteggio: nessun dato raccolto"


def mancanza(criterio: CriterioPunteggio, mancano: Decimal | None) -> str:
    """ "Mancano 2 incontri entro il 31 dicembre 2025"; empty when nothing is missing or nobody can say."""
    if not mancano:
        return ""
    nome = "evidenza" if criterio.regola == REALIZZAZIONE else criterio.unita or NOME_GENERICO
    verbo = "Manca" if mancano == 1 else "Mancano"
    entro = f" {giorno_in_parole(criterio.scadenza, dopo='entro il')}" if criterio.scadenza else ""
    return f"{verbo} {quanti(mancano, nome)}{entro}"


def percento(valore: Decimal) -> str:
    return f"{numero(valore)}%"


def _con_tetto(grezzo: Decimal) -> str:
    return f"{percento(grezzo)}, vale {percento(MASSIMO)}" if grezzo > MASSIMO else percento(grezzo)
