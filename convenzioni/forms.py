"""What is said of a convention in the admin: its editor, signature and early end."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.allegati import AMMESSI, FileRifiutato, esamina
from base.campi import Giorno
from cura.forms import RaggiungibileForm
from programma.alimentazione import CollegamentoForm

from .validita import Stato

STATI = {
    Stato.PROPOSTA: "Proposta, da firmare",
    Stato.FIRMATA: "Firmata, non ancora iniziata",
    Stato.ATTIVA: "Attiva",
    Stato.SCADUTA: "Scaduta",
    Stato.CESSATA: "Cessata",
}


class FirmaForm(forms.Form):
    """The signed act. Its file is judged by content, as every file that comes in."""

    firmata_il = forms.DateField(label="Firmata il", widget=Giorno)
    protocollo = forms.CharField(label="Protocollo", max_length=60, required=False)
    firmatari = forms.CharField(
        label="Chi ha firmato",
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Enti e ruoli. Resta riservato",
    )
    email_partner = forms.EmailField(
        label="E-mail del partner",
        required=False,
        max_length=254,
        help_text="Una volta l'anno gli chiediamo se l'offerta è ancora giusta. Resta riservata; "
        "se è vuota usiamo quella della pagina",
    )
    file = forms.FileField(label="Atto firmato", required=False, help_text=f"Resta riservato. {AMMESSI}")

    accettato = None

    def clean_firmata_il(self):
        giorno = self.cleaned_data["firmata_il"]
        if giorno > timezone.localdate():
            raise ValidationError("La firma è nel futuro: registrala quando c'è")
        return giorno

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            try:
                self.accettato = esamina(file)
            except FileRifiutato as rifiuto:
                raise ValidationError(str(rifiuto)) from rifiuto
        return file or None


class CessazioneForm(forms.Form):
    dal = forms.DateField(label="Non vale più dal", widget=Giorno)
    motivo = forms.CharField(label="Motivo", max_length=200)


class ConvenzioneForm(RaggiungibileForm, CollegamentoForm):
    """The editor of a convention."""

    def ha_recapito(self):
        dati = self.cleaned_data
        luoghi = [luogo for luogo in self.righe("luoghi") if luogo["indirizzo"]]
        return bool(dati["telefono"] or dati["email"] or dati["sito"] or (luoghi and dati["orari"]))
