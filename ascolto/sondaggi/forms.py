"""What the manager types of a survey."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from base.campi import Giorno
from base.formati.caratteri import pulito
from base.giorni import esigi_nel_calendario

from ..models import ParoleDaRivedere, Sondaggio
from . import questionario
from .questionario import DomandaPosta

PRIMO, ULTIMO = 2000, 2099
QUANTI_CODICI = 2000
"""Codes made at once."""


class SondaggioForm(forms.ModelForm):
    """A survey but for its questions; how one answers is chosen when it is new."""

    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Sondaggio
        fields = ["titolo", "anno", "pubblico", "accesso", "anonimato", "introduzione", "riservatezza", "fino_al"]
        widgets = {
            "fino_al": Giorno,
            "pubblico": forms.RadioSelect,
            "accesso": forms.RadioSelect,
            "anonimato": forms.RadioSelect,
            "introduzione": forms.Textarea(attrs={"rows": 5}),
            "riservatezza": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fino_al"].validators.append(esigi_nel_calendario)
        for nome in ("pubblico", "accesso", "anonimato"):
            campo = self.fields[nome]
            campo.choices = [scelta for scelta in campo.choices if scelta[0]]
        if self.instance.pk:
            self.fields["versione"].initial = self.instance.versione
            del self.fields["accesso"]

    def clean_anno(self):
        anno = self.cleaned_data["anno"]
        if not PRIMO <= anno <= ULTIMO:
            raise ValidationError(f"Scrivi un anno tra {PRIMO} e {ULTIMO}")
        return anno


class ScadenzaForm(forms.Form):
    fino_al = forms.DateField(label="Si risponde fino al", widget=Giorno, validators=[esigi_nel_calendario])


class DomandaForm(forms.Form):
    """One question. `madri` are those before it that have choices: it may depend on one answer to one of them."""

    testo = forms.CharField(label="Domanda", max_length=300)
    genere = forms.ChoiceField(label="Come si risponde", choices=list(questionario.GENERI.items()))
    sezione = forms.CharField(
        label="Sezione", max_length=80, required=False, help_text="Le domande della stessa sezione stanno insieme"
    )
    aiuto = forms.CharField(label="Aiuto", max_length=300, required=False)
    scelte = forms.CharField(
        label="Scelte",
        required=False,
        max_length=2000,
        help_text="Una per riga: per «una scelta», «più scelte», «griglia»",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    righe = forms.CharField(
        label="Righe della griglia",
        required=False,
        max_length=2000,
        help_text="Una per riga",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    gradini = forms.IntegerField(label="Gradini della scala", min_value=2, max_value=10, initial=5)
    dal = forms.CharField(label="Che cosa vuol dire il primo gradino", max_length=60, required=False)
    al = forms.CharField(label="Che cosa vuol dire l'ultimo", max_length=60, required=False)
    massimo = forms.IntegerField(
        label="Numero più grande", required=False, min_value=1, max_value=10**9, help_text="Di un numero, se c'è"
    )
    obbligatoria = forms.BooleanField(label="Deve avere una risposta", required=False)
    se = forms.MultipleChoiceField(
        label="Mostra solo se",
        required=False,
        help_text="Senza spunte si chiede a tutti. Di più risposte spuntate, della stessa domanda, ne basta una",
        widget=forms.CheckboxSelectMultiple,
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, sondaggio, chiave="", **kwargs):
        super().__init__(*args, **kwargs)
        self.chiave, self.sondaggio = chiave, sondaggio
        prima = []
        for una in sondaggio.poste:
            if una.chiave == chiave:
                self.prima_era = una
                break
            prima.append(una)
        else:
            self.prima_era = None
        madri = [una for una in prima if una.genere in questionario.CHE_CONDIZIONANO]
        self.fields["se"].choices = [
            (f"{una.chiave}:{posto}", f"{una.testo} → {scelta}")
            for una in madri
            for posto, scelta in enumerate(una.scelte)
        ]
        if not madri:
            del self.fields["se"]

    def clean(self):
        dati = super().clean()
        for nome in ("scelte", "righe"):
            ProhibitNullCharactersValidator()(dati.get(nome) or "")
            if any(len(riga) > 160 for riga in _per_riga(dati.get(nome))):
                self.add_error(nome, "Ogni riga ha al massimo 160 lettere")
        if len({scelta.partition(":")[0] for scelta in dati.get("se") or ()}) > 1:
            self.add_error("se", "Scegli risposte di una domanda sola")
        if not self.errors:
            for nome, perche in questionario.difetti(self.domanda).items():
                self.add_error(nome, perche[:1].upper() + perche[1:])
        return dati

    @staticmethod
    def iniziali(domanda):
        """What a form of this question begins with."""
        uguali = ("testo", "genere", "sezione", "aiuto", "gradini", "dal", "al", "massimo", "obbligatoria")
        return {
            **{nome: getattr(domanda, nome) for nome in uguali},
            "scelte": "\n".join(domanda.scelte),
            "righe": "\n".join(domanda.righe),
            "se": [f"{domanda.se}:{posto}" for posto in domanda.se_scelte],
        }

    @property
    def domanda(self):
        """The question that was typed; what does not go with how one answers is left out."""
        dati = self.cleaned_data
        genere = dati["genere"]
        se = [scelta.partition(":") for scelta in dati.get("se") or ()]
        scala, griglia = genere == questionario.SCALA, genere == questionario.GRIGLIA
        return DomandaPosta(
            self.chiave or self._nuova_chiave(),
            dati["testo"],
            genere,
            dati["sezione"],
            dati["aiuto"],
            _per_riga(dati["scelte"]) if genere in questionario.CON_SCELTE else (),
            _per_riga(dati["righe"]) if griglia else (),
            dati["gradini"],
            dati["dal"] if scala else "",
            dati["al"] if scala else "",
            dati["massimo"] if genere == questionario.NUMERO else None,
            dati["obbligatoria"],
            se[0][0] if se else "",
            tuple(int(posto) for _, _, posto in se),
            self.prima_era.altre if self.prima_era else {},
        )

    def _nuova_chiave(self):
        usate = {una.chiave for una in self.sondaggio.poste}
        return next(f"d{n}" for n in range(1, 1000) if f"d{n}" not in usate)


def _per_riga(testo):
    righe = (pulito(riga, una_riga=True) for riga in (testo or "").splitlines())
    return tuple(dict.fromkeys(riga for riga in righe if riga))


class CodiciForm(forms.Form):
    quanti = forms.IntegerField(
        label="Quanti codici",
        min_value=1,
        max_value=QUANTI_CODICI,
        help_text="Uno per persona, e qualcuno in più. Si leggono solo nel file che scarichi adesso",
    )


class TestoForm(forms.Form):
    """Whether a text is published, and how it is written then."""

    stato = forms.ChoiceField(
        label="Che cosa ne fai",
        choices=[("approvato", "Si pubblica così com'è scritto qui sotto"), ("tolto", "Non si pubblica")],
        widget=forms.RadioSelect,
    )
    pubblico = forms.CharField(
        label="Come si pubblica",
        required=False,
        max_length=2000,
        help_text="Togli nomi, luoghi, fatti da cui si capirebbe chi scrive",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def per(cls, testo: ParoleDaRivedere, *dati):
        return cls(*dati, prefix=f"t-{testo.pk}", initial={"pubblico": testo.pubblico or testo.testo})


class PropostaForm(forms.Form):
    sintesi = forms.CharField(
        label="Che cosa dicono le risposte",
        max_length=6000,
        required=False,
        help_text="Si legge sopra le tabelle, nel sito e nel report annuale",
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class OffriForm(forms.Form):
    """A criterion that collects values, and which number of the survey it gets."""

    criterio = forms.ChoiceField(label="Criterio", widget=forms.RadioSelect)
    conta = forms.ChoiceField(label="Che cosa si conta")

    def __init__(self, *args, criteri, conta, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["criterio"].choices = criteri
        self.fields["conta"].choices = [(chiave, f"{detto}: {quanti}") for chiave, detto, quanti in conta]
