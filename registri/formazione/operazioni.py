"""The only functions that change the manager's training: hours offered and attended follow by themselves (M9)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from wagtail.log_actions import log

from organizzazioni.models import Utente
from organizzazioni.selettori import organizzazione_del_distretto
from programma import alimentazione
from programma.alimentazione import Fatto, Provenienza

from ..blocco import Blocco
from ..models import Attestato, Corso
from ..riservati import aggiungi, dopo_togli
from . import selettori

CORSO_ELIMINATO = "registri.corso_elimina"
bloccata = Blocco("I corsi li", "questo corso")


@transaction.atomic
def salva_corso(corso: Corso, utente: Utente, versione: int | None = None) -> Corso:
    """Write a course that is offered, and whether it was attended; the criterion of its day counts it from now."""
    giorni = {corso.giorno}
    if corso.pk:
        attuale = bloccata(corso, utente, versione)
        corso.versione = attuale.versione + 1
        giorni.add(attuale.giorno)
    else:
        bloccata.esigi_che_gestisca(utente)
    corso.save()
    corso.autori.add(utente)
    _riconta(giorni, utente)
    _alimenta(corso, utente)
    return corso


def _riconta(giorni: Iterable[date], utente: Utente) -> None:
    """What is offered in the years of these days, in the criterion that has the threshold."""
    criteri = {criterio.pk: criterio for giorno in giorni if (criterio := selettori.criterio_delle_ore(giorno))}
    for criterio in criteri.values():
        alimentazione.conta_offerto(criterio, selettori.ore_offerte(criterio.programma), utente)


def _alimenta(corso: Corso, utente: Utente) -> None:
    """The hours attended as evidence, which waits for who did not write the course; none where it does not serve."""
    distretto = organizzazione_del_distretto()
    if distretto is None:
        return
    fatti = []
    if not selettori.perche_non_vale(corso):
        criterio = selettori.criterio_delle_ore(corso.giorno)
        fatti.append(Fatto(criterio, corso.giorno, corso.frequentate, argomento=corso.titolo, a_parte=True))
    autori = frozenset(corso.autori.values_list("pk", flat=True))
    racconto = f"Corso per i manager territoriali. Offerto da: {corso.ente or 'agenzia provinciale'}."
    provenienza = Provenienza(distretto, corso.titolo, racconto, autori, utente)
    alimentazione.allinea(corso, fatti, provenienza, pubblicata=True, chi=utente)


@transaction.atomic
def allega_attestato(corso: Corso, utente: Utente, file: File) -> Attestato:
    """Keep a certificate. `ValidationError`: not accepted, too many, no room on the disk."""
    attuale = bloccata(corso, utente)
    creato = aggiungi(attuale.file, file, utente)
    salva_corso(attuale, utente)
    return creato


@transaction.atomic
def togli_attestato(file: Attestato, utente: Utente) -> None:
    """Remove a certificate: where the criterion asks for one, what it proved falls."""
    attuale = bloccata(file.corso, utente)
    dopo_togli([file])
    file.delete()
    salva_corso(attuale, utente)


@transaction.atomic
def unisci_al_corso(corso: Corso, utente: Utente, chiavi: Iterable[int]) -> int:
    """Say that this evidence, given by hand, is of the course: it stays as it is, and the hours are not given again.

    `ValidationError` when the course gave its hours by itself.
    """
    attuale, chiavi = bloccata(corso, utente), set(chiavi)
    scelte = [una for una in selettori.gia_scritte(attuale) if una.pk in chiavi]
    if scelte and alimentazione.evidenze_nate_da(attuale).exists():
        raise ValidationError("Il corso ha già dato le sue ore: se è lo stesso fatto, revoca una delle due")
    attuale.gia_date.add(*scelte)
    return len(scelte)


@transaction.atomic
def elimina_corso(corso: Corso, utente: Utente) -> None:
    """Throw away a course written by mistake, that never gave evidence; one that was called off is said so instead."""
    attuale = bloccata(corso, utente)
    if alimentazione.ha_dato_evidenze(attuale) or attuale.gia_date.exists():
        raise ValidationError("Questo corso ha dato delle evidenze: se non c'è stato, segna «annullato»")
    dopo_togli(list(attuale.file.all()))
    log(instance=attuale, action=CORSO_ELIMINATO, user=utente, deleted=True)
    attuale.delete()
    _riconta({attuale.giorno}, utente)
