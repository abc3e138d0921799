"""What is typed of a collection of measures, and of what a body answers: a field for each of its questions."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from base.campi import Giorno
from base.giorni import esigi_nel_calendario

from ..models import MisureDellEnte
from ..models.misure import in_sezioni
from . import quesiti
from .quesiti import QuesitoFermo
from .selettori import RispostaDiPrima

PRIMO, ULTIMO = 2000, 2099
LA_LEGGI_ANCORA = "Segna che le risposte di prima valgono ancora, oppure cambiale"


class RilevazioneForm(forms.Form):
    anno = forms.IntegerField(label="Anno delle misure", min_value=PRIMO, max_value=ULTIMO)
    scade_il = forms.DateField(label="Rispondere entro il", widget=Giorno, validators=[esigi_nel_calendario])


class ScadenzaForm(forms.Form):
    scade_il = forms.DateField(label="Rispondere entro il", widget=Giorno, validators=[esigi_nel_calendario])


class RispostaField(forms.Field):
    """The answer to a question, read as `quesiti.leggi` does; whatever was typed stays to be corrected."""

    senza_nulli = ProhibitNullCharactersValidator()

    def __init__(self, quesito: QuesitoFermo, **kwargs):
        super().__init__(
            label=quesito.testo, required=False, help_text=_aiuto(quesito), widget=_widget(quesito), **kwargs
        )
        self.quesito = quesito

    def clean(self, value):
        for pezzo in value if isinstance(value, list) else [value or ""]:
            self.senza_nulli(pezzo)
        try:
            return quesiti.leggi(self.quesito, value or "")
        except ValueError as errore:
            raise ValidationError(str(errore)) from errore


def _aiuto(quesito):
    pezzi = [quesito.aiuto, f"Unità: {quesito.unita}" if quesito.unita and quesito.genere == quesiti.NUMERO else ""]
    return ". ".join(pezzo.rstrip(".") for pezzo in pezzi if pezzo)


def _widget(quesito):
    """A widget without a `required` of the browser: a form that is half filled in is saved too."""
    vuota = [] if quesito.obbligatorio else [("", "Non rispondo")]
    if quesito.genere == quesiti.SI_NO:
        return forms.RadioSelect(choices=[(quesiti.SI, "Sì"), (quesiti.NO, "No"), *vuota])
    if quesito.genere == quesiti.UNA:
        return forms.RadioSelect(choices=[*((scelta, scelta) for scelta in quesito.scelte), *vuota])
    if quesito.genere == quesiti.PIU:
        return forms.CheckboxSelectMultiple(choices=[(scelta, scelta) for scelta in quesito.scelte])
    if quesito.genere == quesiti.NUMERO:
        tastiera = "decimal" if quesito.decimali else "numeric"
        return forms.TextInput(attrs={"inputmode": tastiera, "autocomplete": "off", "class": "mi-numero"})
    return forms.Textarea(attrs={"rows": 4}) if quesito.genere == quesiti.LUNGO else forms.TextInput()


class MisureForm(forms.Form):
    """What a body answers. Where it has not answered yet there is what it answered before, until it says that it
    holds (`vale-…`, or `rivista` for all of it) or changes it."""

    rivista = forms.BooleanField(
        label="Ho riletto le risposte di prima: quelle che non ho cambiato valgono ancora", required=False
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, misure: MisureDellEnte, prima: dict[str, RispostaDiPrima], *args, **kwargs):
        super().__init__(*args, initial={"versione": misure.versione}, **kwargs)
        self.misure = misure
        self.prima = {chiave: una for chiave, una in prima.items() if chiave not in misure.risposte}
        self.quesiti = misure.rilevazione.quesiti
        for quesito in self.quesiti:
            era = self.prima.get(quesito.chiave)
            self.fields[_nome(quesito)] = RispostaField(
                quesito, initial=quesiti.scritto(era.valore if era else misure.valore(quesito))
            )
            if era:
                self.fields[f"vale-{quesito.chiave}"] = forms.BooleanField(label="Vale ancora", required=False)
        if not self.prima:
            del self.fields["rivista"]

    @property
    def sezioni(self):
        """Section by section, each question with its field, what it was answered before and where one says it holds."""
        return [(nome, [self._campo(quesito) for quesito in suoi]) for nome, suoi in in_sezioni(self.quesiti)]

    def _campo(self, quesito):
        era = self.prima.get(quesito.chiave)
        vale = self[f"vale-{quesito.chiave}"] if era else None
        return {"quesito": quesito, "voce": self[_nome(quesito)], "era": era, "vale": vale}

    @property
    def richiesti(self):
        """Names of the fields without which the answers are not sent."""
        return [_nome(quesito) for quesito in self.quesiti if quesito.obbligatorio]

    @property
    def da_sistemare(self):
        """What is wrong, each with the place in the page where it is: a form of many questions is long on a phone."""
        voci = [(f"domanda-{q.chiave}", q.testo, self.errors.get(_nome(q))) for q in self.quesiti]
        voci.append(("rivista", "Le risposte di prima", self.errors.get("rivista")))
        return [(dove, nome, " ".join(errori)) for dove, nome, errori in voci if errori]

    def valori(self, tutte=False):
        """By question, what is to be kept: what was read, but for what is as it was and nobody said that it holds."""
        tenuti = {}
        for quesito in self.quesiti:
            chiave, nome = quesito.chiave, _nome(quesito)
            if nome not in self.cleaned_data:  # it could not be read: what was kept before stays
                continue
            valore = self.cleaned_data[nome]
            if (tutte or not self._come_prima(quesito)) and (
                valore is not None or chiave in self.prima or chiave in self.misure.risposte
            ):
                tenuti[chiave] = valore
        return tenuti

    def _come_prima(self, quesito):
        era = self.prima.get(quesito.chiave)
        detta = self.cleaned_data.get(f"vale-{quesito.chiave}")
        return era is not None and not detta and self.cleaned_data.get(_nome(quesito)) == era.valore

    def pronta(self):
        """Whether the answers may be sent; if not, each thing that is missing is said where it is."""
        for quesito in self.quesiti:
            if quesito.obbligatorio and self.cleaned_data.get(_nome(quesito), "") is None:
                self.add_error(_nome(quesito), "Manca la risposta")
        if any(map(self._come_prima, self.quesiti)) and not self.cleaned_data.get("rivista"):
            self.add_error("rivista", LA_LEGGI_ANCORA)
        return not self.errors


def _nome(quesito: QuesitoFermo) -> str:
    return f"q-{quesito.chiave}"
