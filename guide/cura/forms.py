"""What people without an account write to us."""

from django import forms

from base.moduli_pubblici import ModuloPubblico
from cura.forms import email_per_rispondere

SENZA_DATI = "Non scrivere fatti personali tuoi o di altri: qui bastano le informazioni sul servizio."


class ProblemaForm(ModuloPubblico):
    """What does not work in the site, or cannot be used."""

    nome = "guide.problema"

    pagina = forms.CharField(
        label="In quale pagina?",
        max_length=160,
        required=False,
        help_text="L'indirizzo, o come la chiami tu",
    )
    testo = forms.CharField(
        label="Che cosa non va?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Che cosa volevi fare e che cosa è successo. Se usi un lettore di schermo o altri strumenti, quali.",
        error_messages={"required": "Scrivi che cosa non va: basta una frase"},
    )
    email = email_per_rispondere()


class PropostaForm(ModuloPubblico):
    """A service that the guide has not got."""

    nome = "guide.proposta"

    servizio = forms.CharField(
        label="Come si chiama il servizio?",
        max_length=160,
        error_messages={"required": "Scrivi il nome del servizio, anche a parole tue"},
    )
    testo = forms.CharField(
        label="Che cosa fa, e per chi?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=SENZA_DATI,
        error_messages={"required": "Scrivi che cosa fa il servizio: basta una frase"},
    )
    ente = forms.CharField(label="Chi lo offre?", max_length=160, required=False, help_text="Se lo sai")
    dove = forms.CharField(label="Dove?", max_length=160, required=False, help_text="Comune, indirizzo, oppure on line")
    contatti = forms.CharField(
        label="Come si può contattare il servizio?",
        max_length=250,
        required=False,
        help_text="Telefono, e-mail o sito del servizio, non tuoi",
    )
    email = email_per_rispondere()
