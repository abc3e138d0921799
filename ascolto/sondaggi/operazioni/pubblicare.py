"""What a survey says, given to the public: proposed by the manager, approved by who wrote none of it."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ...models import Sondaggio
from ...permissions import puo_gestire_sondaggi, puo_pubblicare_sondaggio
from .. import flusso_sondaggi as flusso
from .. import notifiche, selettori
from ..blocco import bloccato, passa, passato, scritto

PROPOSTO, PUBBLICATO, RESTITUITO, RITIRATO = (
    f"ascolto.sondaggio_{gesto}" for gesto in ("proponi", "pubblica", "restituisci", "ritira")
)
Stato = Sondaggio.Stato


@transaction.atomic
def proponi_sondaggio(sondaggio: Sondaggio, utente: Utente, sintesi: str) -> Sondaggio:
    """Ask to publish the results. `ValidationError` while words wait to be read over, or when too few answered."""
    attuale = passato(sondaggio, utente, "proponi")
    if (attuale.risposte_contate or 0) < attuale.minimo:
        raise ValidationError(f"Hanno risposto meno di {attuale.minimo} persone: non c'è nulla da pubblicare")
    if restano := selettori.da_rivedere(attuale):
        raise ValidationError(f"Prima rivedi i testi: ne restano {restano}")
    attuale.sintesi, attuale.motivo = sintesi.strip(), ""
    scritto(attuale, utente)
    log(instance=attuale, action=PROPOSTO, user=utente)
    notifiche.da_approvare(attuale)
    return attuale


@transaction.atomic
def pubblica_sondaggio(sondaggio: Sondaggio, utente: Utente) -> Sondaggio:
    """Let everybody read the results."""
    attuale = _deciso(sondaggio, utente, "pubblica")
    attuale.pubblicato_il, attuale.pubblicato_da = timezone.now(), utente
    attuale.save()
    log(instance=attuale, action=PUBBLICATO, user=utente)
    return attuale


@transaction.atomic
def restituisci_sondaggio(sondaggio: Sondaggio, utente: Utente, motivo: str) -> Sondaggio:
    """Not like this: give it back to the manager, with the reason."""
    attuale = _deciso(sondaggio, utente, "restituisci", motivo)
    attuale.save()
    log(instance=attuale, action=RESTITUITO, user=utente, data={"motivo": attuale.motivo})
    return attuale


@transaction.atomic
def ritira_sondaggio(sondaggio: Sondaggio, utente: Utente, motivo: str) -> Sondaggio:
    """Take the results off the site, and with them the evidence that they gave."""
    attuale = passato(sondaggio, utente, "ritira", motivo)
    attuale.pubblicato_il = attuale.pubblicato_da = None
    attuale.save()
    alimentazione.allinea(attuale, [], chi=utente)
    log(instance=attuale, action=RITIRATO, user=utente, data={"motivo": attuale.motivo})
    return attuale


@transaction.atomic
def offri_sondaggio(sondaggio: Sondaggio, utente: Utente, criterio: int, conta: str) -> Any:
    """Give a published survey to a criterion that collects values (its key): an evidence, which waits for who approves.

    `conta` says how many: those who answered, or one cell that is shown (`selettori.che_si_contano`).
    """
    attuale = bloccato(sondaggio, utente, Stato.PUBBLICATO)
    scelto = selettori.criteri_di(attuale).filter(pk=criterio).first()
    if scelto is None:
        raise ValidationError("Questo criterio non prende un sondaggio, o il suo programma è chiuso")
    conteggi = {chiave: (detto, quanti) for chiave, detto, quanti in selettori.che_si_contano(attuale)}
    if conta not in conteggi:
        raise ValidationError("Scegli che cosa si conta")
    distretto, giorno = organizzazione_del_distretto(), attuale.giorno_di_chiusura
    if distretto is None or giorno is None:
        raise ValidationError("Di' prima qual è il Distretto, in Impostazioni › Distretto")
    detto, quanti = conteggi[conta]
    racconto = "\n\n".join(filter(None, [f"{detto}: {quanti}.", attuale.sintesi]))
    mancano = alimentazione.ostacoli(scelto, giorno, attuale.titolo, racconto, (), (distretto,), Decimal(quanti))
    if mancano:
        raise ValidationError([frase for frasi in mancano.values() for frase in frasi])
    fatto = Fatto(scelto, giorno, Decimal(quanti), (distretto,), argomento=attuale.titolo, a_parte=True)
    autori = frozenset(attuale.autori.values_list("pk", flat=True))
    evidenza = alimentazione.offri(attuale, fatto, Provenienza(distretto, attuale.titolo, racconto, autori, utente))
    if evidenza is None:
        raise ValidationError(alimentazione.perche_senza_criteri(giorno) or "Il programma non accetta evidenze")
    return evidenza


def _deciso(sondaggio: Sondaggio, utente: Utente, azione: str, motivo: str = "") -> Sondaggio:
    """The survey that waits, locked and moved by who may decide. `PermissionDenied`, also to who wrote any of it."""
    attuale = Sondaggio.objects.select_for_update(of=("self",)).get(pk=sondaggio.pk)
    if azione not in flusso.possibili(attuale.stato):
        raise ValidationError("Nessuno chiede di pubblicare questo sondaggio")
    if not puo_pubblicare_sondaggio(utente, attuale):
        perche = "Non approvi ciò che hai scritto" if puo_gestire_sondaggi(utente) else "Lo approva il Coordinamento"
        raise PermissionDenied(perche)
    passa(attuale, azione, motivo)
    return attuale
