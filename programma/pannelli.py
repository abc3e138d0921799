"""What the admin's home shows to who decides and to who reads everything."""

from datetime import timedelta

from django.forms import Media
from django.utils import timezone
from wagtail.admin.ui.components import Component

from organizzazioni.permissions import legge_tutto

from .models import Passaggio
from .pannelli_referente import AzioniRapide, DaFare
from .permissions import decide, puo_gestire_programma, puo_scrivere_per
from .selettori.coda import Coda
from .selettori.dovuti import anni_da_fare
from .selettori.programmi import programma_in_corso
from .selettori.punteggio import quadro_punteggio

VOCI_IN_CASA = 8
GIORNI_DI_REVOCHE = timedelta(days=30)
"""For how long the home says that something does not count any more."""


class PannelloCoda(Component):
    """What waits for the person, oldest first: the same queue for managers and Coordinamento."""

    order = 90
    template_name = "programma/admin/pannello_coda.html"
    media = Media(css={"all": ["css/gestione.css"]})

    def __init__(self, utente):
        self.coda = Coda(utente)

    def get_context_data(self, parent_context):
        return {"voci": self.coda[:VOCI_IN_CASA], "quante": len(self.coda), "altre": len(self.coda) > VOCI_IN_CASA}


class PannelloRevoche(Component):
    """What counted and does not any more: who took it away, and why."""

    name, order = "revoche", 95
    template_name = "programma/admin/home/revoche.html"

    def __init__(self, utente):
        self.utente = utente

    def get_context_data(self, parent_context):
        dal = timezone.now() - GIORNI_DI_REVOCHE
        return {"passaggi": Passaggio.objects.revoche_da_sapere(self.utente, dal)[:VOCI_IN_CASA]}


class PannelloAnno(Component):
    """What a year still asks, of whom and by when: the manager's home."""

    name, order = "anno", 94
    template_name = "programma/admin/home/anno.html"

    def __init__(self, anno):
        self.anno = anno

    def get_context_data(self, parent_context):
        return {"anno": self.anno, "dovuti": self.anno.dovuti[:VOCI_IN_CASA]}


class PannelloPunteggio(Component):
    """The programme and its score at a glance, each with the way to the whole."""

    order = 200
    template_name = "programma/admin/pannello_punteggio.html"
    media = Media(css={"all": ["css/gestione.css"]})

    def __init__(self, utente, quadri=None):
        self.utente, self.quadri = utente, quadri or {}

    def get_context_data(self, parent_context):
        programma, oggi = programma_in_corso(), timezone.localdate()
        if programma is None:
            return {}
        voci = (self.quadri.get(programma.pk) or quadro_punteggio(programma, oggi)).voci
        return {
            "programma": programma,
            "gestisce": puo_gestire_programma(self.utente),
            "giorni": (programma.scadenza - oggi).days,
            "compiti": [voce for voce in voci if voce.del_manager],
            "azioni": [voce for voce in voci if not voce.del_manager],
        }


def componi_casa(request, pannelli) -> None:
    """Replace core's panels, which speak of any page and task, with one queue and one score."""
    utente = request.user
    if not (decide(utente) or legge_tutto(utente)):
        return
    nomi_da_togliere = {"workflow_objects_to_moderate", "user_objects_in_workflow_moderation", "locked_pages"}
    pannelli[:] = [p for p in pannelli if getattr(p, "name", "") not in nomi_da_togliere]
    if decide(utente):
        pannelli += [PannelloCoda(utente), PannelloRevoche(utente)]
    if puo_scrivere_per(utente).exists():
        pannelli += [AzioniRapide(), DaFare()]
    anni = anni_da_fare(timezone.localdate()) if puo_gestire_programma(utente) else []
    pannelli += [PannelloAnno(anno) for anno in anni]
    if legge_tutto(utente):
        pannelli.append(PannelloPunteggio(utente, {anno.programma.pk: anno.quadro for anno in anni}))
