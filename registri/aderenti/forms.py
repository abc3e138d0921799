"""What is typed of an entry or an exit."""

from django import forms

from base.campi import Giorno, SceltaField
from base.giorni import esigi_nel_calendario
from organizzazioni.models import Organizzazione

from .movimenti import COSE, VERSI


class MovimentoForm(forms.Form):
    organizzazione = SceltaField(
        label="Organizzazione", empty_label=None, help_text="Se non c'è ancora, prima si aggiunge in Organizzazioni"
    )
    cosa = forms.ChoiceField(label="Che cosa", choices=list(COSE.items()))
    verso = forms.ChoiceField(
        label="Comincia o finisce",
        choices=[(chiave, nome.capitalize()) for chiave, nome in VERSI.items()],
        help_text="Un'adesione che comincia è un'iscrizione, una che finisce è una cancellazione",
    )
    giorno = forms.DateField(
        label="Giorno",
        widget=Giorno,
        validators=[esigi_nel_calendario],
        help_text="Il primo, di ciò che comincia; l'ultimo, di ciò che finisce",
    )
    atto = forms.CharField(
        label="Atto", required=False, max_length=200, help_text="Per esempio: richiesta prot. 123, delibera n. 4"
    )
    atto_del = forms.DateField(label="Atto del", required=False, widget=Giorno, validators=[esigi_nel_calendario])
    file = forms.FileField(label="File dell'atto", required=False, widget=forms.FileInput)
    corregge = forms.BooleanField(
        label="Corregge una data sbagliata", required=False, help_text="Gli elenchi dei giorni passati non cambiano"
    )
    motivo = forms.CharField(label="Motivo", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazione"].queryset = Organizzazione.objects.exclude(distretto__isnull=False)
