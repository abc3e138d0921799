"""The read side of conventions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from wagtail.models import Page

from base.elenchi import senza_riservate
from base.percorsi import madre, sotto
from cura.dichiarazione import Freschezza
from cura.feeds import nuove
from cura.registro import cura_di
from cura.scheda import subito
from cura.selettori import righe
from organizzazioni.models import Organizzazione, Utente
from organizzazioni.riquadri import Riquadro

from . import validita
from .models import ConvenzionePage, SezioneConvenzioniPage
from .models.convenzioni import ConvenzioneQuerySet
from .scheda import Scheda


def contesto_convenzione(convenzione: ConvenzionePage, anteprima: bool = False) -> dict:
    """The public sheet of `convenzione` and its state today; a preview shows the draft, by the same rules."""
    oggi = timezone.localdate()
    voce = None if anteprima else getattr(convenzione, "voce", None)
    scheda = voce.scheda if voce is not None else cura_di(ConvenzionePage).leggi_scheda(convenzione)
    vigenza = convenzione.vigenza
    stato = validita.stato(vigenza, oggi)
    seguenti = ConvenzionePage.objects.live().filter(precedente=convenzione.pk)
    dopo = senza_riservate(seguenti).first() if convenzione.pk and stato in FINITE else None
    return {
        "scheda": scheda,
        "subito": subito([scheda.telefono], [scheda.email], scheda.luoghi),
        "stato": stato.value,
        "scadenza": validita.scadenza(vigenza, oggi),
        "vigenza": vigenza,
        "nuova": not convenzione.rinnovo and validita.e_nuova(validita.attiva_dal(vigenza), oggi),
        "dopo": dopo,
        "da_verificare": convenzione.da_verificare(oggi),
        "confermata_il": getattr(getattr(convenzione, "accordo", None), "confermata_il", None),
    }


def scheda_intera(convenzione: ConvenzionePage) -> Scheda:
    """The published sheet with the reserved terms, for the partner that offers them."""
    return cura_di(ConvenzionePage).leggi_scheda(convenzione, con_riservate=True)


FINITE = (validita.Stato.SCADUTA, validita.Stato.CESSATA)


def ultime_convenzioni(pagina: Page, quante: int) -> list:
    """The `quante` newest conventions below `pagina`, as rows of a list."""
    cura, oggi = cura_di(ConvenzionePage), timezone.localdate()
    return righe(cura, (voce for _, voce in nuove(cura, pagina, oggi, quante)), oggi)


def riquadro_convenzioni(organizzazione: Organizzazione) -> Riquadro | None:
    """The conventions in force that an organisation keeps."""
    cura, oggi = cura_di(ConvenzionePage), timezone.localdate()
    sezioni = SezioneConvenzioniPage.objects.filter(organizzazione=organizzazione).values_list("path", flat=True)
    voci = cura.in_pubblico(cura.voci.filter(sotto(sezioni, "pagina__path")), oggi)
    in_ordine = cura.con_contenuto(voci, *cura.per_la_lista).defer("parole").order_by("ordine", "posizione")
    return Riquadro("Convenzioni", "convenzioni/includes/voci.html", righe(cura, in_ordine, oggi))


# In the admin


@dataclass(frozen=True)
class RigaRegistro:
    """A convention as who keeps it sees it. `giorni` are those left to `entro`, the day by which to decide."""

    convenzione: ConvenzionePage
    organizzazione: Organizzazione
    stato: validita.Stato
    scadenza: date | None
    disdetta: date | None
    oggi: date

    @property
    def entro(self) -> date | None:
        return self.disdetta or self.scadenza

    @property
    def da_confermare_dal(self) -> date | None:
        """Since when its partner is asked, and has not answered."""
        dal = self.convenzione.da_confermare_dal(self.oggi)
        return dal if dal is not None and dal <= self.oggi else None

    @property
    def giorni(self) -> int | None:
        return (self.entro - self.oggi).days if self.entro and self.stato == validita.Stato.ATTIVA else None


def convenzioni_di(utente: Utente) -> ConvenzioneQuerySet:
    """The conventions that `utente` keeps: all for the managers, those of their organisations for anyone else."""
    return cura_di(ConvenzionePage).tenute_da(utente)


def gia_detto(convenzione: ConvenzionePage) -> dict:
    """What is known of the signature of `convenzione`, to correct it; of a renewal, the address of its partner."""
    accordo, prima = getattr(convenzione, "accordo", None), getattr(convenzione.precedente, "accordo", None)
    if accordo is None:
        return {"email_partner": prima.email_partner if prima else ""}
    return {campo: getattr(accordo, campo) for campo in ("firmata_il", "protocollo", "firmatari", "email_partner")}


def righe_del_registro(convenzioni: Iterable[ConvenzionePage], oggi: date) -> list[RigaRegistro]:
    """The rows of these, with the organisation of each."""
    sezioni = cura_di(ConvenzionePage).sezioni()
    return [
        RigaRegistro(
            c,
            sezioni[madre(c.path)],
            validita.stato(c.vigenza, oggi),
            validita.scadenza(c.vigenza, oggi),
            validita.ultimo_giorno_di_disdetta(c.vigenza, oggi),
            oggi,
        )
        for c in convenzioni
    ]


def registro(utente: Utente, stato: str = "", entro: int | None = None, da_confermare: bool = False) -> list:
    """The conventions of `utente` in `stato`, to be decided within `entro` days, or that their partner has still to
    confirm; what ends first comes first."""
    trovate = righe_del_registro(convenzioni_di(utente).con_accordo().select_related("categoria"), timezone.localdate())
    if stato:
        trovate = [r for r in trovate if r.stato == stato]
    if da_confermare:
        trovate = [r for r in trovate if r.da_confermare_dal]
    if entro is not None:
        trovate = [r for r in trovate if r.giorni is not None and r.giorni <= entro]
    return sorted(trovate, key=lambda r: (r.giorni is None, r.giorni or 0, r.convenzione.title, r.convenzione.pk))


# Confirmed by their partners


def freschezza(oggi: date) -> Iterator[Freschezza]:
    """Of each convention in force on `oggi`: whether its partner confirmed it within the year, or is to. One query."""
    for una in _in_vigore(oggi):
        dal = una.da_confermare_dal(oggi)
        yield Freschezza(una.path, una.confermata(oggi), dal is not None and dal <= oggi, una.da_verificare(oggi))


def da_confermare(oggi: date, organizzazione: Organizzazione | None = None) -> list[RigaRegistro]:
    """Those that their partner is to confirm, longest first; of `organizzazione` only, where given."""
    dovute = [(riga.da_confermare_dal, riga) for riga in righe_del_registro(_in_vigore(oggi), oggi)]
    sue = [(dal, riga) for dal, riga in dovute if dal and organizzazione in (None, riga.organizzazione)]
    return [riga for _, riga in sorted(sue, key=lambda una: (una[0], una[1].convenzione.title, una[1].convenzione.pk))]


def _in_vigore(oggi: date) -> ConvenzioneQuerySet:
    return ConvenzionePage.objects.in_vigore(oggi).filter(alias_of=None).con_accordo()
