"""Forms about people, and the words that go with a decision on a page."""

from django import forms

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazioni"].queryset = Organizzazione.objects.attive()


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
