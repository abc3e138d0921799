"""The panels of a referent's home: what to do, what is asked, what was decided."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from .selettori import referente


class PannelloReferente(Component):
    """A panel of the home: a template, and a function of the person that gives it its data."""

    def get_context_data(self, parent_context):
        return self.dati(parent_context["request"].user)


class AzioniRapide(PannelloReferente):
    """The two things one comes for, once what waits is read: give an evidence, write something."""

    name, order = "azioni_rapide", 98
    template_name = "programma/admin/home/azioni_rapide.html"

    def dati(self, utente):
        scritture = [
            {
                "invito": modello.invito or f"Aggiungi: {modello._meta.verbose_name}",
                "organizzazione": sezione.organizzazione,
                "url": reverse("wagtailadmin_pages:add", args=[*modello._meta.label_lower.split("."), sezione.pk])
                + f"?next={reverse('wagtailadmin_home')}",
            }
            for modello, sezione in referente.da_scrivere(utente)
        ]
        return {"scritture": scritture, "di_chi": len({voce["organizzazione"].pk for voce in scritture}) > 1}


class DaFare(PannelloReferente):
    """What came back with a reason, then the drafts."""

    name, order = "da_fare", 92
    template_name = "programma/admin/home/da_fare.html"

    def dati(self, utente):
        return {"evidenze": referente.evidenze_da_fare(utente), "pagine": referente.pagine_da_fare(utente)}


class MieAzioni(PannelloReferente):
    """Each action that one's organisation leads or takes part in: asked, given, missing, until when."""

    name, order = "mie_azioni", 150
    template_name = "programma/admin/home/mie_azioni.html"

    def dati(self, utente):
        return {"anni": referente.le_mie_azioni(utente)}


class InAttesa(PannelloReferente):
    """What one sent and nobody decided yet."""

    name, order = "in_attesa", 200
    template_name = "programma/admin/home/in_attesa.html"

    def dati(self, utente):
        evidenze, stati = referente.in_attesa_di_decisione(utente)
        return {"evidenze": evidenze, "stati": stati}


class UltimeDecisioni(PannelloReferente):
    """What was decided lately, and why."""

    name, order = "ultime_decisioni", 250
    template_name = "programma/admin/home/ultime_decisioni.html"

    def dati(self, utente):
        return {"passaggi": referente.ultime_decisioni(utente)}


PANNELLI_REFERENTE = (DaFare, AzioniRapide, MieAzioni, InAttesa, UltimeDecisioni)
