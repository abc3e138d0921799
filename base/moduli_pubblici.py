"""Forms that anyone may send without an account: kept from robots without cookies, puzzles or third parties.

Nothing here trusts a session, so there is none to ride: in the place of Django's CSRF cookie a form carries a signed
stamp of when it was drawn. A field that people do not see catches who fills everything, the stamp who answers with an
old copy, and a count on the cache who insists. What was typed is never lost.
"""

from abc import ABC, abstractmethod

from django import forms
from django.core import signing
from django.http import HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from .limiti import Limite

DURATA = 12 * 3600
"""Seconds for which a form may stay open before it is sent."""

LIMITE, IN_TUTTO, FINESTRA = 5, 60, 3600
"""How many times one address may send the same form, and how many it is sent in all, in how many seconds."""

TRAPPOLA, TIMBRO = "conferma_indirizzo", "timbro"
SALE = "base.moduli_pubblici"


class ModuloPubblico(forms.Form):
    """A form with its stamp and its trap. `nome` tells its stamps and its count from those of other forms."""

    nome = "modulo"

    @property
    def limite(self):
        return Limite(f"modulo.{self.nome}", LIMITE, FINESTRA, IN_TUTTO)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Autofill must not fall into the trap, nor the keyboard; who finds it all the same reads what it is.
        self.fields[TRAPPOLA] = forms.CharField(
            label="Lascia vuoto questo campo",
            required=False,
            widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
        )

    @property
    def trappola(self):
        return self[TRAPPOLA]

    @property
    def campi(self):
        """The fields that people see."""
        return [campo for campo in self.visible_fields() if campo.name != TRAPPOLA]

    @property
    def timbro(self):
        """The stamp to draw the form with."""
        return signing.dumps(self.nome, salt=SALE)

    @property
    def di_un_robot(self):
        """Whether the field that people do not see was filled."""
        return bool(self.data.get(TRAPPOLA))

    def clean(self):
        dati = super().clean()
        try:
            self._esigi_timbro()
        except signing.BadSignature as errore:
            raise forms.ValidationError("Il modulo è rimasto aperto a lungo: rileggi e invia di nuovo") from errore
        return dati

    def _esigi_timbro(self):
        """Raises `BadSignature` when the stamp is missing, false or too old. A new one is as good as another: who has a
        phone that fills the form at once is no robot."""
        if signing.loads(self.data.get(TIMBRO, ""), salt=SALE, max_age=DURATA) != self.nome:
            raise signing.BadSignature


class ModuloPubblicoView(ABC, FormView):
    """Draws and receives a `ModuloPubblico`; subclasses write `registra` and say where to go after.

    A robot is thanked like anyone else, and nothing is kept.
    """

    @classmethod
    def as_view(cls, **iniziali):
        """Here and not on `dispatch`, which a subclass may write over: no cookie, no session, the stamp instead."""
        return csrf_exempt(never_cache(super().as_view(**iniziali)))

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if form.di_un_robot:
            return HttpResponseRedirect(self.get_success_url())
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form):
        if not form.limite.passa(self.request):
            form.add_error(None, "Sono arrivati molti messaggi in poco tempo: riprova tra un'ora")
            return self.render_to_response(self.get_context_data(form=form), status=429)
        self.registra(form.cleaned_data)
        return super().form_valid(form)

    @abstractmethod
    def registra(self, dati):
        """Keep what was sent."""
