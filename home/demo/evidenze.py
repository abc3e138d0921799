"""The evidence of the demonstration, each with its own story, told through `programma.operazioni`."""

from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from base.allegati import esamina
from programma import operazioni
from programma.models import AzionePage, Evidenza
from programma.operazioni import Riconosciuto

from .file import crea_file
from .fonti import leggi
from .orologio import orologio

TESTI = ("argomento", "persone_coinvolte", "luogo", "descrizione", "novita", "perche_insieme")
MANAGER, COORDINAMENTO = "manager", "coordinamento"


def racconta_evidenze(mondo):
    for voce in leggi("evidenze"):
        _racconta(voce, mondo)


def _racconta(voce, mondo):
    """Write one evidence and live its passages, in the order in which the file tells them."""
    autore, mondo = mondo.utenti[voce["autore"]], mondo.di(voce)
    oggi = timezone.localdate()
    with orologio(mondo.momento(voce["scritta"])):
        evidenza = _scrivi(voce, autore, mondo, oggi)
    for fatto, detto in voce.get("storia", {}).items():
        passo = detto if isinstance(detto, dict) else {"il": detto}
        chi = mondo.utenti[passo.get("chi", _chi(fatto, voce["autore"]))]
        with orologio(mondo.momento(passo["il"])):
            evidenza = PASSI[fatto](evidenza, chi, passo, mondo)


def _chi(fatto, autore):
    if fatto in ("inviata", "inviata di nuovo", "richiamata"):
        return autore
    return COORDINAMENTO if autore == MANAGER else MANAGER


def _scrivi(voce, autore, mondo, oggi):
    evidenza = Evidenza(
        organizzazione=mondo.organizzazioni[voce["organizzazione"]],
        titolo=voce["titolo"],
        data=mondo.giorno(voce["data"], oggi) if "data" in voce else None,
        link=voce.get("link", []),
        **{campo: voce.get(campo, "") for campo in TESTI},
    )
    if "quantita" in voce:
        evidenza.quantita = Decimal(str(voce["quantita"]))
    if "progettualita" in voce:
        evidenza.progettualita = AzionePage.objects.get(slug=voce["progettualita"], fuori_programma=True)
    criteri = [mondo.criteri[codice] for codice in voce.get("criteri", [])]
    enti = [mondo.organizzazioni[chiave] for chiave in voce.get("organizzazioni", [])]
    operazioni.salva_bozza(evidenza, autore, criteri, enti)
    for nome in voce.get("allegati", []):
        righe = [evidenza.titolo, f"Data: {evidenza.data:%d/%m/%Y}", evidenza.argomento, "Documento dimostrativo"]
        file = ContentFile(crea_file(nome, righe), name=nome)
        operazioni.allega(evidenza, autore, file, esamina(file))
    return evidenza


def _invia(evidenza, chi, passo, mondo):
    return operazioni.invia(evidenza, chi)


def _richiama(evidenza, chi, passo, mondo):
    return operazioni.richiama(evidenza, chi, passo.get("motivo", ""))


def _restituisci(evidenza, chi, passo, mondo):
    return operazioni.restituisci(evidenza, chi, passo["motivo"])


def _approva(evidenza, chi, passo, mondo):
    riconosciuti = {
        mondo.criteri[codice].pk: Riconosciuto(Decimal(str(detto["quantita"])), detto["nota"])
        for codice, detto in passo.get("riconosce", {}).items()
    }
    return operazioni.approva(evidenza, chi, riconosciuti, passo.get("commento", ""))


def _revoca(evidenza, chi, passo, mondo):
    return operazioni.revoca(evidenza, chi, passo["motivo"])


PASSI = {
    "inviata": _invia,
    "inviata di nuovo": _invia,
    "richiamata": _richiama,
    "restituita": _restituisci,
    "approvata": _approva,
    "revocata": _revoca,
}
