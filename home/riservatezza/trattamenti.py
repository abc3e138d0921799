"""The register of processing: which data of persons there are, why, who reads them, how long; and how old ones go.

Where a kind has its own time, the same function that writes it in the register takes it away: `dimentica_vecchi`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, PageLogEntry

from ascolto.sondaggi.operazioni import dimentica_risposte
from base.posta.operazioni import CONSERVA as CONSERVA_POSTA
from base.posta.operazioni import dimentica_vecchi as dimentica_posta
from cura.models import SegnalazioneAstratta
from cura.operazioni import dimentica_giudizi
from notizie.newsletter.operazioni import dimentica_non_confermati
from notizie.prenotazioni.collegamenti import CONFERMA as CONFERMA_PRENOTAZIONI
from notizie.prenotazioni.operazioni import dimentica_prenotazioni
from organizzazioni.models import Utente
from organizzazioni.notifiche import accesso_chiuso
from programma.operazioni import CONSERVA_SPUNTI, dimentica_spunti

MESE = timedelta(days=30.4375)


@dataclass(frozen=True)
class Trattamento:
    """One kind of data. `togli`, given the moment of now, takes away what is older than `quanto` says; how many."""

    nome: str
    dati: str
    perche: str
    chi_legge: str
    quanto: Callable[[], str]
    togli: Callable[[datetime], int] | None = None


def _mesi(quanti: int) -> str:
    return f"{quanti} mesi" if quanti % 12 else f"{quanti // 12} anni" if quanti > 12 else "un anno"


@transaction.atomic
def chiudi_inutilizzati(adesso: datetime) -> int:
    """Close the accounts that nobody used in `CONSERVA_ACCESSI` months, and tell who had them. Who manages the portal
    is left: a closed door may be opened only by one of them."""
    fermi = _senza_accessi(adesso - settings.CONSERVA_ACCESSI * MESE).filter(is_active=True, is_superuser=False)
    for persona in fermi:
        accesso_chiuso(persona)
        persona.is_active = False
        persona.save(update_fields=["is_active"])
        log(instance=persona, action="organizzazioni.chiudi_accesso", data={"motivo": "non usato"})
    return len(fermi)


def _senza_accessi(prima_di):
    return Utente.objects.filter(Q(last_login__lt=prima_di) | Q(last_login=None, date_joined__lt=prima_di))


def togli_segnalazioni(adesso: datetime) -> int:
    """Delete what visitors told us, `CONSERVA_SEGNALAZIONI` months after it was closed."""
    limite = adesso - settings.CONSERVA_SEGNALAZIONI * MESE
    return sum(
        modello.objects.filter(stato=modello.Stato.RISOLTA, risolta_il__lt=limite).delete()[0]
        for modello in apps.get_models()
        if issubclass(modello, SegnalazioneAstratta)
    )


def togli_dal_registro(adesso: datetime) -> int:
    """Delete what Wagtail's log says of more than `CONSERVA_REGISTRO` months ago. Decisions are not in it."""
    limite = adesso - settings.CONSERVA_REGISTRO * MESE
    return sum(modello.objects.filter(timestamp__lt=limite).delete()[0] for modello in (PageLogEntry, ModelLogEntry))


def togli_sessioni(adesso: datetime) -> int:
    sessioni = SessionStore.get_model_class().objects.filter(expire_date__lt=adesso)
    return sessioni.delete()[0]


