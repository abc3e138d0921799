"""What the search of the whole site finds of the apps that know nothing of it, and of this one."""

from ascolto.models import Sondaggio
from convenzioni.models import ConvenzioniIndexPage
from cura.detti import STAGIONE
from cura.dichiarazione import CONTESTO, TITOLO
from cura.fatte_di_pagine import CuraDiPagina
from documenti.models import DocumentiPage, Pubblicazione
from documenti.pubblici import senza_pagina
from guide.models import EssenzialePage, EstatePage, GuidaIndexPage
from notizie.models import NotizieIndexPage
from organizzazioni.models import OrganizzazionePage, OrganizzazioniIndexPage
from programma.models import AzionePage, ProgrammaPage, ProgrammiIndexPage
from registri.models import Consultazione

from .models import ContenutoPage


class CuraDelleLingue(CuraDiPagina):
    """Found by the name of the language: words of other languages, and those said in Italian beside them, are no answer
    to who writes in Italian."""

    def testi(self, pagina, scheda):
        return {TITOLO: [scheda.nome]}


SENZA_PAGINA = (Sondaggio, Consultazione, Pubblicazione)
"""What the public reads at an address of its own without being a page: results, outcomes, final documents."""


class CuraDeiDocumenti(CuraDiPagina):
    """Found by the titles of what it lists that is no page of the site, and so is found in no other way."""

    def testi(self, pagina, scheda):
        suoi = super().testi(pagina, scheda)
        return {**suoi, CONTESTO: [*suoi[CONTESTO], *(uno.titolo for uno in senza_pagina(pagina))]}

    def che_nominano(self, oggetto):
        trovate = self.modello.objects.all()
        return trovate if isinstance(oggetto, SENZA_PAGINA) else trovate.none()


AZIONE = ("obiettivo_generale", "obiettivo_specifico", "azioni")

DEI_DOCUMENTI = CuraDeiDocumenti("elencof", DocumentiPage, "elenco", "elenchi")

PAGINE = (
    CuraDiPagina(
        "organizzazioni", OrganizzazionePage, "organizzazione", "organizzazioni", ("presentazione",), ("indirizzo",)
    ),
    CuraDiPagina("azioni", AzionePage, "azione del programma", "azioni del programma", AZIONE, ("area",), 0.75),
    CuraDiPagina("programmi", ProgrammaPage, "programma di lavoro", "programmi di lavoro"),
    CuraDiPagina("pagine", ContenutoPage, "pagina", "pagine", ("corpo",), rilievo=0.8),
    CuraDiPagina(
        "estate",
        EstatePage,
        "confronto dei centri estivi",
        "confronto dei centri estivi",
        rilievo=1.0,
        valori=((STAGIONE, "estate"),),
    ),
    CuraDelleLingue("lingue", EssenzialePage, "pagina in un'altra lingua", "pagine in altre lingue"),
    *(
        CuraDiPagina(f"elenco{lettera}", modello, "elenco", "elenchi")
        for lettera, modello in zip(
            "abcde",
            (GuidaIndexPage, ConvenzioniIndexPage, NotizieIndexPage, OrganizzazioniIndexPage, ProgrammiIndexPage),
            strict=True,
        )
    ),
    DEI_DOCUMENTI,
)
