"""How the services of the guide are looked after: what they declare to `cura`."""

from dataclasses import replace

from django.db.models import Q

from base.formati.caratteri import uguagliabile
from cura.dichiarazione import Cura
from organizzazioni.forms import SezioneForm
from organizzazioni.models import Organizzazione

from . import indicizzazione, operazioni, scelte
from .cura import selettori
from .faccette import FACCETTE
from .models import (
    Bisogno,
    Comune,
    FasciaEta,
    FaseVita,
    GuidaIndexPage,
    Lingua,
    ServizioPage,
    SezioneGuidaPage,
)
from .scheda import Scheda


class CuraDeiServizi(Cura):
    """Found by words, age, need, place; confirmed by the organisations every so many days as their needs say."""

    ambito, nome = "guide", "Family Guide"
    modello, indice, sezione, scheda = ServizioPage, GuidaIndexPage, SezioneGuidaPage, Scheda
    correlate = ("erogatore__pagina", "verifica")
    relazioni = indicizzazione.RELAZIONI
    faccette = FACCETTE
    in_vista = ("fase", "bisogno", "eta", "comune")
    uno, molti, nessuno = "servizio", "servizi", "Nessun servizio"
    urls_pubblici = "guide"
    detta, in_dove, scritto_da = "scheda", "nella guida", "dalla Family Guide"
    tolta_da, resta_in, urls_admin = "dalla guida", "nella guida", "guida"
    schede, verificate, tutte_insieme = "schede", "verificate", "Tutta la guida"
    bozza_form = SezioneForm
    tutti, le_nuove, novita = "Tutti i servizi", "i nuovi", "I servizi più recenti della Family Guide"

    def crea_scheda(self, pagina, organizzazione):
        return indicizzazione.crea_scheda(pagina)

    def cornice(self):
        return indicizzazione.Cornice.leggi()

    def valori(self, pagina, scheda, cornice):
        return indicizzazione.valori_di(pagina, scheda, cornice)

    def testi(self, pagina, scheda):
        return indicizzazione.testi_di(pagina, scheda)

    def tabelle_dei_nomi(self):
        return scelte.tabelle()

    def conosce(self, nomi):
        return scelte.note_a_tutti(nomi)

    def scelte(self, nomi, trovabili):
        return scelte.offerte(nomi)

    def merito(self, scheda, oggi):
        return scheda.merito(oggi)

    def argomenti(self, scheda):
        return [bisogno.nome for bisogno in scheda.bisogni]

    def comuni(self, nomi):
        return nomi.punti

    def riga(self, voce, oggi):
        """The page and the sheet, as of `oggi`: a closure that is over is not said, nor a doubt to come."""
        scheda = voce.scheda
        return voce.contenuto, replace(
            scheda,
            sospeso=scheda.orario.sospeso_il(oggi),
            da_verificare_dal=scheda.da_verificare_dal if scheda.da_verificare(oggi) else None,
        )

    def oggetto(self, segnalazione):
        return f"{self.nome}, {segnalazione}"

    def bozza(self, proposta, organizzazione, **campi):
        """The body that provides it is the organisation, unless who proposed it named another."""
        nomi = {uguagliabile(organizzazione.denominazione), uguagliabile(organizzazione.nome_breve)}
        propria = not proposta.ente or uguagliabile(proposta.ente) in nomi
        erogatore = {"erogatore": organizzazione} if propria else {"erogatore_esterno": proposta.ente}
        return ServizioPage(**erogatore, **campi)

    def pubblicata(self, pagina, revisione):
        operazioni.registra_pubblicazione(pagina, revisione)

    def cambiata(self):
        operazioni.segna_da_rifare()

    def freschezza(self, oggi):
        return selettori.freschezza(oggi)

    def dovute(self, oggi, organizzazione=None):
        di_chi = organizzazione and Organizzazione.objects.filter(pk=organizzazione.pk)
        return selettori.da_confermare(oggi, di_chi)

    def che_nominano(self, oggetto):
        quali = ServizioPage.objects.filter(
            {
                Bisogno: Q(bisogni=oggetto.pk) | Q(bisogni__padre=oggetto.pk),
                FaseVita: Q(fasi=oggetto.pk),
                Lingua: Q(lingue=oggetto.pk),
                Comune: Q(luoghi__comune=oggetto.pk) | Q(tutto_il_territorio=True),
                FasciaEta: ~Q(eta_minima=None) | ~Q(eta_massima=None),
                Organizzazione: Q(erogatore=oggetto.pk),
            }[type(oggetto)]
        )
        if isinstance(oggetto, Bisogno):  # its interval may be another
            quali |= ServizioPage.objects.filter(pk__in=[servizio.pk for servizio in operazioni.aggiorna_scadenze()])
        return quali
