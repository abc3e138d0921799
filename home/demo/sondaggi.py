"""Surveys of the demonstration: one that is published, one that is open in these days. Every answer is invented."""

import random
from datetime import timedelta

from django.utils import timezone

from ascolto.models import Sondaggio
from ascolto.sondaggi import operazioni, selettori
from ascolto.sondaggi.questionario import CON_PAROLE, GRIGLIA, PIU, SCALA, DomandaPosta, si_chiede

from .fonti import leggi
from .orologio import momento, orologio

ANCORA = timedelta(days=30)
DEL_SONDAGGIO = ("titolo", "pubblico", "accesso", "introduzione", "riservatezza")
DELLA_DOMANDA = ("testo", "genere", "sezione", "scelte", "righe", "dal", "al", "obbligatoria")


def racconta_sondaggi(mondo):
    """What would be still to come on the day of who loads is not told."""
    caso = random.Random(19)  # noqa: S311  (the same invented answers every time)
    for voce in leggi("sondaggi"):
        if all(momento(voce[passo]) <= timezone.now() for passo in ("aperto", "chiuso", "pubblicato") if passo in voce):
            _racconta(voce, mondo.utenti["manager"], mondo.utenti["coordinamento"], caso)


def _racconta(voce, manager, coordinamento, caso):
    with orologio(momento(voce["aperto"])):
        oggi = timezone.localdate()
        suoi = {nome: voce[nome] for nome in DEL_SONDAGGIO if nome in voce}
        fino_al = timezone.localdate(momento(voce["chiuso"])) if "chiuso" in voce else oggi + ANCORA
        sondaggio = operazioni.salva_sondaggio(Sondaggio(anno=oggi.year, fino_al=fino_al, **suoi), manager)
        for numero, detta in enumerate(voce["domande"], 1):
            sondaggio = operazioni.scrivi_domanda(sondaggio, manager, _domanda(numero, detta))
        sondaggio = operazioni.apri_sondaggio(sondaggio, manager)
        quanti = voce["risposte"]
        codici = operazioni.dai_codici(sondaggio, manager, quanti + 6) if sondaggio.con_codici else [""] * quanti
        for posto in range(quanti):
            operazioni.consegna(sondaggio, _risponde(sondaggio, voce, posto, caso), codici[posto])
    if "chiuso" in voce:
        with orologio(momento(voce["chiuso"])):
            sondaggio = operazioni.chiudi_sondaggio(sondaggio, manager)
            _rivedi(sondaggio, voce, manager)
    if "pubblicato" in voce:
        with orologio(momento(voce["pubblicato"])):
            operazioni.pubblica_sondaggio(
                operazioni.proponi_sondaggio(sondaggio, manager, voce["sintesi"]), coordinamento
            )


def _domanda(numero, detta):
    campi = {nome: detta[nome] for nome in DELLA_DOMANDA if nome in detta}
    elenchi = {nome: tuple(campi[nome]) for nome in ("scelte", "righe") if nome in campi}
    madre, *posti = detta.get("se", [""])
    condizione = {"se": f"d{madre}", "se_scelte": tuple(posti)} if madre else {}
    return DomandaPosta(**{**campi, **elenchi, **condizione, "chiave": f"d{numero}"})


def _risponde(sondaggio, voce, posto, caso):
    """What the person at `posto` says: as many as the file tells give each answer, more or less."""
    valori = {}
    for domanda, detta in zip(sondaggio.poste, voce["domande"], strict=True):
        if si_chiede(domanda, valori):
            valori[domanda.chiave] = _valore(domanda, detta, posto, voce["risposte"], caso)
    return valori


def _valore(domanda, detta, posto, quanti, caso):
    if domanda.genere in CON_PAROLE:
        testi = detta.get("testi", [])
        return testi[posto] if posto < len(testi) else None
    pesi = detta["pesi"]
    if domanda.genere == PIU:
        return tuple(n for n, peso in enumerate(pesi) if caso.random() * quanti < peso) or None
    possibili = [*range(len(domanda.risposte_possibili)), None]
    pesi = [*pesi, 0][: len(possibili)]
    if domanda.genere == GRIGLIA:
        return tuple(caso.choices(possibili, pesi)[0] for _ in domanda.righe)
    (scelta,) = caso.choices(possibili, pesi)
    return scelta if scelta is None or domanda.genere != SCALA else scelta + 1


def _rivedi(sondaggio, voce, manager):
    tolti = {detta["testi"][n] for detta in voce["domande"] for n in detta.get("togli", ())}
    for testo in list(selettori.testi_di(sondaggio)):
        operazioni.rivedi_testo(testo, manager, "tolto" if testo.testo in tolti else "approvato")
