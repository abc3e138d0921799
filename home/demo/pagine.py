"""The pages of the demonstration: what the act already says in public, and news told through the workflow."""

import json

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page

from base.formati.lettura_yaml import leggi_yaml
from base.models import Immagine
from home.models import ContenutoPage, HomePage
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from organizzazioni.models import OrganizzazionePage
from programma.models import AzionePage, Classificazione, ReferenteAzione

from .file import disegno
from .fonti import IMPIANTO, leggi
from .orologio import momento, orologio
from .pezzi import completa

MANAGER, COORDINAMENTO = "manager", "coordinamento"


def scrivi_pagine(mondo):
    """Texts of the home page and of the bodies, what the District had by 2024, the projects born in the year."""
    pagine = leggi("pagine")
    manager = mondo.utenti[MANAGER]
    ultima = Page.objects.aggregate(ultima=Max("latest_revision_created_at"))["ultima"]
    # A revision older than the one it follows would never be the latest: the programme may have been loaded today.
    with orologio(max(momento(pagine["scritte"]), ultima)):
        home = HomePage.objects.get()
        for campo, valore in pagine["home"].items():
            setattr(home, campo, valore)
        _pubblica(home, manager)
        for chiave, testi in pagine["organizzazioni"].items():
            pagina = OrganizzazionePage.objects.get(organizzazione=mondo.organizzazioni[chiave])
            pagina.sommario, pagina.presentazione = testi["sommario"], testi["presentazione"]
            _pubblica(pagina, manager)
        _scrivi_innovazioni(pagine["innovazioni"], manager)
    for voce in pagine["fuori_programma"]:
        with orologio(momento(voce["scritta"])):
            _scrivi_scheda(voce, manager, mondo)


def _pubblica(pagina, utente):
    pagina.save_revision(user=utente).publish(user=utente)


def _scrivi_innovazioni(voce, manager):
    lette = leggi_yaml(IMPIANTO.read_bytes())["innovazioni_2024"]
    elenco = "".join(f"<li>{una}</li>" for una in lette)
    corpo = [{"testo": voce["testo"]}, {"testo": f"<ul>{elenco}</ul>"}]
    pagina = ContenutoPage(
        title=voce["titolo"],
        slug=voce["slug"],
        sommario=voce["sommario"],
        corpo=_corpo(corpo),
        owner=manager,
    )
    ContenutoPage.objects.get(slug="chi-siamo").add_child(instance=pagina)
    _pubblica(pagina, manager)


def _scrivi_scheda(voce, manager, mondo):
    """A sheet `fuori_programma` with the seven fields of the act."""
    testi = ("area", "obiettivo_generale", "obiettivo_specifico", "azioni", "tempi", "indicatori", "percentuali")
    scheda = AzionePage(
        title=voce["titolo"],
        slug=voce["slug"],
        sommario=voce["sommario"],
        fuori_programma=True,
        owner=manager,
        live=False,
        **{campo: voce[campo] for campo in testi},
    )
    scheda.referenti = [ReferenteAzione(organizzazione=mondo.organizzazioni[chiave]) for chiave in voce["referenti"]]
    scheda.altre = [mondo.organizzazioni[chiave] for chiave in voce["altre"]]
    scheda.classificazioni = list(Classificazione.objects.filter(codice__in=voce["classificazioni"]))
    mondo.programma.add_child(instance=scheda)
    _pubblica(scheda, manager)


def racconta_notizie(mondo):
    oggi = timezone.localdate()
    for modello, file in ((NotiziaPage, "notizie"), (ComunicatoPage, "comunicati"), (EventoPage, "eventi")):
        for voce in leggi(file):
            _racconta(modello, voce, mondo, oggi)


def _racconta(modello, voce, mondo, oggi):
    """Write one piece and live its passages, in the order in which the file tells them."""
    autore, mondo = mondo.utenti[voce["autore"]], mondo.di(voce)
    with orologio(mondo.momento(voce["scritta"])):
        notizia = _scrivi(modello, voce, autore, mondo, oggi)
    for fatto, detto in voce.get("storia", {}).items():
        passo = detto if isinstance(detto, dict) else {"il": detto}
        chi = passo.get("chi") or (COORDINAMENTO if voce["autore"] == MANAGER else MANAGER)
        with orologio(mondo.momento(passo["il"])):
            PASSI[fatto](modello.objects.get(pk=notizia.pk), autore, mondo.utenti[chi], passo)


def _scrivi(modello, voce, autore, mondo, oggi):
    organizzazione = mondo.organizzazioni[voce["organizzazione"]]
    pezzo = modello(
        title=voce["titolo"],
        slug=slugify(voce["titolo"])[:80],
        sommario=voce["sommario"],
        data=mondo.giorno(voce.get("data", 0), oggi),
        corpo=_corpo(voce["corpo"]),
        owner=autore,
        live=False,
        immagine=_immagine(voce["immagine"], organizzazione, autore) if "immagine" in voce else None,
    )
    numeri = voce.get("azioni", [])
    pezzo.azioni_realizzate = list(AzionePage.objects.child_of(mondo.programma).filter(numero__in=numeri))
    pezzo.criteri_serviti = [mondo.criteri[codice] for codice in voce.get("criteri", [])]
    completa(pezzo, voce, mondo, oggi)
    SezioneNotiziePage.objects.get(organizzazione=organizzazione).add_child(instance=pezzo)
    pezzo.save_revision(user=autore)
    return pezzo


def _corpo(blocchi):
    return json.dumps([{"type": tipo, "value": valore} for blocco in blocchi for tipo, valore in blocco.items()])


def _immagine(voce, organizzazione, autore):
    nome = f"{slugify(voce['titolo'])}.png"
    immagine = Immagine(
        title=voce["titolo"],
        description=voce["descrizione"],
        collection=organizzazione.raccolta,
        uploaded_by_user=autore,
        file=ImageFile(ContentFile(disegno(voce["titolo"], 1200, 675)), name=nome),
    )
    immagine.save()
    return immagine


def _invia(notizia, autore, chi, passo):
    """Start the workflow, or take it up again where it had been returned."""
    if notizia.current_workflow_state:
        notizia.current_workflow_state.resume(autore)
    else:
        notizia.get_workflow().start(notizia, autore)


def _approva(notizia, autore, chi, passo):
    notizia.current_workflow_task_state.approve(user=chi, comment=passo.get("commento", ""))


def _restituisci(notizia, autore, chi, passo):
    notizia.current_workflow_task_state.reject(user=chi, comment=passo["motivo"])


def _pubblica_subito(notizia, autore, chi, passo):
    notizia.get_latest_revision().publish(user=autore)


def _riscrivi(notizia, autore, chi, passo):
    """A new version: if one is published, it stays public while this waits."""
    bozza = notizia.get_latest_revision_as_object()
    bozza.sommario = passo["sommario"]
    bozza.save_revision(user=autore)


PASSI = {
    "inviata": _invia,
    "inviata di nuovo": _invia,
    "approvata": _approva,
    "restituita": _restituisci,
    "pubblicata": _pubblica_subito,
    "riscritta": _riscrivi,
}
