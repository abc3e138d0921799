"""Evidence that says again what other evidence has said: noticed while writing, at the import and by who decides."""

from collections.abc import Collection, Sequence
from decimal import Decimal

from ..collegamenti import chiave, e_accettato
from ..models import Criterio, Evidenza
from ..parole_uguali import impronta


def doppioni_di(evidenza: Evidenza) -> list[Evidenza]:
    """The evidence, sent already, that may be `evidenza` said before; empty while it has neither title nor day.

    Of the same body or for a same criterion: the same day with the same words, or the same link for a same criterion.
    What was born from the same content is not a second time: it serves another criterion.
    """
    criteri = {criterio.pk for criterio in evidenza.criteri.all()}
    parole, link = impronta(evidenza.titolo), {chiave(indirizzo) for indirizzo in evidenza.link}
    trovate = []
    for altra in Evidenza.objects.accanto_a(evidenza, criteri):
        stesse_parole = bool(parole) and altra.data == evidenza.data and impronta(altra.titolo) == parole
        stesso_criterio = bool(criteri & {criterio.pk for criterio in altra.criteri.all()})
        stesso_link = stesso_criterio and bool(link & {chiave(indirizzo) for indirizzo in altra.link})
        if stesse_parole or stesso_link:
            trovate.append(altra)
    return trovate


def e_la_stessa_detta_da_altri(nuova: Evidenza, altra: Evidenza) -> bool:
    """Whether two of the same day and words, but of other bodies or criteria, are one fact: topic and links agree."""
    link, suoi = ({chiave(indirizzo) for indirizzo in una.link} for una in (nuova, altra))
    altri_link = bool(link and suoi and not link & suoi)
    return impronta(nuova.argomento) == impronta(altra.argomento) and not altri_link


def stessa_quantita(nuova: Evidenza, altra: Evidenza) -> bool:
    """Whether both declare as many units."""
    return Decimal(nuova.quantita_dichiarata) == Decimal(altra.quantita_dichiarata)


def evidenza_con_gli_stessi_link(criteri: Sequence[Criterio], link: Collection[str]) -> Evidenza | None:
    """The evidence that gave all these links already for a criterion that counts them, the only one of `criteri`."""
    if len(criteri) != 1 or not criteri[0].conta_link:
        return None
    chiavi = {chiave(indirizzo) for indirizzo in link if e_accettato(indirizzo, criteri[0].siti)}
    for altra in Evidenza.objects.che_contano_per(criteri) if chiavi else ():
        if chiavi <= {chiave(indirizzo) for indirizzo in altra.link}:
            return altra
    return None
