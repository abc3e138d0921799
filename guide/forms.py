"""Forms of the guide: the editor of an entry, and the search of the public."""

from django import forms

from base.riferimenti import PaginaForm
from cura.forms import RaggiungibileForm

ANNI, MESI = "anni", "mesi"


class EtaWidget(forms.MultiWidget):
    """A number and its unit."""

    def __init__(self, attrs=None):
        classe = {"class": "guida-eta"}
        unita = forms.Select(choices=[(ANNI, ANNI), (MESI, MESI)], attrs={"aria-label": "anni o mesi", **classe})
        super().__init__([forms.NumberInput(attrs={"min": 0, **classe}), unita], attrs)

    def get_context(self, name, value, attrs):
        """Both are called as the field is, whose label has an id of its own; the second says what it chooses too."""
        contesto = super().get_context(name, value, attrs)
        if chiave := contesto["widget"]["attrs"].get("id"):
            numero, unita = (parte["attrs"] for parte in contesto["widget"]["subwidgets"])
            numero["aria-labelledby"] = f"{chiave}-label"
            unita["aria-labelledby"] = f"{chiave}-label {unita['id']}"
        return contesto

    def decompress(self, value):
        if value is None:
            return [None, ANNI]
        return [value // 12, ANNI] if value % 12 == 0 else [value, MESI]


class EtaField(forms.MultiValueField):
    """An age written in months or in years; its value is in months."""

    widget = EtaWidget

    def __init__(self, *, max_value, **kwargs):
        numero = forms.IntegerField(min_value=0, required=False)
        unita = forms.ChoiceField(choices=[(ANNI, ANNI), (MESI, MESI)], required=False)
        super().__init__([numero, unita], require_all_fields=False, **kwargs)
        self.max_value = max_value

    def compress(self, valori):
        if not valori or valori[0] is None:
            return None
        return valori[0] * (1 if valori[1] == MESI else 12)

    def validate(self, value):
        super().validate(value)
        if value is not None and value > self.max_value:
            raise forms.ValidationError(f"Al massimo {self.max_value // 12} anni")


class ServizioForm(RaggiungibileForm, PaginaForm):
    """Groups the needs by what they belong to, and takes the writing organisation for the provider left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if bisogni := self.fields.get("bisogni"):
            gruppi = {}
            for bisogno in bisogni.queryset.di_secondo_livello():
                gruppi.setdefault(bisogno.padre.nome, []).append((bisogno.pk, bisogno.nome))
            bisogni.choices = list(gruppi.items())

    def clean(self):
        dati = super().clean()
        senza_ente = "erogatore" in self.fields and not dati.get("erogatore") and not dati.get("erogatore_esterno")
        if senza_ente and self.parent_page is not None:
            dati["erogatore"] = self.parent_page.specific.organizzazione
        return dati

    def ha_recapito(self):
        dati = self.cleaned_data
        contatti = [riga for riga in self.righe("contatti") if not riga["nascosto"]]
        quando = self.righe("orari") or dati["su_appuntamento"] or dati["note_orari"]
        luoghi = [luogo for luogo in self.righe("luoghi") if luogo["indirizzo"] and not luogo["protetto"]]
        return bool(dati["sito"] or any(r["telefono"] or r["email"] for r in contatti) or (luoghi and quando))
