"""What partners and people without an account write about conventions, and the words that go with the answers."""

from django import forms

from base.moduli_pubblici import ModuloPubblico
from cura.forms import email_per_rispondere
from organizzazioni.forms import SezioneForm

from ..models import Categoria


class PropostaForm(ModuloPubblico):
    """A convention that is not there yet."""

    nome = "convenzioni.proposta"

    partner = forms.CharField(
        label="Con chi?",
        max_length=160,
        help_text="Il nome del negozio, dello studio, della palestra",
        error_messages={"required": "Scrivi il nome di chi offrirebbe le condizioni"},
    )
    categoria = forms.ModelChoiceField(
        label="Di che cosa si occupa?",
        queryset=Categoria.objects.all(),
        required=False,
        empty_label="Non saprei",
    )
    testo = forms.CharField(
        label="Che cosa potrebbe offrire?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Per esempio: uno sconto sugli abbonamenti per chi lavora nel Distretto. "
        "Non scrivere fatti personali.",
        error_messages={"required": "Scrivi che cosa potrebbe offrire: basta una frase"},
    )
    dove = forms.CharField(label="Dove?", max_length=160, required=False, help_text="Comune, indirizzo, oppure on line")
    contatti = forms.CharField(
        label="Come si può contattare?",
        max_length=250,
        required=False,
        help_text="Telefono, e-mail o sito di chi offrirebbe le condizioni, non tuoi",
    )
    email = email_per_rispondere()


class RifiutoForm(ModuloPubblico):
    """A discount that was refused. It asks nothing about who writes."""

    nome = "convenzioni.rifiuto"

    testo = forms.CharField(
        label="Che cosa è successo?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Per esempio: il 3 marzo alla cassa non conoscevano la convenzione. "
        "Il tuo nome e il numero della card non servono: non scriverli.",
        error_messages={"required": "Scrivi che cosa è successo: basta una frase"},
    )
    email = email_per_rispondere()


class BozzaForm(SezioneForm):
    """Where the draft of a proposed convention is born, and under which category."""

    categoria = forms.ModelChoiceField(label="Categoria", queryset=Categoria.objects.all(), empty_label=None)
