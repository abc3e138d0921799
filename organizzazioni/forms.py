"""Forms about people, and the words that go with a decision on a page."""

from django import forms
from django.utils import timezone

from base.campi import Giorno
from base.giorni import esigi_nel_calendario

from .models import Organizzazione


class InvitoForm(forms.Form):
    """Who is invited, and for which organisations."""

    email = forms.EmailField(
        label="E-mail di lavoro", max_length=140, help_text="Riceve qui il collegamento per scegliere la password"
    )
    nome = forms.CharField(label="Nome", max_length=150)
    cognome = forms.CharField(label="Cognome", max_length=150)
    organizzazioni = forms.ModelMultipleChoiceField(
        label="Organizzazioni",
        queryset=Organizzazione.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Una persona può lavorare per più organizzazioni",
    )
    al = forms.DateField(
        label="Fino al",
        required=False,
        widget=Giorno,
        validators=[esigi_nel_calendario],
        help_text="Solo per chi sostituisce qualcuno: dopo quel giorno l'accesso finisce da solo",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazioni"].queryset = Organizzazione.objects.attive()

    def clean_al(self):
        al = self.cleaned_data.get("al")
        if al and al < timezone.localdate():
            raise forms.ValidationError("È già passato")
        return al


class DatiDellInvito(forms.Form):
    """Who takes a role, from which day to which."""

    email = forms.EmailField(
        label="E-mail di lavoro", max_length=140, help_text="Riceve qui il collegamento per scegliere la password"
    )
    nome = forms.CharField(label="Nome", max_length=150)
    cognome = forms.CharField(label="Cognome", max_length=150)
    dal = forms.DateField(label="Dal", widget=Giorno, help_text="Primo giorno in cui può agire")


class ConsegneForm(DatiDellInvito):
    """Who comes next."""

    al = forms.DateField(
        label="Al",
        widget=Giorno,
        required=False,
        help_text="Ultimo giorno, se l'incarico ne ha uno: poi finisce da solo",
    )
    finisce = forms.DateField(
        label="Il tuo ultimo giorno",
        widget=Giorno,
        required=False,
        help_text="Il giorno dopo non hai più il ruolo. Vuoto: per ora restate in due",
    )


class DelegaForm(DatiDellInvito):
    """Who stands in while one is away."""

    al = forms.DateField(label="Al", widget=Giorno, help_text="Ultimo giorno: poi finisce da solo")


class SpostaForm(forms.Form):
    """To which body a person moves."""

    organizzazione = forms.ModelChoiceField(
        label="Passa a",
        queryset=Organizzazione.objects.none(),
        empty_label="Scegli un'organizzazione",
        help_text="Non lavora più per questa; ciò che ha scritto resta",
    )

    def __init__(self, *args, da, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazione"].queryset = Organizzazione.objects.attive().exclude(pk=da.pk)


def proponi_la_propria(form, utente, ammesse):
    """In the field `organizzazione` of `form`: one choice is no choice, of one's own the only one is there already,
    and nobody else's is ever chosen before the person chooses it."""
    campo = form.fields["organizzazione"]
    campo.queryset, campo.empty_label = ammesse, "Scegli un'organizzazione"
    proprie = list(Organizzazione.objects.di(utente)[:2])
    if len(proprie) == 1:
        form.initial.setdefault("organizzazione", proprie[0])
    if len(scelte := ammesse[:2]) == 1:
        form.initial["organizzazione"] = scelte[0]
        campo.widget = forms.HiddenInput()


class SezioneForm(forms.Form):
    """In whose section a draft is born: the District's own, unless someone else is to keep it."""

    organizzazione = forms.ModelChoiceField(
        label="Nella sezione di",
        queryset=Organizzazione.objects.none(),
        empty_label=None,
        help_text="Le sue persone trovano la bozza tra le loro pagine, la completano e la inviano",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attive = Organizzazione.objects.attive()
        self.fields["organizzazione"].queryset = attive
        self.initial.setdefault("organizzazione", attive.filter(distretto__isnull=False).first())


class CommentoForm(forms.Form):
    """A comment for who wrote the page, if the approver has one; Wagtail's modal calls the field `comment`."""

    comment = forms.CharField(
        label="Commento per l'organizzazione, se vuoi",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RestituzioneForm(forms.Form):
    """Why a page is returned: without it nobody knows what to do."""

    comment = forms.CharField(
        label="Che cosa c'è da cambiare",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Il motivo arriva per e-mail a tutte le persone dell'organizzazione",
        error_messages={"required": "Scrivi il motivo: chi ha inviato la pagina deve sapere che cosa fare"},
    )


class AzzeraForm(forms.Form):
    """Why a second factor is taken away."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Resta nel registro. Per esempio: ha cambiato telefono, l'ho riconosciuta di persona",
        error_messages={"required": "Scrivi il motivo: resta nel registro"},
    )
