"""Items of the admin's menu that say how much there is to do."""

from base.menu import VoceRiservata

from .permissions import decide
from .selettori.coda import quante_aspettano


class VoceDaApprovare(VoceRiservata):
    """The queue, with how much waits for who reads the menu."""

    def __init__(self, url, **kwargs):
        super().__init__("Da approvare", url, decide, name="da-approvare", icon_name="tasks", **kwargs)

    def render_component(self, request):
        componente = super().render_component(request)
        if quante := quante_aspettano(request.user):
            componente.label = f"{self.label} ({quante})"
        return componente
