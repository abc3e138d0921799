"""An issue: written by managers, then sent, then proof of a criterion. Its messages are in `invio`."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.compiti import compito
from organizzazioni.models import Distretto, Utente
from programma.alimentazione import Fatto, Provenienza, allinea, criteri_alimentati

from ...models import Consegna, Iscritto, NumeroNewsletter
from ..collegamenti import completo
from ..composizione import componi, in_dati, leggi_voci, messaggio_di_prova
from ..permissions import puo_gestire_newsletter
from .rifiuti import rifiuti_nostri

NEWSLETTER_ACS = "newsletter_acs"
"""What an issue about a theme of the provincial agency feeds, in the words of the set-up file."""

PROVATA, AVVIATA, INVIATA = "notizie.prova_newsletter", "notizie.avvia_newsletter", "notizie.newsletter_inviata"
RISPEDITE = "notizie.rispedisci_dubbie"


@transaction.atomic
def scrive(numero: NumeroNewsletter, utente: Utente) -> None:
    """`utente` writes in this draft: the evidence that may be born from it is not for them to approve."""
    trattieni(numero, utente).autori.add(utente)


@transaction.atomic
def trattieni(numero: NumeroNewsletter, utente: Utente) -> NumeroNewsletter:
    """The draft as it is now, held until the transaction ends: nobody sends it while it is being saved or deleted.

    Raises `ValidationError` when it is not a draft any more.
    """
    attuale = NumeroNewsletter.objects.select_for_update().filter(pk=numero.pk).first()
    if attuale is None:
        raise ValidationError("Questo numero non c'è più")
    _esigi(attuale, utente)
    return attuale


def anteprima(numero: NumeroNewsletter):
    """The issue as it was sent, or as it would be now."""
    voci = in_dati(leggi_voci(numero)[0]) if numero.in_bozza else numero.contenuto["voci"]
    return componi(numero, voci, firma())


def firma() -> str:
    """Whose newsletter it is."""
    distretto = Distretto.objects.first()
    return str(distretto) if distretto else "Distretto Family Audit"


def invia_prova(numero: NumeroNewsletter, utente: Utente) -> None:
    """Send the draft to who asks, by the outbox."""
    _esigi(numero, utente)
    if not utente.email:
        raise ValidationError("Il tuo accesso non ha un indirizzo di posta: lo scrive chi amministra il portale")
    messaggio_di_prova(anteprima(numero), utente.email).send()
    log(instance=numero, action=PROVATA, user=utente)


@transaction.atomic
def avvia_invio(numero: NumeroNewsletter, utente: Utente) -> NumeroNewsletter:
    """Freeze the issue and prepare a delivery for each subscriber of now; the worker sends them.

    Raises `ValidationError` with everything that is missing, or when someone else has begun already.
    """
    numero = trattieni(numero, utente)
    voci, mancano = leggi_voci(numero)
    errori = [f"«{titolo}» non è pubblicata: toglila o aspetta che lo sia" for titolo in mancano]
    if not voci and not numero.parole:
        errori.append("Il numero è vuoto: scrivi qualche parola o scegli almeno una pagina")
    iscritti = list(Iscritto.objects.attivi().values_list("pk", flat=True))
    if not iscritti:
        errori.append("Non c'è nessun iscritto")
    if numero.tema_acs and _organizzazione() is None:
        errori.append("Indica l'organizzazione del Distretto in Impostazioni › Distretto: il numero vale come evidenza")
    if errori:
        raise ValidationError(errori)
    numero.stato, numero.avviato_il, numero.avviato_da = numero.Stato.IN_INVIO, timezone.now(), utente
    numero.contenuto = {"voci": in_dati(voci)}
    numero.save()
    Consegna.objects.bulk_create([Consegna(numero=numero, iscritto_id=pk) for pk in iscritti], batch_size=500)
    log(instance=numero, action=AVVIATA, user=utente, data={"iscritti": len(iscritti)})
    metti_in_coda(numero)
    return numero


@transaction.atomic
def riprendi(numero: NumeroNewsletter, utente: Utente) -> None:
    """Wake a sending that has stopped, or was held because many refused it: nobody gets it twice."""
    numero = NumeroNewsletter.objects.select_for_update().get(pk=numero.pk)
    if not puo_gestire_newsletter(utente) or numero.stato != numero.Stato.IN_INVIO:
        raise PermissionDenied("Si riprende solo un numero in invio")
    _lascia_andare(numero)
    metti_in_coda(numero)


def _lascia_andare(numero: NumeroNewsletter) -> None:
    """What was refused until now holds it no more: a person has seen it."""
    if numero.allarme_il is not None:
        numero.allarme_il, numero.rifiuti_tollerati = None, rifiuti_nostri(numero)[1]
        numero.save(update_fields=["allarme_il", "rifiuti_tollerati"])


def metti_in_coda(numero: NumeroNewsletter) -> None:
    """Hand it to the worker when the transaction commits; where tasks run at once, it is sent then."""
    transaction.on_commit(lambda: compito("notizie.newsletter.tasks.spedisci").enqueue(numero.pk))


@transaction.atomic
def rispedisci_dubbie(numero: NumeroNewsletter, utente: Utente) -> int:
    """Send again the deliveries in doubt, because a person knows that they did not arrive; how many.

    Raises `ValidationError` when there is none: someone else has said so already.
    """
    numero = NumeroNewsletter.objects.select_for_update().get(pk=numero.pk)
    if not puo_gestire_newsletter(utente) or numero.in_bozza:
        raise PermissionDenied("Si rispediscono solo i messaggi di un numero già partito")
    dubbie = numero.consegne.filter(stato=Consegna.Stato.DUBBIA).exclude(iscritto=None)
    quante = dubbie.update(stato=Consegna.Stato.ATTESA, presa_il=None, riprova_dal=None, tentativi=0)
    if not quante:
        raise ValidationError("Nessun messaggio è più in dubbio")
    numero.stato = numero.Stato.IN_INVIO
    numero.save(update_fields=["stato"])
    _lascia_andare(numero)
    log(instance=numero, action=RISPEDITE, user=utente, data={"messaggi": quante})
    metti_in_coda(numero)
    return quante


@transaction.atomic
def concludi(numero: NumeroNewsletter) -> bool:
    """Once no delivery is open the issue is sent, and proof if it has a theme; True when that happens now."""
    numero = NumeroNewsletter.objects.select_for_update().get(pk=numero.pk)
    if numero.stato != numero.Stato.IN_INVIO or numero.consegne.aperte().exists():
        return False
    prima_volta = numero.inviata_il is None  # and not after those in doubt, which change no date
    numero.stato, numero.inviata_il = numero.Stato.INVIATA, numero.inviata_il or timezone.now()
    numero.save(update_fields=["stato", "inviata_il"])
    if prima_volta:
        log(instance=numero, action=INVIATA)
    _alimenta(numero)
    return True


def _alimenta(numero):
    """Sent to someone, about a theme of the agency: one fact of the day on which it was sent.

    Nobody else approved its words, so the evidence waits; who wrote or sent the issue does not approve it.
    """
    spedite = numero.consegne.conti()[Consegna.Stato.SPEDITA]
    organizzazione = _organizzazione()
    if not numero.tema_acs or not spedite or organizzazione is None:
        return
    giorno = timezone.localdate(numero.inviata_il)
    fatti = [
        Fatto(criterio, giorno, dove=(completo("numero", numero.pk),), argomento=numero.tema_acs, a_parte=True)
        for criterio in criteri_alimentati(NEWSLETTER_ACS, giorno)
    ]
    autori = {*numero.autori.values_list("pk", flat=True), numero.avviato_da_id} - {None}
    iscritti = "un iscritto" if spedite == 1 else f"{spedite} iscritti"
    allinea(
        numero,
        fatti,
        Provenienza(
            organizzazione,
            f"Newsletter: {numero.titolo}",
            f"Spedita a {iscritti}. {numero.sommario}",
            frozenset(autori),
            numero.avviato_da,
        ),
        pubblicata=True,
    )


def _organizzazione():
    distretto = Distretto.objects.exclude(organizzazione=None).select_related("organizzazione").first()
    return distretto.organizzazione if distretto else None


def _esigi(numero, utente):
    if not puo_gestire_newsletter(utente):
        raise PermissionDenied("La newsletter la scrive e la spedisce il manager")
    if not numero.in_bozza:
        raise ValidationError("Questo numero è già partito: non si cambia e non si spedisce un'altra volta")
