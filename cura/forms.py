"""What who writes leaves to be answered, and the answer; what an entry needs before it is sent."""

from django import forms

from base.moduli_pubblici import ModuloPubblico

NESSUN_RECAPITO = (
    "Chi legge non saprebbe come raggiungervi: scrivi telefono, e-mail o pagina web, oppure un luogo con via e "
    "orari. Se è giusto che non ci sia un recapito, scrivi qui il perché"
)


class RaggiungibileForm:
    """Mixin of the editor of a `RaggiungibileMixin`: sent for approval, or published, it says how it is reached.

    A draft may still lack it, and so may what is public already, until somebody sends it again. Each form answers
    `ha_recapito()`: whether what was typed, field by field, is a way to reach the entry.
    """

    def is_valid(self):
        valido = super().is_valid()
        if not valido or self.is_deferred_validation or "senza_recapito" not in self.fields:
            return valido
        if self.cleaned_data["senza_recapito"] or self.ha_recapito():
            return True
        self.add_error("senza_recapito", NESSUN_RECAPITO)
        return False

    def righe(self, nome):
        """What was typed in the rows called `nome`, those taken away left out."""
        righe = (form.cleaned_data for form in self.formsets[nome].forms)
        return [riga for riga in righe if riga and not riga.get("DELETE")]


def email_per_rispondere():
    """The address of who writes, if they want an answer."""
    return forms.EmailField(
        label="La tua e-mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Solo per risponderti: la cancelliamo quando la segnalazione è chiusa.",
    )


class ErroreForm(ModuloPubblico):
    """What is wrong in a published entry."""

    nome = "cura.errore"

    testo = forms.CharField(
        label="Che cosa non è giusto?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Per esempio: il telefono è cambiato, il sabato è chiuso. Non scrivere fatti personali, tuoi o di "
        "altri.",
        error_messages={"required": "Scrivi che cosa non è giusto: basta una frase"},
    )
    email = email_per_rispondere()


class PercheForm(ModuloPubblico):
    """Why an entry was useful, or was not."""

    nome = "cura.perche"

    perche = forms.CharField(
        label="Vuoi dirci perché?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Per esempio: mancava il telefono. Non scrivere fatti personali, tuoi o di altri.",
        error_messages={"required": "Scrivi perché, o chiudi la pagina: la tua risposta è già contata"},
    )


class RispostaForm(forms.Form):
    """The answer to who wrote, if they left an address."""

    risposta = forms.CharField(
        label="Risposta a chi ha scritto, se vuoi",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Parte per e-mail quando premi «Risolta»",
    )


class CorrezioneForm(forms.Form):
    """What is no longer right, in the words of who answers for it."""

    testo = forms.CharField(
        label="Che cosa è cambiato?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Per esempio: da gennaio lo sconto è del 15%, il lunedì siamo chiusi.",
        error_messages={"required": "Scrivi che cosa è cambiato: basta una frase"},
    )


class ChiediRitiroForm(forms.Form):
    """Why an entry should be taken off."""

    motivo = forms.CharField(
        label="Perché va tolta?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Per esempio: è finito, lo offre un altro ente",
        error_messages={"required": "Scrivi il motivo: serve a chi decide"},
    )


class RifiutaRitiroForm(forms.Form):
    """Why an entry stays where it is."""

    motivo = forms.CharField(
        label="Perché resta?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Scrivi il motivo: chi ha chiesto il ritiro lo deve sapere"},
    )
