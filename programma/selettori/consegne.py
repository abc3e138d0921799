"""What the programme leaves open to who takes over a role."""

from django.urls import reverse
from django.utils import timezone

from organizzazioni.consegne import Pendenza
from organizzazioni.models import Utente

from ..models import ProgrammaPage
from ..permissions import decide, puo_gestire_programma
from .coda import quante_aspettano
from .dovuti import anni_da_fare
from .referente import evidenze_da_fare, pagine_da_fare


def aperto_a(utente: Utente) -> list[Pendenza]:
    """The queue, what is half written, the years with what they still ask."""
    aperti = []
    if decide(utente) and (quante := quante_aspettano(utente)):
        aperti.append(Pendenza(f"Aspettano una decisione: {quante}", reverse("programma:coda")))
    if quante := len(evidenze_da_fare(utente)) + len(pagine_da_fare(utente)):
        aperti.append(Pendenza(f"Bozze, e cose restituite da correggere: {quante}", reverse("wagtailadmin_home")))
    if not puo_gestire_programma(utente):
        return aperti
    for anno in anni_da_fare(timezone.localdate()):
        dove = reverse("programma:lavoro", args=[anno.programma.pk])
        stato = anno.programma.get_stato_display().lower()
        detto = f"Programma {anno.programma.anno} ({stato}): azioni e compiti incompleti, {len(anno.dovuti)}"
        aperti.append(Pendenza(detto, dove))
    for programma in ProgrammaPage.objects.aperti():
        if programma.scadenza < timezone.localdate() and not programma.in_attesa_dell_atto:
            dove = reverse("programma:stato_programma", args=[programma.pk, "chiudi"])
            aperti.append(Pendenza(f"Programma {programma.anno}: il termine è passato, va chiuso", dove))
    return aperti
