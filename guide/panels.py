"""Panels of the editor."""

from wagtail.admin.panels import MultiFieldPanel, Panel

from base.contesti import risposta

from . import completezza


class CompletezzaPanel(Panel):
    """Why the entry was sent back, and the questions of a family that it, as it was last saved, does not answer."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guide/admin/completezza.html"

        def get_context_data(self, parent_context=None):
            ha = risposta(self.instance, "dotazione")(self.instance)
            stato = self.instance.current_workflow_state if self.instance.pk else None
            return {
                **super().get_context_data(parent_context),
                "nuova": self.instance.pk is None,
                "restituita": stato.current_task_state if stato and stato.status == stato.STATUS_NEEDS_CHANGES else "",
                "mancanze": completezza.mancanze(ha),
                "percentuale": completezza.percentuale(ha),
            }


class EstatePanel(MultiFieldPanel):
    """The weeks of a summer service, and the way to fill many of them at once."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "guide/admin/pannello_estate.html"
