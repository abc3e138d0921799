"""Bookings of an event, for the walls."""

from django.utils import timezone

from notizie.models import PostiDellEvento, Prenotazione


def prenotata(evento, segreto):
    """A place of `evento`, of somebody whose name is `segreto`."""
    return Prenotazione.objects.create(
        posti=PostiDellEvento.objects.create(evento=evento, quanti=5),
        nome=f"{segreto} prenotata",
        email=f"{segreto.lower()}@example.org",
        ente=segreto,
        stato=Prenotazione.Stato.CONFERMATA,
        confermata_il=timezone.now(),
    )
