"""What who writes leaves to be answered, and the answer."""

from django import forms


def email_per_rispondere():
    """The address of who writes, if they want an answer."""
    return forms.EmailField(
        label="La tua e-mail",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Solo per risponderti: la cancelliamo quando la segnalazione è chiusa.",
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
