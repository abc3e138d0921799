"""What is asked of who reads or sends the list of members."""

from datetime import date

from django import forms
from django.core.validators import validate_email
from django.utils import timezone

from base.campi import Giorno
from organizzazioni.models import Utente
from organizzazioni.operazioni import ACS

PRIMO_GIORNO = date(2000, 1, 1)


class GiornoForm(forms.Form):
    """On which day the list is read; today when it is not said."""

    al = forms.DateField(label="Aderenti al", required=False, widget=Giorno)

    def clean_al(self):
        giorno = self.cleaned_data["al"] or timezone.localdate()
        if not PRIMO_GIORNO <= giorno <= timezone.localdate():
            raise forms.ValidationError("Scrivi un giorno che non sia nel futuro: domani l'elenco può cambiare")
        return giorno


class InvioForm(GiornoForm):
    """To whom it goes: one address for each line, at first those of the agency's people."""

    destinatari = forms.CharField(
        label="A chi", widget=forms.Textarea(attrs={"rows": 4}), help_text="Un indirizzo per riga", max_length=4000
    )
    nota = forms.CharField(label="Nota", required=False, max_length=300, help_text="Resta con l'invio, e va nella mail")

    def clean_destinatari(self):
        righe = [riga.strip() for riga in self.cleaned_data["destinatari"].replace(",", "\n").splitlines()]
        indirizzi = [riga for riga in righe if riga]
        for indirizzo in indirizzi:
            try:
                validate_email(indirizzo)
            except forms.ValidationError:
                raise forms.ValidationError(f"«{indirizzo[:80]}» non è un indirizzo e-mail") from None
        return indirizzi

    @staticmethod
    def della_agenzia() -> str:
        """The addresses of the agency's people who sign in."""
        persone = Utente.objects.filter(is_active=True, groups__name=ACS).exclude(email="")
        return "\n".join(persone.order_by("email").values_list("email", flat=True))
