"""Consultations for the tests: one of P8 with two sessions, needs, a model; one of another body for the walls."""

import datetime

from registri.consultazioni import operazioni
from registri.models import BisognoRaccolto, Consultazione, EnteConsultato, Partecipante, StesuraDelModello

from .riunioni import GIORNO, tipo

CONSULTAZIONI = [
    f"consultazioni:{vista}"
    for vista in (
        *("elenco", "consultazione", "bisogni", "stesura", "nuova", "modifica", "sedute", "enti", "nuovo_bisogno"),
        *("bisogno", "togli_bisogno", "parole", "modello", "proponi", "pubblica", "restituisci", "ritira", "elimina"),
    )
]
"""Their screens, for the walls: who leads the action writes them, who reads everything reads some."""


def azione_di(codice):
    from programma.models import Criterio

    return Criterio.objects.get(programma__anno=2025, codice=codice).azione


def nuova(chi, codice="P8.1", **campi):
    valori = {"titolo": "Un Centro Famiglie", "perche": "Per sapere che cosa serve", "generi": ["Spazi", "Orari"]}
    una = Consultazione(azione=azione_di(codice), **{**valori, **campi})
    return operazioni.salva_consultazione(una, chi)


def seduta(chi, persone, giorno=GIORNO, titolo="Incontro sul Centro Famiglie", stato="tenuta"):
    """A meeting that was held: (name, body of the network or none, other body, sign)."""
    from registri.models import Riunione

    una = Riunione.objects.create(tipo=tipo("operativo"), titolo=titolo, giorno=giorno, stato=stato)
    una.autori.add(chi)
    for nome, ente, altro, segno in persone:
        Partecipante.objects.create(
            riunione=una, nome=nome, organizzazione=ente, altro_ente=altro, partecipazione=segno
        )
    return una


def pronta(chi, enti, codice="P8.1"):
    """Nothing is missing but the proposal: a session, a body apart, two needs, a model. `enti`: two of the network."""
    uno, due = enti
    una = nuova(chi, codice)
    guida = una.azione.referenti.first().organizzazione
    riunione = seduta(
        chi,
        [
            *(("Ada", uno, "", "presente"), ("Eva", uno, "", "ospite")),
            *(("Ugo", None, "Oratorio di Canale", "presente"), ("Lia", guida, "", "presente")),
        ],
    )
    operazioni.scegli_sedute(una, chi, [riunione])
    operazioni.salva_enti(una, chi, [EnteConsultato(organizzazione=due, come="modulo")])
    for genere, parole in (("Spazi", "Ci serve una stanza, dice Ada"), ("Orari", "")):
        bisogno = BisognoRaccolto(
            consultazione=una, organizzazione=due, seduta=riunione, di_chi="famiglie", genere=genere
        )
        bisogno.parole = parole
        operazioni.salva_bisogno(bisogno, chi)
    operazioni.rivedi_parole(una.bisogni.get(genere="Spazi"), chi, "approvate", "Ci serve una stanza")
    operazioni.scrivi_stesura(una, chi, "Due pomeriggi la settimana, con un educatore")
    return Consultazione.objects.get(pk=una.pk)


def segreta(ente, chi, titolo):
    """For the walls: of the action that `ente` leads (P6), with words that nobody outside reads."""
    una = Consultazione.objects.create(azione=azione_di("P6.1"), titolo=titolo, perche=titolo, generi=[titolo])
    BisognoRaccolto.objects.create(
        consultazione=una, organizzazione=ente, genere=titolo, parole=titolo, di_chi="famiglie"
    )
    EnteConsultato.objects.create(consultazione=una, altro_ente=titolo)
    StesuraDelModello.objects.create(consultazione=una, numero=1, testo=titolo, scritta_da=chi)
    return una


IERI = GIORNO - datetime.timedelta(days=1)
