"""What is typed of a contact."""

from django import forms

from base.campi import Giorno, SceltaField
from base.giorni import esigi_nel_calendario
from organizzazioni.models import Organizzazione

from ..models import Intermediazione
from ..riunioni.forms import ModuloDelRegistro


class IntermediazioneForm(ModuloDelRegistro):
    organizzazione = SceltaField(label="Organizzazione della rete", required=False, empty_label="Nessuna")

    class Meta:
        model = Intermediazione
        fields = [
            *("genere", "giorno", "organizzazione", "altro_ente", "interlocutore"),
            *("argomento", "esito", "seguito", "entro"),
        ]
        widgets = {"giorno": Giorno, "entro": Giorno, "esito": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organizzazione"].queryset = Organizzazione.objects.exclude(distretto__isnull=False)
        for nome in ("giorno", "entro"):
            self.fields[nome].validators.append(esigi_nel_calendario)

    def clean(self):
        dati = super().clean()
        if not self.errors and not dati.get("organizzazione") and not dati.get("altro_ente"):
            self.add_error("altro_ente", "Scegli un'organizzazione della rete, o scrivi l'ente")
        if dati.get("entro") and not dati.get("seguito"):
            self.add_error("seguito", "Scrivi che cosa c'è da fare entro quel giorno")
        return dati
