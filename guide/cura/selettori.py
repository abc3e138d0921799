"""The read side of the care of the guide: what is due, what came in, how fresh each organisation keeps its entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from base.percorsi import madre, sotto
from cura.permissions import segnalazioni_visibili_a
from cura.registro import cura_di
from cura.solleciti import da_verificare_dal
from organizzazioni.models import Organizzazione, Utente

from ..models import RichiestaDiRitiro, Segnalazione, ServizioPage, SezioneGuidaPage, Verifica


@dataclass(frozen=True)
class RigaFreschezza:
    """How an organisation keeps its entries. `organizzazione` is None in the total."""

    organizzazione: Organizzazione | None
    schede: int = 0
    verificate: int = 0
    da_verificare: int = 0

    @property
    def da_confermare(self) -> int:
        return self.schede - self.verificate

    @property
    def percentuale(self) -> int | None:
        """Verified within their interval, from 0 to 100, rounded down; None without entries."""
        return 100 * self.verificate // self.schede if self.schede else None


def rapporto(oggi: date) -> tuple[RigaFreschezza, list[RigaFreschezza]]:
    """The whole guide, and each organisation with entries, the least verified first; in two queries.

    Verified: someone of the organisation, or a manager, said that it is right, and it is not due again.
    """
    per_sezione: dict[str, list[int]] = {}
    for percorso, quando, scade_il in Verifica.objects.pubblicate().values_list(
        "servizio__path", "verificata_il", "scade_il"
    ):
        conti = per_sezione.setdefault(madre(percorso), [0, 0, 0])
        conti[0] += 1
        conti[1] += quando is not None and scade_il > oggi
        conti[2] += da_verificare_dal(scade_il) <= oggi
    sezioni = SezioneGuidaPage.objects.select_related("organizzazione")
    righe = [
        RigaFreschezza(sezione.organizzazione, *per_sezione[sezione.path])
        for sezione in sezioni
        if sezione.path in per_sezione
    ]
    righe.sort(key=lambda riga: (riga.percentuale, -riga.schede, str(riga.organizzazione)))
    somme = [sum(conti) for conti in zip(*per_sezione.values(), strict=True)] or [0, 0, 0]
    return RigaFreschezza(None, *somme), righe


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
    totale, _ = rapporto(timezone.localdate())
    return {
        "totale": totale,
        "segnalazioni": Segnalazione.objects.aperte().count(),
        "ritiri": RichiestaDiRitiro.objects.aperte().count(),
    }
