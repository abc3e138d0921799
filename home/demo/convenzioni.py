"""The conventions of the demonstration, in every state, each written by its body and approved in the workflow."""

from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from convenzioni.cura.collegamenti import CONFERMA
from convenzioni.models import (
    Categoria,
    ConvenzionePage,
    ConvenzioniIndexPage,
    LuogoConvenzione,
    Offerta,
    SezioneConvenzioniPage,
)
from convenzioni.operazioni import (
    cessa,
    conferma,
    correggi,
    proponi_convenzione,
    registra_firma,
    segnala_rifiuto,
)
from cura.operazioni import giudica
from guide.models import Comune
from organizzazioni.operazioni import approva_pagina
from programma.models import Evidenza
from programma.operazioni import approva

from .fonti import leggi, telefono_di_nessuno
from .orologio import giorno_detto, momento, orologio

MANAGER = "manager"
SCRITTE, APPROVATE = "26 giorni fa", "24 giorni fa"
SOMMARIO = "Le condizioni migliori per chi lavora nelle organizzazioni del Distretto, e per le loro famiglie."


def racconta_convenzioni(mondo):
    categorie = {categoria.chiave: categoria for categoria in Categoria.objects.all()}
    sezioni = {s.organizzazione_id: s for s in SezioneConvenzioniPage.objects.all()}
    manager, oggi = mondo.utenti[MANAGER], timezone.localdate()
    indice = ConvenzioniIndexPage.objects.get()
    indice.sommario = SOMMARIO
    indice.save_revision(user=manager).publish(user=manager)
    for posto, voce in enumerate(leggi("convenzioni"), start=500):
        organizzazione = mondo.organizzazioni[voce["di"]]
        sue = {persona.pk for persona in organizzazione.persone}
        autore = next(utente for utente in mondo.utenti.values() if utente.pk in sue)
        with orologio(momento(SCRITTE)):
            convenzione = _scrivi(voce, categorie, oggi)
            convenzione.telefono = telefono_di_nessuno(posto)
            convenzione.owner = autore
            sezioni[organizzazione.pk].add_child(instance=convenzione)
            convenzione.save_revision(user=autore)
            convenzione.get_workflow().start(convenzione, autore)
        if voce.get("da_approvare"):
            continue
        with orologio(momento(APPROVATE)):
            approva_pagina(ConvenzionePage.objects.get(pk=convenzione.pk), manager)
        _accorda(voce, ConvenzionePage.objects.get(pk=convenzione.pk), autore, manager, oggi)
    _racconta_segnalazioni(categorie)


def _racconta_segnalazioni(categorie):
    """What people and partners wrote, and nobody has closed yet."""
    for voce in leggi("segnalazioni-convenzioni"):
        with orologio(momento(voce["quando"])):
            if voce["tipo"] == "proposta":
                proponi_convenzione(voce["partner"], voce["testo"], categorie[voce["categoria"]], voce["dove"])
                continue
            convenzione = ConvenzionePage.objects.get(title=voce["convenzione"])
            if voce["tipo"] == "rifiuto":
                segnala_rifiuto(convenzione, voce["testo"])
                giudica(convenzione, False, timezone.localdate())
            else:
                correggi(convenzione, _collegamento(convenzione), voce["testo"], convenzione.versione_pubblica)


def _collegamento(convenzione):
    """The link that the partner of `convenzione` got, opened."""
    return CONFERMA.apri(CONFERMA.gettone(convenzione.pk, stato=convenzione.accordo.stato_del_collegamento))


def _accorda(voce, convenzione, autore, manager, oggi):
    """Sign, withdraw, and let the partner confirm, as the file tells."""
    if "firmata" in voce:
        posta = f"{slugify(voce['partner'])}@example.org"
        firmata_il = giorno_detto(voce["firmata"], oggi)
        registra_firma(convenzione, autore, firmata_il, voce.get("protocollo", ""), email_partner=posta)
        for evidenza in Evidenza.objects.nate_da(convenzione).in_attesa():
            approva(evidenza, manager)
    if "cessata" in voce:
        cessa(convenzione, autore, giorno_detto(voce["cessata"]["dal"], oggi), voce["cessata"]["motivo"])
    if "confermata" in voce:
        with orologio(momento(voce["confermata"])):
            pubblicata = ConvenzionePage.objects.get(pk=convenzione.pk)
            conferma(pubblicata, _collegamento(pubblicata), pubblicata.versione_pubblica)


def _scrivi(voce, categorie, oggi):
    convenzione = ConvenzionePage(
        title=voce["titolo"],
        slug=slugify(voce["titolo"])[:80],
        live=False,
        sommario=voce["sommario"],
        partner=voce["partner"],
        categoria=categorie[voce["categoria"]],
        esclusioni=voce.get("esclusioni", ""),
        cumulabile=voce.get("cumulabile", ""),
        riservata=voce.get("riservata", False),
        per_familiari=voce.get("familiari", False),
        per_collaboratori=voce.get("collaboratori", False),
        aziende_esterne=voce.get("esterne", ""),
        come_ottenerla=voce.get("come", ""),
        on_line=voce.get("on_line", False),
        valida_dal=giorno_detto(voce["dal"], oggi),
        valida_fino_al=giorno_detto(voce["fino_al"], oggi),
        rinnovo_tacito=voce.get("tacito", False),
        preavviso=voce.get("preavviso", 0),
        rinnovo=voce.get("rinnovo", False),
    )
    convenzione.offerte = [
        Offerta(tipo=o["tipo"], su=o.get("su", ""), valore=Decimal(str(o["valore"])) if "valore" in o else None)
        for o in voce["offerte"]
    ]
    convenzione.luoghi = [_luogo(comune) for comune in voce.get("luoghi", [])]
    return convenzione


def _luogo(nome):
    """A place at the centre of a municipality, if it is one of the guide's: invented partners have no address."""
    comune = Comune.objects.filter(nome=nome).first()
    posizione = {"latitudine": comune.latitudine, "longitudine": comune.longitudine} if comune else {}
    return LuogoConvenzione(comune=nome, **posizione)
