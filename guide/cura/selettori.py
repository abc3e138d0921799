"""The read side of the care of the guide: what is due, what came in, how fresh each entry is."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from base.percorsi import sotto
from cura.dichiarazione import Freschezza
from cura.freschezza import rapporto
from cura.permissions import segnalazioni_visibili_a
from cura.registro import cura_di
from cura.solleciti import da_verificare_dal
from organizzazioni.models import Organizzazione, Utente

from ..models import RichiestaDiRitiro, Segnalazione, ServizioPage, SezioneGuidaPage, Verifica


def freschezza(oggi: date) -> Iterator[Freschezza]:
    """How fresh each published entry is on `oggi`, in one query.

    Verified: someone of the organisation, or a manager, said that it is right, and it is not due again.
    """
    verifiche = Verifica.objects.pubblicate().values_list("servizio__path", "verificata_il", "scade_il")
    for percorso, quando, scade_il in verifiche:
        verificata = quando is not None and scade_il > oggi
        yield Freschezza(percorso, verificata, not verificata, da_verificare_dal(scade_il) <= oggi)


def da_confermare(oggi: date, organizzazioni: Iterable[Organizzazione] | None = None) -> QuerySet:
    """What is due on `oggi`, longest first; of `organizzazioni` (a QuerySet) only, where given."""
    dovute = Verifica.objects.scadute_al(oggi).select_related("servizio", "verificata_da").order_by("scade_il", "pk")
    if organizzazioni is None:
        return dovute
    sezioni = SezioneGuidaPage.objects.filter(organizzazione__in=organizzazioni)
    return dovute.filter(sotto(sezioni.values_list("path", flat=True), "servizio__path"))


def da_fare_di(utente: Utente) -> tuple:
    """For a home: what is due of one's organisations, and the errors reported in their entries."""
    enti = Organizzazione.objects.di(utente)
    errori = (
        segnalazioni_visibili_a(utente, Segnalazione)
        .aperte()
        .filter(cura_di(ServizioPage).di(utente, "servizio__path"))
    )
    return list(da_confermare(timezone.localdate(), enti)), list(errori.select_related("servizio"))


def quadro() -> dict:
    """For the manager's home: how fresh the guide is, and what waits."""
    totale, _ = rapporto(cura_di(ServizioPage), timezone.localdate())
    return {
        "totale": totale,
        "segnalazioni": Segnalazione.objects.aperte().count(),
        "ritiri": RichiestaDiRitiro.objects.aperte().count(),
    }