TRATTAMENTI = [
    Trattamento(
        "Accessi",
        "Nome, cognome, e-mail di lavoro, organizzazioni, ultimo accesso; il secondo fattore, cifrato",
        "Sapere chi scrive e chi decide, e scrivergli",
        "Chi amministra; il manager per le persone delle organizzazioni",
        lambda: f"chiusi dopo {_mesi(settings.CONSERVA_ACCESSI)} senza entrare; poi «Rendi anonima»",
        chiudi_inutilizzati,
    ),
    Trattamento(
        "Incarichi",
        "Chi ha avuto un ruolo, da quando a quando, e chi l'ha dato",
        "Sapere chi poteva decidere, in ogni giorno",
        "Chi ha lo stesso ruolo",
        lambda: "quanto le decisioni",
    ),
    Trattamento(
        "Sessioni",
        "Che un browser è entrato con un accesso",
        "Non chiedere la password a ogni pagina",
        "Nessuno",
        lambda: f"{settings.SESSION_COOKIE_AGE // 86400} giorni",
        togli_sessioni,
    ),
    Trattamento(
        "Evidenze e decisioni",
        "Chi ha scritto, inviato, deciso; le persone coinvolte, se chi scrive le nomina; gli allegati",
        "L'atto chiede la prova di ciò che è stato fatto e il punteggio che ne segue",
        "La sua organizzazione, manager, Coordinamento, Agenzia",
        lambda: "quanto il programma che provano; un nome si toglie con «Cerca una persona»",
    ),
    Trattamento(
        "Riunioni",
        "Nome, e-mail, ente e ruolo di chi è invitato o viene, anche senza accesso; verbale, foglio firme",
        "Convocare, e provare le riunioni che l'atto conta",
        "Manager, Coordinamento, Agenzia; di ogni organizzazione invitata, i nomi delle sue persone",
        lambda: "quanto il programma che provano; un nome si toglie con «Cerca una persona»",
    ),
    Trattamento(
        "Iscrizioni e cancellazioni",
        "Gli atti di adesione di ogni ente, con il loro file: possono nominare chi li firma",
        "Provare chi è aderente e da quando",
        "Manager, Coordinamento, Agenzia",
        lambda: "quanto l'elenco degli aderenti, che è la storia della rete",
    ),
    Trattamento(
        "Formazione del manager",
        "I corsi frequentati dal manager, le ore, gli attestati",
        "Provare la formazione che l'atto conta",
        "Manager, Coordinamento, Agenzia",
        lambda: "quanto il programma che provano; un attestato si toglie dal corso",
    ),
    Trattamento(
        "Intermediazione del manager",
        "Contatti con enti, e ciò che gli aderenti riferiscono: il testo può nominare persone",
        "Il lavoro di rete del manager",
        "Il manager soltanto",
        lambda: "finché il manager non elimina la riga",
    ),
    Trattamento(
        "Misure delle organizzazioni",
        "Ciò che ogni organizzazione risponde una volta l'anno, in numeri e parole; chi ha scritto e inviato",
        "Sapere quali misure ci sono, e scriverlo nel report annuale",
        "La sua organizzazione, Manager, Coordinamento, Agenzia; gli aderenti soltanto l'insieme, mai un ente solo",
        lambda: "quanto i report che le riportano; un nome si toglie con «Cerca una persona»",
    ),
    Trattamento(
        "Sondaggi",
        "Ciò che risponde qualcuno di cui non si tiene nulla, né nome né ora. Un testo può nominare persone",
        "Sapere che cosa serve a famiglie, chi lavora, aziende ed enti",
        "Nessuno legge le risposte una per una; chiuso, l'insieme di almeno cinque persone lo legge chi lo pubblica",
        lambda: (
            "codici non usati e risposte a metà finché è aperto; le risposte, senza testi, un anno dopo; tabelle e "
            "testi pubblicati quanto il report che li riporta"
        ),
        dimentica_risposte,
    ),
    Trattamento(
        "Consultazioni",
        "Enti sentiti, e i bisogni con le loro parole, che possono nominare persone; chi c'era lo dice la riunione",
        "Sapere che cosa serve, e provare la consultazione che l'atto chiede",
        "Manager, Coordinamento, Agenzia, chi guida l'azione; il pubblico solo numeri e parole rilette",
        lambda: "quanto il programma che provano; un nome si toglie con «Cerca una persona»",
    ),
    Trattamento(
        "Progetti condivisi",
        "Enti e loro parte; descrizione, risultato e file possono nominare persone",
        "Provare i progetti che l'atto conta",
        "Manager, Coordinamento, Agenzia; il progetto senza i file, chi agisce per un ente che ne è parte",
        lambda: "quanto il programma che provano; un nome si toglie con «Cerca una persona»",
    ),
    Trattamento(
        "Pacchetti di un anno",
        "Ciò che dicono le evidenze di un anno e i loro file, com'erano quando il pacchetto fu fatto",
        "Dare all'Agenzia le prove di un anno",
        "Manager, Coordinamento, Agenzia",
        lambda: "quanto il programma; un nome tolto resta nei pacchetti già fatti",
    ),
    Trattamento(
        "Documenti definitivi",
        "Le evidenze di un anno e ciò che il manager ne scrive, com'erano quando il documento fu reso definitivo",
        "Rendere conto di un anno; la versione pubblica non ha le persone coinvolte",
        "Manager, Coordinamento, Agenzia; il pubblico ciò che il manager pubblica",
        lambda: "quanto il programma; un nome tolto resta nelle versioni già definitive",
    ),
    Trattamento(
        "Registro delle azioni",
        "Chi ha modificato, pubblicato, invitato, e quando",
        "Ricostruire che cosa è successo",
        "Manager e chi amministra",
        lambda: _mesi(settings.CONSERVA_REGISTRO),
        togli_dal_registro,
    ),
    Trattamento(
        "Segnalazioni e proposte",
        "Ciò che scrive chi non ha un accesso; la sua e-mail, se la lascia",
        "Correggere schede e convenzioni, e rispondere",
        "Manager; della scheda, chi la cura",
        lambda: f"l'e-mail finché non è risolta; il testo {_mesi(settings.CONSERVA_SEGNALAZIONI)} dopo",
        togli_segnalazioni,
    ),
    Trattamento(
        "Giudizi sulle pagine",
        "Se una scheda o una convenzione è stata utile, e perché, senza sapere di chi: il testo può nominare persone",
        "Sapere che cosa manca a chi legge",
        "Manager; della scheda, chi la cura",
        lambda: "un anno",
        lambda adesso: dimentica_giudizi(timezone.localdate(adesso)),
    ),
    Trattamento(
        "Newsletter",
        "L'indirizzo e la versione del consenso, senza nome",
        "Mandare i numeri a chi li ha chiesti",
        "Il manager ne vede il numero",
        lambda: "fino alla cancellazione, con un clic; se non confermata, 3 giorni",
        lambda adesso: dimentica_non_confermati(),
    ),
    Trattamento(
        "Prenotazioni degli eventi",
        "Nome, e-mail, organizzazione di chi prenota un posto, e la versione del consenso",
        "Tenergli il posto, ricordarglielo, avvisarlo se l'evento cambia",
        "L'organizzazione dell'evento e il manager",
        lambda: (
            "i giorni dopo l'evento che dice chi lo organizza, di solito 30; subito se disdice; "
            f"se non confermata, {CONFERMA_PRENOTAZIONI.giorni} giorni"
        ),
        dimentica_prenotazioni,
    ),
    Trattamento(
        "Avvisi e calendario",
        "Se una persona vuole il riassunto della settimana, l'ultimo partito, l'indirizzo segreto del calendario",
        "Ricordarle che cosa deve fare",
        "Solo lei",
        lambda: "quanto l'accesso; l'indirizzo finché lo toglie",
    ),
    Trattamento(
        "Mail e cose in mano",
        "Testo e file di una mail inoltrata al portale, o condivisi dal telefono, finché non sono una bozza; che la "
        "mail è arrivata; l'indirizzo segreto. Di chi non si conosce resta la mail, nella casella, e nessuna risposta",
        "Farne una bozza di evidenza, una volta",
        "Solo chi l'ha mandata; la casella, chi gestisce il server",
        lambda: f"{CONSERVA_SPUNTI.days} giorni; l'indirizzo finché lo toglie",
        dimentica_spunti,
    ),
    Trattamento(
        "Posta in uscita",
        "Indirizzo e testo di un messaggio che non è ancora partito",
        "Spedirlo",
        "Il manager, senza gli indirizzi di chi non ha un accesso",
        lambda: f"finché parte; se non parte, {CONSERVA_POSTA.days} giorni",
        lambda adesso: dimentica_posta(),
    ),
    Trattamento(
        "Card",
        "Un numero, senza sapere di chi",
        "Riconoscere chi ha diritto alle convenzioni",
        "L'organizzazione che la dà",
        lambda: "quanto il lotto",
    ),
    Trattamento(
        "Limiti",
        "Un'impronta dell'indirizzo di rete o del nome, che non si rilegge",
        "Fermare chi prova le password o riempie i moduli",
        "Nessuno",
        lambda: "da mezz'ora a un giorno",
    ),
]


def dimentica_vecchi(adesso: datetime | None = None) -> dict[str, int]:
    """Take away what is older than the register says; how many of each kind. It may be called at any time."""
    adesso = adesso or timezone.now()
    return {kind.nome: kind.togli(adesso) for kind in TRATTAMENTI if kind.togli is not None}
