"""The services of the demonstration, each written by its body, approved in the workflow, and so found in the guide."""

from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from guide.models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    GuidaIndexPage,
    Lingua,
    Luogo,
    PeriodoServizio,
    Scadenza,
    ServizioPage,
    SezioneGuidaPage,
    Tariffa,
)
from organizzazioni.models import Organizzazione
from organizzazioni.operazioni import approva_pagina

from .fonti import leggi, marchiato
from .orologio import momento, orologio

MANAGER, COORDINAMENTO = "manager", "coordinamento"
GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
SCRITTI, APPROVATI = "30 giorni fa", "27 giorni fa"
INTRODUZIONE = "I servizi pubblici e privati per ogni momento della vita di una famiglia, in un posto solo."


def racconta_guida(mondo):
    categorie = {
        modello: {c.chiave: c for c in modello.objects.all()} for modello in (Bisogno, Comune, FaseVita, Lingua)
    }
    sezioni = {s.organizzazione_id: s for s in SezioneGuidaPage.objects.all()}
    _introduci(mondo.utenti[MANAGER])
    for voce in leggi("guida"):
        organizzazione = mondo.organizzazioni[voce["di"]]
        autore = _autore(organizzazione, mondo)
        with orologio(momento(SCRITTI)):
            servizio = _scrivi(voce, organizzazione, categorie)
            servizio.owner = autore
            sezioni[organizzazione.pk].add_child(instance=servizio)
            servizio.save_revision(user=autore)
            servizio.get_workflow().start(servizio, autore)
        chi = COORDINAMENTO if autore.username == MANAGER else MANAGER
        with orologio(momento(APPROVATI)):
            approva_pagina(ServizioPage.objects.get(pk=servizio.pk), mondo.utenti[chi])


def _introduci(manager):
    guida = GuidaIndexPage.objects.get()
    guida.sommario = INTRODUZIONE
    guida.save_revision(user=manager).publish(user=manager)


def _autore(organizzazione, mondo):
    """Who writes for this body: the first of its people in the file of the demonstration."""
    sue = {persona.pk for persona in organizzazione.persone}
    return next(utente for utente in mondo.utenti.values() if utente.pk in sue)


def _scrivi(voce, organizzazione: Organizzazione, categorie):
    minima, massima = _eta(voce.get("eta", "-"))
    sospeso = voce.get("sospeso")
    servizio = ServizioPage(
        title=marchiato(voce["nome"]), slug=slugify(voce["nome"])[:80], live=False, sommario=voce["sommario"],
        altri_nomi=voce.get("altri_nomi", ""), testo=voce.get("testo", ""), natura=voce["natura"],
        erogatore=None if "ente" in voce else organizzazione, erogatore_esterno=voce.get("ente", ""),
        per_chi=voce.get("per_chi", ""), eta_minima=minima, eta_massima=massima,
        on_line=voce.get("on_line", False), a_domicilio=voce.get("a_domicilio", False),
        tutto_il_territorio=voce.get("tutto_il_territorio", False), su_appuntamento=voce.get("su_appuntamento", False),
        note_orari=voce.get("note_orari", ""), costo=voce["costo"], icef=voce.get("icef", False),
        convenzionato=voce.get("convenzionato", False), note_costo=voce.get("note_costo", ""),
        come_accedere=voce.get("come", ""), documenti="\n".join(voce.get("documenti", [])),
        sospeso=bool(sospeso), sospeso_motivo=sospeso["motivo"] if sospeso else "",
        sospeso_fino_al=_tra(sospeso["giorni"]) if sospeso else None,
    )
    servizio.fasi = [categorie[FaseVita][chiave] for chiave in voce.get("momenti", [])]
    servizio.bisogni = [categorie[Bisogno][chiave] for chiave in voce["bisogni"]]
    servizio.lingue = [categorie[Lingua][chiave] for chiave in voce.get("lingue", [])]
    servizio.luoghi = [
        Luogo(comune=categorie[Comune][lg["comune"]], nome=lg.get("nome", ""), protetto=lg.get("protetto", False),
              accessibilita=lg.get("accesso", Luogo.Accessibilita.DA_VERIFICARE), note_accessibilita=lg.get("note", ""))
        for lg in voce.get("luoghi", [])
    ]
    servizio.orari = _orari(voce.get("orari", ""))
    servizio.periodi = [PeriodoServizio(**periodo) for periodo in voce.get("periodi", [])]
    servizio.tariffe = [
        Tariffa(importo=Decimal(str(t["importo"])), unita=t["unita"], descrizione=t.get("descrizione", ""),
                valida_fino_al=t.get("fino"))
        for t in voce.get("tariffe", [])
    ]
    servizio.scadenze = [Scadenza(descrizione=s["che"], data=_tra(s["giorni"])) for s in voce.get("scadenze", [])]
    servizio.contatti = [Contatto(**contatto) for contatto in voce.get("contatti", [])]
    return servizio


def _tra(giorni):
    """A day that is still to come, whenever the demonstration is loaded."""
    return (timezone.localtime() + timedelta(days=giorni)).date()


def _eta(testo):
    """`3m-36m`, `6-11`, `65-`: months of the least and of the greatest age."""
    return [
        None if not parte else int(parte[:-1]) if parte.endswith("m") else 12 * int(parte)
        for parte in testo.split("-")
    ]


def _orari(testo):
    """`lun-ven 9-12; gio 14:30-18`."""
    return [
        FasciaOraria(giorno=giorno, dalle=_ora(ore.split("-")[0]), alle=_ora(ore.split("-")[1]))
        for giorni, ore in (parte.split() for parte in testo.split(";") if parte.strip())
        for giorno in _giorni(giorni)
    ]


def _giorni(testo):
    for parte in testo.split(","):
        primo, _, ultimo = parte.partition("-")
        yield from range(GIORNI.index(primo), GIORNI.index(ultimo or primo) + 1)


def _ora(testo):
    ore, _, minuti = testo.partition(":")
    return time(int(ore), int(minuti or 0))
