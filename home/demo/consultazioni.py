"""Consultations of the demonstration: one that was approved and is on the site, one still going on. All invented."""

from django.utils import timezone

from programma.models import AzionePage
from registri.consultazioni import operazioni
from registri.models import BisognoRaccolto, Consultazione, EnteConsultato
from registri.riunioni.operazioni import chiudi

from .fonti import leggi
from .orologio import momento, orologio
from .riunioni import racconta_riunione

DELLA_CONSULTAZIONE = ("titolo", "perche", "generi")
DEL_BISOGNO = ("di_chi", "genere", "parole", "altro_ente")


def racconta_consultazioni(mondo):
    """What would be still to come on the day of who loads is not told, nor a second one of the same year's action."""
    for voce in leggi("consultazioni"):
        suo = mondo.di(voce)
        passate = all(momento(voce[passo]) <= timezone.now() for passo in ("proposta", "pubblicata") if passo in voce)
        azione = AzionePage.objects.child_of(suo.programma).get(numero=voce["azione"])
        if passate and not Consultazione.objects.filter(azione=azione).exists():
            _racconta(voce, suo, azione)


def _racconta(voce, mondo, azione):
    referente, manager = mondo.utenti["referente.asif"], mondo.utenti["manager"]
    with orologio(mondo.momento(voce["scritta"])):
        suoi = {nome: voce[nome] for nome in DELLA_CONSULTAZIONE}
        una = operazioni.salva_consultazione(Consultazione(azione=azione, **suoi), referente)
    with orologio(_quando(voce, "proposta")):
        sedute = [racconta_riunione(_in_oggi(detta, mondo), mondo, timezone.localdate()) for detta in voce["sedute"]]
        operazioni.scegli_sedute(una, manager, sedute)
        enti = [EnteConsultato(**_ente(detto, mondo), come=detto["come"]) for detto in voce["enti"]]
        operazioni.salva_enti(una, referente, enti)
        for detto in voce["bisogni"]:
            _scrivi_bisogno(detto, una, sedute, mondo, referente)
        for stesura in voce["modello"]:
            operazioni.scrivi_stesura(una, referente, stesura["testo"].strip(), stesura.get("cambia", ""))
        if "pubblicata" in voce:
            una = operazioni.proponi_consultazione(una, referente, voce["sintesi"])
    if "pubblicata" in voce:
        with orologio(momento(voce["pubblicata"])):
            for seduta in sedute:
                chiudi(seduta, manager, [])
            operazioni.pubblica_consultazione(una, mondo.utenti["coordinamento"])


def _quando(voce, passo):
    return momento(voce[passo]) if passo in voce else timezone.now()


def _in_oggi(detta, mondo):
    """The meeting with its day, never before the year of today where it is of that one."""
    return {**detta, "giorno": mondo.giorno(detta["giorno"], timezone.localdate())}


def _ente(detto, mondo):
    return {
        "organizzazione": mondo.organizzazioni.get(detto.get("ente")),
        "altro_ente": detto.get("altro_ente", ""),
    }


def _scrivi_bisogno(detto, una, sedute, mondo, chi):
    campi = {nome: detto[nome] for nome in DEL_BISOGNO if nome in detto}
    seduta = sedute[detto["seduta"] - 1] if "seduta" in detto else None
    bisogno = BisognoRaccolto(
        consultazione=una, seduta=seduta, organizzazione=mondo.organizzazioni.get(detto.get("ente")), **campi
    )
    bisogno = operazioni.salva_bisogno(bisogno, chi)
    if "pubblico" in detto:
        operazioni.rivedi_parole(bisogno, chi, BisognoRaccolto.Parole.APPROVATE, detto["pubblico"])
    elif detto.get("tolto"):
        operazioni.rivedi_parole(bisogno, chi, BisognoRaccolto.Parole.TOLTE)
