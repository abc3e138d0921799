"""The services of the demonstration, each written by its body, approved in the workflow, and so found in the guide."""

from datetime import time, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.text import slugify

from cura.operazioni import chiedi_ritiro, conferma_ritiro, giudica, prendi_in_carico, spiega
from guide import operazioni
from guide.estate.settimane import settimane_tra
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
    SettimanaEstiva,
    SezioneGuidaPage,
    Tariffa,
)
from guide.operazioni import aggiorna_posti
from organizzazioni.models import Organizzazione
from organizzazioni.operazioni import approva_pagina

from .fonti import leggi, telefono_di_nessuno
from .orologio import momento, orologio

MANAGER, COORDINAMENTO = "manager", "coordinamento"
GIORNI = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
SCRITTI, APPROVATI = "30 giorni fa", "27 giorni fa"
ESTATE = ("2026-03-16 09:00", "2026-03-20 11:00")
"""When the summer services were written and approved."""
INTRODUZIONE = "I servizi pubblici e privati per ogni momento della vita di una famiglia, in un posto solo."


def racconta_guida(mondo):
    categorie = {
        modello: {c.chiave: c for c in modello.objects.all()} for modello in (Bisogno, Comune, FaseVita, Lingua)
    }
    sezioni = {s.organizzazione_id: s for s in SezioneGuidaPage.objects.all()}
    _introduci(mondo.utenti[MANAGER])
    quando = [(voce, SCRITTI, APPROVATI) for voce in leggi("guida")]
    quando += [(voce, *ESTATE) for voce in leggi("estate")]
    for posto, (voce, scritti, approvati) in enumerate(quando):
        organizzazione = mondo.organizzazioni[voce["di"]]
        autore = _autore(organizzazione, mondo)
        with orologio(momento(voce.get("scritta", scritti))):
            servizio = _scrivi(voce, organizzazione, categorie)
            servizio.contatti = _contatti(voce, telefono_di_nessuno(posto))
            servizio.owner = autore
            sezioni[organizzazione.pk].add_child(instance=servizio)
            servizio.save_revision(user=autore)
            servizio.get_workflow().start(servizio, autore)
        chi = COORDINAMENTO if autore.username == MANAGER else MANAGER
        with orologio(momento(voce.get("approvata", approvati))):
            approva_pagina(ServizioPage.objects.get(pk=servizio.pk), mondo.utenti[chi])
        if "liberi" in voce:
            _racconta_posti(voce, servizio, autore)
    _cura(mondo)


def _racconta_posti(voce, servizio, autore):
    """The places left that this entry has told, on the day on which it told them."""
    servizio = ServizioPage.objects.get(pk=servizio.pk)
    ultimo = max(settimana.anno for settimana in servizio.settimane_estive.all())
    turni = sorted(settimana.turno for settimana in servizio.settimane_estive.all() if settimana.anno == ultimo)
    with orologio(momento(voce["liberi_il"])):
        aggiorna_posti(servizio, autore, dict(zip(turni, voce["liberi"], strict=True)))


def _cura(mondo):
    """What families wrote, an entry taken off, and one that an organisation asks to take off."""
    cs4 = next(iter(mondo.organizzazioni["cs4"].persone))
    with orologio(momento("8 giorni fa")):
        finito = ServizioPage.objects.get(slug="aiuto-per-i-bonus-sulle-bollette")
        ritiro = chiedi_ritiro(finito, cs4, "Da quest'anno lo fanno i CAF: noi abbiamo chiuso.")
    with orologio(momento("7 giorni fa")):
        conferma_ritiro(ritiro, mondo.utenti[MANAGER])
    with orologio(momento("4 giorni fa")):
        sportello = ServizioPage.objects.get(slug="sportello-sociale")
        operazioni.segnala_errore(sportello, "Il martedì pomeriggio ho trovato chiuso: l'orario è ancora quello?")
        for utile, perche in ((True, ""), (True, "C'era tutto"), (False, "Non si capisce se serve l'appuntamento")):
            spiega(giudica(sportello, utile, timezone.localdate()).pk, perche)
        proposta = operazioni.proponi_servizio(
            "Banca del tempo",
            "Ci si scambiano ore: chi ripara una bici, chi insegna il tedesco.",
            ente="Un'associazione di vicini",
            dove="Levico Terme",
        )
    with orologio(momento("2 giorni fa")):
        prendi_in_carico(proposta, mondo.utenti[MANAGER])
        finito = ServizioPage.objects.get(slug="fine-settimana-di-sollievo")
        chiedi_ritiro(finito, cs4, "Il progetto si è concluso e per quest'anno non riparte.")


