"""A survey from its first word until it is closed: the manager's."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from base.lingue import LINGUE
from organizzazioni.models import Utente

from ...models import BozzaDiRisposta, Codice, ParoleDaRivedere, RispostaAlSondaggio, Sondaggio
from .. import questionario, tavole
from ..blocco import bloccato, esigi_che_gestisca, passato, scritto
from ..questionario import DomandaPosta

APERTO, CHIUSO, ELIMINATO = (f"ascolto.sondaggio_{gesto}" for gesto in ("apri", "chiudi", "elimina"))
SUOI = ("titolo", "anno", "pubblico", "anonimato", "introduzione", "riservatezza", "fino_al")
"""What of a survey may be written again while nobody answers."""

ALTRE_LINGUE = {codice: nome for codice, nome in LINGUE.items() if codice != "it"}
Stato = Sondaggio.Stato


@transaction.atomic
def salva_sondaggio(sondaggio: Sondaggio, utente: Utente, versione: int | None = None) -> Sondaggio:
    """Write a new survey, or what one in preparation says. How one answers is chosen once: it is not taken again."""
    if not sondaggio.pk:
        esigi_che_gestisca(utente)
        sondaggio.save()
        sondaggio.autori.add(utente)
        return sondaggio
    attuale = bloccato(sondaggio, utente, Stato.BOZZA, versione=versione)
    if sondaggio.soglia < attuale.soglia:
        raise ValidationError({"anonimato": "L'anonimato si può solo rendere più stretto"})
    for nome in SUOI:
        setattr(attuale, nome, getattr(sondaggio, nome))
    scritto(attuale, utente)
    return attuale


@transaction.atomic
def scrivi_domanda(
    sondaggio: Sondaggio, utente: Utente, domanda: DomandaPosta, versione: int | None = None
) -> Sondaggio:
    """Add a question at the end, or write again the one with that key. `ValidationError` when it cannot be asked."""
    attuale = bloccato(sondaggio, utente, Stato.BOZZA, versione=versione)
    tutte = list(attuale.poste)
    posti = [n for n, una in enumerate(tutte) if una.chiave == domanda.chiave]
    posto = posti[0] if posti else len(tutte)
    if len(tutte) >= questionario.MASSIMO_DOMANDE and not posti:
        raise ValidationError(f"Un sondaggio ha al massimo {questionario.MASSIMO_DOMANDE} domande")
    no = questionario.perche_no(domanda, {una.chiave: una for una in tutte[:posto]})
    if no:
        raise ValidationError([perche[:1].upper() + perche[1:] for perche in no])
    return _ridomanda(attuale, utente, [*tutte[:posto], domanda, *tutte[posto + 1 :]])


@transaction.atomic
def togli_domanda(sondaggio: Sondaggio, utente: Utente, chiave: str) -> Sondaggio:
    """Take a question out. `ValidationError` while another depends on it."""
    attuale = bloccato(sondaggio, utente, Stato.BOZZA)
    if figlie := [una.testo for una in attuale.poste if una.se == chiave]:
        raise ValidationError(f"Da questa domanda dipende «{figlie[0]}»: togli prima quella, o la sua condizione")
    return _ridomanda(attuale, utente, [una for una in attuale.poste if una.chiave != chiave])


@transaction.atomic
def sposta_domanda(sondaggio: Sondaggio, utente: Utente, chiave: str, in_su: bool) -> Sondaggio:
    """One place up, or down. `ValidationError` where it would come before the one that it depends on."""
    attuale = bloccato(sondaggio, utente, Stato.BOZZA)
    tutte = list(attuale.poste)
    posto = next((n for n, una in enumerate(tutte) if una.chiave == chiave), None)
    if posto is None or not 0 <= (altro := posto + (-1 if in_su else 1)) < len(tutte):
        return attuale
    tutte[posto], tutte[altro] = tutte[altro], tutte[posto]
    dopo = {una.chiave: n for n, una in enumerate(tutte)}
    if any(una.se and dopo.get(una.se, -1) > n for n, una in enumerate(tutte)):
        raise ValidationError("Verrebbe prima della domanda da cui dipende")
    return _ridomanda(attuale, utente, tutte)


def _ridomanda(sondaggio: Sondaggio, utente: Utente, tutte: Sequence[DomandaPosta]) -> Sondaggio:
    sondaggio.domande = [questionario.in_dati(una) for una in tutte]
    scritto(sondaggio, utente)
    return Sondaggio.objects.get(pk=sondaggio.pk)


@transaction.atomic
def traduci_sondaggio(
    sondaggio: Sondaggio,
    utente: Utente,
    lingua: str,
    parole: Mapping[str, str],
    domande: Mapping[str, Mapping[str, Any]],
    versione: int | None = None,
) -> Sondaggio:
    """The same words in another language: `parole` of the survey, by field, and of each question by its key. With no
    title the language is taken away."""
    if lingua not in ALTRE_LINGUE:
        raise ValidationError("Questa lingua non c'è")
    attuale = bloccato(sondaggio, utente, Stato.BOZZA, versione=versione)
    tiene = bool(parole.get("titolo"))
    attuale.altre = {una: sue for una, sue in attuale.altre.items() if una != lingua}
    if tiene:
        attuale.altre[lingua] = dict(parole)
    tutte = []
    for una in attuale.poste:
        altre = {**una.altre, lingua: dict(domande.get(una.chiave, {}))}
        tutte.append(replace(una, altre=altre if tiene else {k: v for k, v in altre.items() if k != lingua}))
    return _ridomanda(attuale, utente, tutte)


@transaction.atomic
def apri_sondaggio(sondaggio: Sondaggio, utente: Utente) -> Sondaggio:
    """From now on one answers, and nothing of what is asked changes. `ValidationError` with all that is missing."""
    attuale = passato(sondaggio, utente, "apri")
    no = questionario.ostacoli(attuale.poste)
    oggi = timezone.localdate()
    if attuale.fino_al < oggi:
        no.append("L'ultimo giorno è già passato")
    if no:
        raise ValidationError(no)
    attuale.aperto_il = oggi
    scritto(attuale, utente)
    log(instance=attuale, action=APERTO, user=utente)
    return attuale


@transaction.atomic
def prolunga_sondaggio(sondaggio: Sondaggio, utente: Utente, fino_al) -> Sondaggio:
    """Another last day, today or later."""
    attuale = bloccato(sondaggio, utente, Stato.APERTO)
    if fino_al < timezone.localdate():
        raise ValidationError({"fino_al": "Scegli un giorno che non sia già passato"})
    attuale.fino_al = fino_al
    scritto(attuale, utente)
    return attuale


@transaction.atomic
def chiudi_sondaggio(sondaggio: Sondaggio, utente: Utente) -> Sondaggio:
    """Nobody answers any more, for good: the tables are made now, once. Codes and half answers are deleted, words are
    taken apart from the rest, and what is left is written again in an order of chance."""
    attuale = passato(sondaggio, utente, "chiudi")
    caso = random.SystemRandom()
    suoi = list(RispostaAlSondaggio.objects.filter(sondaggio=attuale).values_list("dati", flat=True))
    caso.shuffle(suoi)
    lette = [_valori(attuale, dati) for dati in suoi]
    fatte = tavole.leggi_insieme(attuale.poste, lette, attuale.soglia)
    attuale.chiuso_il = timezone.now()
    attuale.risposte_contate, attuale.risultati = len(suoi), [tavole.in_dati(una) for una in fatte]
    scritto(attuale, utente)
    for modello in (Codice, BozzaDiRisposta, RispostaAlSondaggio):
        modello.objects.filter(sondaggio=attuale).delete()
    _stacca_le_parole(attuale, suoi, {una.domanda for una in fatte if una.coperta}, caso)
    RispostaAlSondaggio.objects.bulk_create(RispostaAlSondaggio(sondaggio=attuale, dati=dati) for dati in suoi)
    log(instance=attuale, action=CHIUSO, user=utente)
    return attuale


def _valori(sondaggio: Sondaggio, dati: dict) -> dict:
    return {una.chiave: questionario.riprendi(una, dati[una.chiave]) for una in sondaggio.poste if una.chiave in dati}


def _stacca_le_parole(sondaggio: Sondaggio, dati: list[dict], coperte: set[str], caso: random.Random) -> None:
    """Take the words out of `dati`; those of a question that may be told wait, mixed, for who reads them over."""
    da_rivedere = []
    for domanda in sondaggio.poste:
        if domanda.genere in questionario.CON_PAROLE:
            testi = [parole for uno in dati if (parole := uno.pop(domanda.chiave, None))]
            if domanda.chiave not in coperte:
                da_rivedere += [ParoleDaRivedere(sondaggio=sondaggio, domanda=domanda.chiave, testo=t) for t in testi]
    caso.shuffle(da_rivedere)
    ParoleDaRivedere.objects.bulk_create(da_rivedere)


@transaction.atomic
def elimina_sondaggio(sondaggio: Sondaggio, utente: Utente) -> None:
    """Throw one away that was never opened."""
    attuale = bloccato(sondaggio, utente, Stato.BOZZA)
    log(instance=attuale, action=ELIMINATO, user=utente, deleted=True)
    attuale.delete()
