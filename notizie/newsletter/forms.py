"""What people and managers write about subscriptions."""

from django import forms

from base.moduli_pubblici import ModuloPubblico


def _email(**attributi):
    return forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Scrivi il tuo indirizzo", "invalid": "Scrivilo intero, come nome@esempio.it"},
        **attributi,
    )


class IscrizioneForm(ModuloPubblico):
    """One address, and nothing about whose it is."""

    nome = "newsletter"

    email = _email(label="La tua e-mail")


class CancellaForm(forms.Form):
    """The address of who asked the manager to be forgotten."""

    email = forms.EmailField(label="Indirizzo", max_length=254)
