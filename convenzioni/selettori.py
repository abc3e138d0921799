"""The read side of conventions."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils import timezone

from base.mappa import Etichetta, Punto, dati_mappa
from organizzazioni.models import Organizzazione
from organizzazioni.permissions import e_manager
from organizzazioni.riquadri import Riquadro

from . import validita
from .filtri import Voce, cerca
from .indicizzazione import crea_scheda
from .models import ConvenzionePage, SezioneConvenzioniPage, VoceConvenzione

PER_PAGINA = 20
RIGHE_DEI_FLUSSI = 30
UN_ANNO = 365


def voci_in_vigore(oggi, **filtro):
    """The index of the conventions that hold on `oggi`, by name, each with its page and its agreement."""
    pagine = ConvenzionePage.objects.in_vigore(oggi).filter(**filtro)
    voci = VoceConvenzione.objects.filter(convenzione__in=pagine).select_related("convenzione__accordo")
    return list(voci.order_by("ordine", "pk"))


@dataclass(frozen=True)
class Riga:
    """A convention in a list: its page, its sheet, until when it holds, whether it is new."""

    pagina: ConvenzionePage
    scheda: object
    scade: date | None
    nuova: bool


def riga(voce, oggi):
    termini = voce.convenzione.termini
    nuova = not voce.convenzione.rinnovo and validita.e_nuova(validita.attiva_dal(termini), oggi)
    return Riga(voce.convenzione, voce.scheda, None if termini.tacito else termini.fine, nuova)


def contesto_elenco(pagina, dati):
    """The conventions in force below `pagina` that the GET parameters `dati` ask for."""
    oggi = timezone.localdate()
    voci = {voce.pk: voce for voce in voci_in_vigore(oggi, path__startswith=pagina.path)}
    esito = cerca(dati, [Voce(v.scheda, frozenset(v.radici.split()), v) for v in voci.values()])
    pagine = Paginator([trovata.pagina for trovata in esito.trovate], PER_PAGINA).get_page(dati.get("pagina"))
    pagine.object_list = [riga(voce, oggi) for voce in pagine.object_list]
    con_mappa = dati.get("vista") == "mappa"
    return {
        "esito": esito,
        "voci": pagine,
        "totale": len(voci),
        "con_mappa": con_mappa,
        "mappa": mappa_di(trovata.pagina for trovata in esito.trovate) if con_mappa and esito.trovate else None,
    }


def mappa_di(voci):
    """The places of these conventions that have a position, for `includes/mappa.html`."""
    luoghi = [(voce, luogo) for voce in voci for luogo in voce.scheda.luoghi if luogo.latitudine]
    punti = [
        Punto(float(lg.latitudine), float(lg.longitudine), voce.scheda.nome, voce.convenzione.url or "", lg.comune)
        for voce, lg in luoghi
    ]
    comuni = {lg.comune: Etichetta(float(lg.latitudine), float(lg.longitudine), lg.comune) for _, lg in luoghi}
    return dati_mappa(punti, comuni.values())


def contesto_convenzione(convenzione, anteprima=False):
    """The public sheet of `convenzione` and its state today; a preview shows the draft, by the same rules."""
    oggi = timezone.localdate()
    voce = None if anteprima else getattr(convenzione, "voce", None)
    scheda = voce.scheda if voce is not None else crea_scheda(convenzione, _organizzazione(convenzione))
    termini = convenzione.termini
    stato = validita.stato(termini, oggi)
    dopo = convenzione.rinnovi.live().first() if convenzione.pk and stato in FINITE else None
    return {
        "scheda": scheda,
        "stato": stato.value,
        "scadenza": validita.scadenza(termini, oggi),
        "termini": termini,
        "nuova": not convenzione.rinnovo and validita.e_nuova(validita.attiva_dal(termini), oggi),
        "dopo": dopo,
        "confermata_il": getattr(getattr(convenzione, "accordo", None), "confermata_il", None),
    }


def scheda_intera(convenzione):
    """The published sheet with the reserved terms, for the partner that offers them."""
    return crea_scheda(convenzione, _organizzazione(convenzione), con_riservate=True)


FINITE = (validita.Stato.SCADUTA, validita.Stato.RITIRATA)


def _organizzazione(convenzione):
    sezione = SezioneConvenzioniPage.objects.filter(path=convenzione.path[: -convenzione.steplen])
    trovata = sezione.select_related("organizzazione").first()
    return str(trovata.organizzazione) if trovata else ""


def nuove(pagina, oggi):
    """The conventions below `pagina` that began to hold in the last year, the newest first: (first day, voice)."""
    voci = voci_in_vigore(oggi, path__startswith=pagina.path, rinnovo=False)
    giorni = [(validita.attiva_dal(voce.convenzione.termini), voce) for voce in voci]
    recenti = [(giorno, voce) for giorno, voce in giorni if validita.e_nuova(giorno, oggi, UN_ANNO)]
    return sorted(recenti, key=lambda coppia: (coppia[0], coppia[1].pk), reverse=True)[:RIGHE_DEI_FLUSSI]


def ultime_convenzioni(pagina, quante):
    """The `quante` newest conventions below `pagina`, with their sheet."""
    oggi = timezone.localdate()
    return [riga(voce, oggi) for _, voce in nuove(pagina, oggi)[:quante]]


def riquadro_convenzioni(organizzazione):
    """The conventions in force that an organisation keeps."""
    oggi = timezone.localdate()
    sezioni = SezioneConvenzioniPage.objects.filter(organizzazione=organizzazione).values_list("path", flat=True)[:1]
    voci = voci_in_vigore(oggi, path__startswith=sezioni[0]) if sezioni else []
    return Riquadro("Convenzioni", "convenzioni/includes/voci.html", [riga(voce, oggi) for voce in voci])


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
    def entro(self):
        return self.disdetta or self.scadenza

    @property
    def giorni(self):
        return (self.entro - self.oggi).days if self.entro and self.stato == validita.Stato.ATTIVA else None


def convenzioni_di(utente):
    """The conventions that `utente` keeps: all for the managers, those of their organisations for anyone else."""
    convenzioni = ConvenzionePage.objects.filter(alias_of=None)
    if e_manager(utente):
        return convenzioni
    sue = Q(pk=None)
    for percorso in sezioni_di(utente).values_list("path", flat=True):
        sue |= Q(path__startswith=percorso)
    return convenzioni.filter(sue)


def sezioni_di(utente):
    """The sections in which `utente` writes for an organisation."""
    return SezioneConvenzioniPage.objects.filter(organizzazione__in=Organizzazione.objects.di(utente))


def gia_detto(convenzione):
    """What is known of the signature of `convenzione`, to correct it; of a renewal, the address of its partner."""
    accordo, prima = getattr(convenzione, "accordo", None), getattr(convenzione.precedente, "accordo", None)
    if accordo is None:
        return {"email_partner": prima.email_partner if prima else ""}
    return {campo: getattr(accordo, campo) for campo in ("firmata_il", "protocollo", "firmatari", "email_partner")}


def registro(utente, stato="", entro=None):
    """The conventions of `utente` in `stato`, or to be decided within `entro` days; what ends first comes first."""
    oggi = timezone.localdate()
    sezioni = {s.path: s.organizzazione for s in SezioneConvenzioniPage.objects.select_related("organizzazione")}
    righe = [
        RigaRegistro(
            c,
            sezioni[c.path[: -c.steplen]],
            validita.stato(c.termini, oggi),
            validita.scadenza(c.termini, oggi),
            validita.ultimo_giorno_di_disdetta(c.termini, oggi),
            oggi,
        )
        for c in convenzioni_di(utente).con_accordo().select_related("categoria")
    ]
    if stato:
        righe = [r for r in righe if r.stato == stato]
    if entro is not None:
        righe = [r for r in righe if r.giorni is not None and r.giorni <= entro]
    return sorted(righe, key=lambda r: (r.giorni is None, r.giorni or 0, r.convenzione.title, r.convenzione.pk))
