"""How conventions are looked after: what they declare to `cura`."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.text import slugify

from base.percorsi import sotto
from cura.dichiarazione import UN_ANNO, Cura, in_ordine_di_nome
from cura.filtri import Opzione
from cura.nomi import tabella
from cura.solleciti import IN_DUBBIO
from organizzazioni.models import Organizzazione

from . import indicizzazione, selettori, validita
from .cura.forms import BozzaForm
from .models import (
    Categoria,
    ConvenzionePage,
    ConvenzioniIndexPage,
    LuogoConvenzione,
    SezioneConvenzioniPage,
)
from .scheda import Scheda

BENEFICIARI = {
    "dipendenti": "Dipendenti",
    "familiari": "Familiari",
    "collaboratori": "Collaboratori",
    "esterni": "Aziende fuori dalla rete",
}


@dataclass(frozen=True)
class ConvenzioneInElenco:
    """A convention in a list: its page, its sheet, until when it holds, whether it is new, or in doubt."""

    pagina: ConvenzionePage
    scheda: Scheda
    scade: date | None
    nuova: bool
    da_verificare: bool


class CuraDelleConvenzioni(Cura):
    """Found while they hold, by words, category, place, who may use them; confirmed once a year by their partner."""

    ambito, nome = "convenzioni", "Convenzioni"
    modello, indice, sezione, scheda = ConvenzionePage, ConvenzioniIndexPage, SezioneConvenzioniPage, Scheda
    correlate = ("categoria", "accordo")
    relazioni = indicizzazione.RELAZIONI
    per_la_lista = ("accordo",)
    faccette = {"categoria": "Categoria", "comune": "Comune", "per": "Chi la può usare"}
    uno, molti, nessuno = "convenzione", "convenzioni", "Nessuna convenzione"
    urls_pubblici = "cura_convenzioni"
    detta, in_dove, scritto_da = "convenzione", "delle convenzioni", "delle convenzioni"
    tolta_da, resta_in, urls_admin = "dalle convenzioni", "tra le convenzioni", "convenzioni"
    schede, verificate = "convenzioni in vigore", "confermate dal partner"
    tutte_insieme = "Tutte le convenzioni"
    bozza_form = BozzaForm
    tutti, le_nuove, novita = "Tutte le convenzioni", "le nuove", "Le convenzioni più recenti del Distretto"

    def crea_scheda(self, pagina, organizzazione, **altro):
        return indicizzazione.crea_scheda(pagina, str(organizzazione or ""), **altro)

    def valori(self, pagina, scheda, cornice):
        return indicizzazione.valori_di(scheda)

    def testi(self, pagina, scheda):
        return indicizzazione.testi_di(scheda)

    def tabelle_dei_nomi(self):
        luoghi = LuogoConvenzione.objects.filter(convenzione__live=True).distinct()
        return [tabella("categoria", Categoria.objects.all()), tabella("luogo", luoghi, "", "comune")]

    def scelte(self, nomi, trovabili):
        """Only what some convention in force has: the rest was never a choice."""
        offerte = {
            "categoria": {riga.chiave: riga.nome for riga in nomi.di("categoria")},
            "comune": {indicizzazione.ON_LINE: "On line", **{slugify(r.nome): r.nome for r in nomi.di("luogo")}},
            "per": BENEFICIARI,
        }
        return {
            faccetta: in_ordine_di_nome(Opzione(v, nome) for v, nome in valori.items() if trovabili(faccetta, v))
            for faccetta, valori in offerte.items()
        }

    def merito(self, scheda, oggi):
        return IN_DUBBIO if scheda.da_verificare(oggi) else 1.0

    def in_pubblico(self, voci, oggi):
        return voci.filter(pagina__in=ConvenzionePage.objects.in_vigore(oggi))

    def riga(self, voce, oggi):
        vigenza = voce.contenuto.vigenza
        nuova = not voce.contenuto.rinnovo and validita.e_nuova(validita.attiva_dal(vigenza), oggi)
        return ConvenzioneInElenco(
            pagina=voce.contenuto,
            scheda=voce.scheda,
            scade=None if vigenza.tacito else vigenza.fine,
            nuova=nuova,
            da_verificare=voce.contenuto.da_verificare(oggi),
        )

    def bozza(self, proposta, organizzazione, **campi):
        return ConvenzionePage(partner=proposta.nome, valida_dal=timezone.localdate(), **campi)

    def argomenti(self, scheda):
        return [scheda.categoria_nome]

    def novita_di(self, voci, oggi):
        """Those that began to hold in the last year, renewals left out."""
        giorni = [(validita.attiva_dal(v.contenuto.vigenza), v) for v in voci if not v.contenuto.rinnovo]
        return [(giorno, voce) for giorno, voce in giorni if validita.e_nuova(giorno, oggi, UN_ANNO)]

    def freschezza(self, oggi):
        return selettori.freschezza(oggi)

    def dovute(self, oggi, organizzazione=None):
        return selettori.da_confermare(oggi, organizzazione)

    def che_nominano(self, oggetto):
        if isinstance(oggetto, Organizzazione):
            sezioni = SezioneConvenzioniPage.objects.filter(organizzazione=oggetto)
            return ConvenzionePage.objects.filter(sotto(sezioni.values_list("path", flat=True)))
        return ConvenzionePage.objects.filter(categoria=oggetto.pk)
