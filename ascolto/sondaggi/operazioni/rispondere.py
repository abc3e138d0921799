"""Who answers. Nothing here keeps who, from where, at what time, or after whom; nothing of it is written in a log."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from base import seriali
from organizzazioni.models import Utente

from ...models import BozzaDiRisposta, Codice, ParoleDaRivedere, RispostaAlSondaggio, Sondaggio
from .. import segreti
from ..blocco import bloccato
from ..questionario import Valore, conserva, e_intera, si_chiede

CODICI_DATI = "ascolto.sondaggio_codici"
IN_TUTTO = 10_000
"""Codes of one survey."""
CONSERVA = timedelta(days=365)
"""For how long single answers are kept after a survey closed: what they say together stays."""


class SondaggioChiuso(ValidationError):
    """One cannot answer now: the message is for who tries."""


class CodiceNonValido(ValidationError):
    """This code was used, or is of no survey that is open."""


@transaction.atomic
def dai_codici(sondaggio: Sondaggio, utente: Utente, quanti: int) -> list[str]:
    """New codes: this is the only time that they can be read, since only their fingerprints are kept."""
    attuale = bloccato(sondaggio, utente, Sondaggio.Stato.APERTO)
    if not attuale.con_codici:
        raise ValidationError("A questo sondaggio si risponde senza codice")
    if not 1 <= quanti <= IN_TUTTO - attuale.codici_dati:
        raise ValidationError(f"Di questo sondaggio si possono fare ancora {IN_TUTTO - attuale.codici_dati} codici")
    nuovi = [seriali.nuovo(segreti.LUNGHEZZA) for _ in range(quanti)]
    impronte = sorted(segreti.impronta(attuale, codice) for codice in nuovi)  # not as they are printed
    Codice.objects.bulk_create(Codice(sondaggio=attuale, impronta=impronta) for impronta in impronte)
    attuale.codici_dati += quanti
    attuale.save(update_fields=["codici_dati"])
    log(instance=attuale, action=CODICI_DATI, user=utente, data={"quanti": quanti})
    return nuovi


@transaction.atomic
def consegna(
    sondaggio: Sondaggio, valori: Mapping[str, Valore], codice: str = "", chiave: uuid.UUID | None = None
) -> None:
    """Keep one answer, by question, of what is asked of who says so. With `codice` it is used: it is deleted in the
    same transaction. `chiave` is of the form that was sent, where there is no code: twice is once.

    `SondaggioChiuso`, `CodiceNonValido`; `ValidationError` for an answer that is demanded and is not there.
    """
    attuale = _che_si_risponde(sondaggio)
    chiesti: dict[str, Valore] = {}
    for una in attuale.poste:
        if si_chiede(una, chiesti):
            chiesti[una.chiave] = valori.get(una.chiave)
    obbligate = [una for una in attuale.poste if una.obbligatoria and una.chiave in chiesti]
    if not all(e_intera(una, chiesti[una.chiave]) for una in obbligate):
        raise ValidationError("Manca una risposta")
    dati = {nome: conserva(valore) for nome, valore in chiesti.items()}
    if attuale.con_codici:
        usato, _ = Codice.objects.filter(sondaggio=attuale, impronta=segreti.impronta(attuale, codice)).delete()
        if not usato:
            raise CodiceNonValido(segreti.NON_VALE)
        BozzaDiRisposta.objects.filter(impronta=segreti.impronta_della_bozza(attuale, codice)).delete()
        RispostaAlSondaggio.objects.create(sondaggio=attuale, dati=dati)
    elif chiave is None or not RispostaAlSondaggio.objects.filter(pk=chiave).exists():
        RispostaAlSondaggio.objects.create(pk=chiave or uuid.uuid4(), sondaggio=attuale, dati=dati)


@transaction.atomic
def salva_bozza_di_risposta(sondaggio: Sondaggio, codice: str, scritto: Mapping[str, list[str]]) -> None:
    """Keep what who has `codice` wrote so far, to be opened with it alone; what was kept before goes."""
    attuale = _che_si_risponde(sondaggio)
    if not segreti.vale(attuale, codice):
        raise CodiceNonValido(segreti.NON_VALE)
    BozzaDiRisposta.objects.update_or_create(
        impronta=segreti.impronta_della_bozza(attuale, codice),
        defaults={"sondaggio": attuale, "cifrata": segreti.chiudi(attuale, codice, scritto)},
    )


def _che_si_risponde(sondaggio: Sondaggio) -> Sondaggio:
    """The survey, held until the end of the transaction: who closes it waits, or who answers finds it closed."""
    attuale = Sondaggio.objects.select_for_update().get(pk=sondaggio.pk)
    if not attuale.si_risponde:
        raise SondaggioChiuso("Il sondaggio è chiuso: non si può più rispondere")
    return attuale


@transaction.atomic
def dimentica_risposte(adesso: datetime | None = None) -> int:
    """Delete the single answers of surveys that closed long ago, how many; of words, all but those that are published,
    as they are published. Their tables stay."""
    vecchi = Sondaggio.objects.filter(chiuso_il__lt=(adesso or timezone.now()) - CONSERVA)
    parole = ParoleDaRivedere.objects.filter(sondaggio__in=vecchi)
    parole.exclude(stato=ParoleDaRivedere.Stato.APPROVATO).delete()
    parole.update(testo=F("pubblico"))
    return RispostaAlSondaggio.objects.filter(sondaggio__in=vecchi).delete()[0]
