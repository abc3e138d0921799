"""A gesture of the admin that wants a reason; its form is `base/admin/_motivo.html`."""

from django import forms
from wagtail.admin import messages


class _MotivoForm(forms.Form):
    motivo = forms.CharField(max_length=1000)


class ConIlMotivoMixin:
    """`gesto`, called with the thing, who does it and why, is done to `oggetto`; `detto` is what is told after."""

    detto = ""

    def fai(self, request):
        modulo = _MotivoForm(request.POST)
        if not modulo.is_valid():
            messages.error(request, "Scrivi il motivo")
            return self.torna()
        self.gesto(self.oggetto, request.user, modulo.cleaned_data["motivo"])
        return self.torna(self.detto)
