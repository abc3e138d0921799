"""Loading the demonstration: once, whole, and only on a site that holds nothing else."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

from base.formati.lettura_yaml import leggi_yaml
from base.formati.schema import FileNonValido
from base.posta import senza_posta
from documenti.models import DocumentiPage
from guide.models import EssenzialePage, EstatePage
from home.caricamento import PAGINE_DI_SERVIZIO, ProgrammaNonModificabile, carica
from home.models import ContenutoPage, HomePage
from organizzazioni import sezioni
from organizzazioni.models import Distretto, Organizzazione, OrganizzazionePage, OrganizzazioniIndexPage, Utente
from programma.models import AzionePage, Criterio, Evidenza, ProgrammaPage, ProgrammiIndexPage

from .card import racconta_card
from .consultazioni import racconta_consultazioni
from .convenzioni import racconta_convenzioni
from .documenti import elenca_documenti, racconta_documenti
from .evidenze import racconta_evidenze
from .fonti import IMPIANTO
from .formazione import racconta_formazione
from .guida import racconta_guida
from .intermediazione import racconta_intermediazioni
from .misure import racconta_misure
from .newsletter import racconta_newsletter
from .orologio import FA, giorno_detto, momento, orologio
from .pagine import racconta_notizie, scrivi_pagine
from .ped import racconta_ped
from .persone import crea_persone
from .prenotazioni import racconta_prenotazioni
from .progetti import racconta_progetti
from .prosecuzione import apri_anni, chiudi_anni, vivi_l_anno
from .riunioni import racconta_riunioni
from .sondaggi import racconta_sondaggi

CARICATA = "home.carica_demo"
"""The log action that says that the demonstration is here."""

IMPIANTO_CARICATO = "2025-06-19 15:00"
"""When the story begins: the programme is loaded on the day of its act."""


class SitoNonVuoto(Exception):
    """The site holds something that the demonstration did not make; the text says what."""


@dataclass(frozen=True)
class Mondo:
    """Who and what the stories name: users by username, bodies by key, criteria by code, the programme."""

    utenti: dict[str, Utente]
    organizzazioni: dict[str, Organizzazione]
    criteri: dict[str, Criterio]
    programma: ProgrammaPage
    ora: "Mondo | None" = None
    """The same, with the programme of today and its criteria; None in it."""

    def di(self, voce: dict) -> "Mondo":
        """Of which year the story `voce` is: what began some days ago is of today's, what has a date of the act's."""
        return self.ora if self.ora and FA.fullmatch(str(voce.get("scritta") or voce.get("scritto"))) else self

    def momento(self, detto: str) -> datetime:
        """A moment as the files tell it; one of these days never comes before the year of today began."""
        quando = momento(detto)
        if self.ora is None and FA.fullmatch(detto):
            return max(quando, timezone.make_aware(datetime.combine(self.programma.dal, time())))
        return quando

    def giorno(self, detto: int | str | date, oggi: date) -> date:
        """A day as the files tell it; one of these days never falls before the year of today began."""
        giorno = giorno_detto(detto, oggi)
        return max(giorno, self.programma.dal) if isinstance(detto, int) and self.ora is None else giorno


def carica_demo() -> bool:
    """Load everything in one transaction; False when it is here already, and then nothing changes.

    Raises `SitoNonVuoto`.
    """
    if PageLogEntry.objects.filter(action=CARICATA).exists():
        return False
    with transaction.atomic(), senza_posta():
        _carica()
    return True


def _carica():
    _esigi_vuoto(_persone_ed_evidenze())
    try:
        with orologio(momento(IMPIANTO_CARICATO)):
            anno = carica(IMPIANTO).anno
    except (FileNonValido, ProgrammaNonModificabile) as errore:
        raise SitoNonVuoto(str(errore)) from errore
    _esigi_vuoto(_altre_pagine(anno))
    programma = ProgrammaPage.objects.get(anno=anno)
    utenti, organizzazioni = crea_persone(), {o.chiave: o for o in Organizzazione.objects.all()}
    anni = apri_anni(programma, utenti["manager"])
    ora = Mondo(utenti, organizzazioni, _criteri(anni[-1]), anni[-1])
    mondo = Mondo(utenti, organizzazioni, _criteri(programma), programma, ora)
    scrivi_pagine(mondo)
    racconta_evidenze(mondo)
    racconta_riunioni(mondo)
    racconta_progetti(mondo)
    racconta_formazione(mondo)
    racconta_intermediazioni(mondo)
    racconta_misure(mondo)
    racconta_sondaggi(mondo)
    racconta_consultazioni(mondo)
    racconta_notizie(mondo)
    racconta_prenotazioni(mondo)
    racconta_ped(mondo)
    racconta_guida(mondo)
    racconta_convenzioni(mondo)
    racconta_card(mondo)
    racconta_newsletter(mondo)
    vivi_l_anno(anni[-1], utenti["manager"])
    chiudi_anni(anni, utenti["manager"], utenti["coordinamento"])
    elenca_documenti(mondo)
    racconta_documenti(mondo)
    Distretto.objects.update(dimostrazione=True)
    log(instance=HomePage.objects.get(), action=CARICATA)


def _criteri(programma):
    return {criterio.codice: criterio for criterio in programma.criteri.select_related("programma")}


def _esigi_vuoto(estranei):
    if estranei:
        raise SitoNonVuoto(f"Il sito contiene già altro: {', '.join(estranei)}")


def _persone_ed_evidenze():
    return [
        f"{nome} {quanti}"
        for nome, quanti in (("utenti:", Utente.objects.count()), ("evidenze:", Evidenza.objects.count()))
        if quanti
    ]


def _altre_pagine(anno):
    """Titles of pages and names of bodies that the set-up file does not make."""
    struttura = [
        HomePage,
        ProgrammiIndexPage,
        OrganizzazioniIndexPage,
        OrganizzazionePage,
        ProgrammaPage,
        AzionePage,
        EstatePage,
        EssenzialePage,
        DocumentiPage,
    ]
    struttura += [modello for tipo in sezioni.tipi() for modello in (tipo.modello_indice, tipo.modello_sezione)]
    dati = leggi_yaml(IMPIANTO.read_bytes())
    di_servizio = [voce["slug"] for voce in leggi_yaml(PAGINE_DI_SERVIZIO.read_bytes())]
    return [
        *(f"«{o}»" for o in Organizzazione.objects.exclude(chiave__in=[o["chiave"] for o in dati["organizzazioni"]])),
        *(f"«{p.title}»" for p in ProgrammaPage.objects.exclude(anno=anno)),
        *(f"«{p.title}»" for p in AzionePage.objects.filter(fuori_programma=True)),
        *(f"«{p.title}»" for p in ContenutoPage.objects.exclude(slug__in=di_servizio)),
        *(f"«{p.title}»" for p in Page.objects.filter(depth__gt=1).not_type(*struttura, ContenutoPage)),
    ]