def _introduci(manager):
    guida = GuidaIndexPage.objects.get()
    guida.sommario = INTRODUZIONE
    guida.save_revision(user=manager).publish(user=manager)


def _autore(organizzazione, mondo):
    """Who writes for this body: the first of its people in the file of the demonstration."""
    sue = {persona.pk for persona in organizzazione.persone}
    return next(utente for utente in mondo.utenti.values() if utente.pk in sue)


COME_SONO = (
    *("sommario", "altri_nomi", "testo", "natura", "per_chi", "on_line", "a_domicilio", "tutto_il_territorio"),
    *("su_appuntamento", "note_orari", "costo", "icef", "convenzionato", "note_costo", "come_accedere"),
    *("estate_pasti", "estate_sconti", "estate_convenzioni", "estate_disponibile"),
)
"""What the file tells under the name of the field; what it does not tell is as in a new entry."""


def _scrivi(voce, organizzazione: Organizzazione, categorie):
    servizio = ServizioPage(
        title=voce["nome"],
        slug=slugify(voce["nome"])[:80],
        live=False,
        **{campo: voce[campo] for campo in COME_SONO if campo in voce},
        erogatore=None if "ente" in voce else organizzazione,
        erogatore_esterno=voce.get("ente", ""),
        documenti="\n".join(voce.get("documenti", [])),
    )
    servizio.eta_minima, servizio.eta_massima = _eta(voce.get("eta", "-"))
    if sospeso := voce.get("sospeso"):
        servizio.sospeso, servizio.sospeso_motivo = True, sospeso["motivo"]
        servizio.sospeso_fino_al = _tra(sospeso["giorni"])
    servizio.fasi = [categorie[FaseVita][chiave] for chiave in voce["momenti"]]
    servizio.bisogni = [categorie[Bisogno][chiave] for chiave in voce["bisogni"]]
    servizio.lingue = [categorie[Lingua][chiave] for chiave in voce["lingue"]]
    servizio.luoghi = [Luogo(**{**lg, "comune": categorie[Comune][lg["comune"]]}) for lg in voce.get("luoghi", [])]
    servizio.orari = _orari(voce.get("orari", ""))
    servizio.periodi = [PeriodoServizio(**periodo) for periodo in voce.get("periodi", [])]
    servizio.tariffe = [Tariffa(**{**t, "importo": Decimal(str(t["importo"]))}) for t in voce.get("tariffe", [])]
    servizio.scadenze = [Scadenza(descrizione=s["che"], data=_tra(s["giorni"])) for s in voce.get("scadenze", [])]
    servizio.settimane_estive = [riga for turno in voce.get("turni", []) for riga in _settimane(turno)]
    return servizio


def _contatti(voce, telefono):
    """Those that it tells; who looks for it calls the first."""
    primo, *altri = voce.get("contatti", [{"ruolo": "Segreteria"}])
    return [Contatto(telefono=telefono, **primo), *(Contatto(**altro) for altro in altri)]


def _settimane(turno):
    """A row for each week of a turn."""
    dalle, alle = (_ora(ora) for ora in turno["ore"].split("-")) if "ore" in turno else (None, None)
    minima, massima = _eta(turno.get("eta", "-"))
    return [
        SettimanaEstiva(
            dal=dal,
            al=al,
            dalle=dalle,
            alle=alle,
            eta_minima=minima,
            eta_massima=massima,
            prezzo=Decimal(str(turno["prezzo"])),
            posti=turno["posti"],
        )
        for dal, al in settimane_tra(turno["dal"], turno["al"])
    ]


def _tra(giorni):
    """A day that is still to come, whenever the demonstration is loaded."""
    return (timezone.localtime() + timedelta(days=giorni)).date()


def _eta(testo):
    """`3m-36m`, `6-11`, `65-`: months of the least and of the greatest age."""
    return [
        None if not parte else int(parte[:-1]) if parte.endswith("m") else 12 * int(parte) for parte in testo.split("-")
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
