"""Who booked the events of the demonstration: each asks and confirms, as from the mail that nobody gets."""

from notizie.models import EventoPage, PostiDellEvento
from notizie.prenotazioni import operazioni
from notizie.prenotazioni.collegamenti import CONFERMA

from .fonti import leggi


def racconta_prenotazioni(mondo):
    for voce in leggi("prenotazioni"):
        evento, utente = EventoPage.objects.get(title=voce["evento"]), mondo.utenti[voce["di"]]
        posti = operazioni.salva_posti(PostiDellEvento(evento=evento, quanti=voce.get("posti")), utente)
        for posto, chi in enumerate(voce.get("persone", []), 1):
            email = f"prenotato{posto:02d}@example.org"
            operazioni.chiedi(posti, chi["nome"], email, chi.get("ente", ""))
            una = posti.prenotazioni.get(email=email)
            operazioni.conferma(CONFERMA.apri(CONFERMA.gettone(una.pk, stato=una.stato_del_collegamento)))
        if "presenti" in voce:
            operazioni.scrivi_presenti(posti, utente, *voce["presenti"])
