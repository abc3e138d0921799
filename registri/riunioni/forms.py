"""What is typed of a meeting. Rows are plain: a key that is not of the meeting is a new row, or nothing."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory

from base.campi import Giorno, RigheField, SceltaField
from base.chiavi import chiavi_in
from base.formati.caratteri import pulito
from base.giorni import esigi_nel_calendario
from organizzazioni.models import Organizzazione

from ..models import FileDellaRiunione, Partecipante, Riunione, TipoRiunione
from ..models.riunioni import RUOLI
from .importazione import BYTE_MASSIMO

VUOTE = 3
"""Empty rows under those that are there."""
RIGHE_MASSIMO = 300
"""More rows are refused: to show thousands of them takes half a minute."""
NOMI_IN_PIU = 40


class OraDelGiorno(forms.TimeInput):
    """A time of the day, as the browser asks for it."""

    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class ModuloDelRegistro(forms.ModelForm):
    """The form of what carries a version and, while it is still to be written, a key: sent twice it makes one."""

    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["versione"].initial = self.instance.versione
            del self.fields["chiave"]
        else:
            self.fields["chiave"].initial = self.instance.chiave

    def clean(self):
        dati = super().clean()
        if dati.get("chiave"):
            self.instance.chiave = dati["chiave"]
        return dati


class RiunioneForm(ModuloDelRegistro):
    tipo = SceltaField(label="Tipo", empty_label=None)
    sede = SceltaField(
        label="Sede",
        required=False,
        empty_label="Nessuna in particolare",
        help_text="L'organizzazione che ospita: è proposta quella che non ospita da più tempo",
    )

    class Meta:
        model = Riunione
        fields = ["tipo", "titolo", "giorno", "dalle", "alle", "sede", "luogo", "ordine_del_giorno"]
        widgets = {
            "giorno": Giorno,
            "dalle": OraDelGiorno,
            "alle": OraDelGiorno,
            "ordine_del_giorno": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tipo"].queryset = TipoRiunione.objects.all()
        self.fields["sede"].queryset = Organizzazione.objects.exclude(distretto__isnull=False)
        self.fields["giorno"].validators.append(esigi_nel_calendario)

    def clean(self):
        dati = super().clean()
        dalle, alle = dati.get("dalle"), dati.get("alle")
        if alle and not dalle:
            self.add_error("dalle", "Scrivi anche l'ora d'inizio")
        elif alle and alle <= dalle:
            self.add_error("alle", "La riunione finisce dopo l'inizio")
        return dati


class Riga(forms.Form):
    """A row that is there (`riga` is its key), or a new one when something is written in it."""

    riga = forms.CharField(required=False, widget=forms.HiddenInput)
    togli = forms.BooleanField(label="Togli", required=False)
    prima = ""
    """The field without which an empty row is nothing."""

    def __init__(self, *args, enti=(), ci_sono=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.ci_sono = ci_sono or {}
        self.enti = {str(ente.pk): ente for ente in enti}
        self.fields["organizzazione"].choices = [("", "Nessuna"), *((k, str(e)) for k, e in self.enti.items())]

    @property
    def nome_della_riga(self):
        return self.initial.get(self.prima, "")

    def c_e(self, dati):
        """Whether there is anything to keep."""
        return bool(dati.get(self.prima))

    @property
    def chiave(self):
        """The key of the row that this one writes, None for a new one."""
        chiavi = chiavi_in([self.cleaned_data.get("riga", "")])
        return chiavi[0] if chiavi and chiavi[0] in self.ci_sono else None

    def clean(self):
        dati = super().clean()
        if self.has_changed() and not dati.get("togli") and not self.c_e(dati) and self.prima not in self.errors:
            self.add_error(self.prima, "Scrivilo, o segna «Togli»")
        return dati

    def oggetto(self, modello):
        """The row as it was written; None where there is nothing to keep."""
        dati = self.cleaned_data
        if not self.c_e(dati) or dati.get("togli"):
            return None
        uno = self.ci_sono.get(self.chiave) or modello()
        for campo in self.campi:
            setattr(uno, campo, dati[campo])
        uno.organizzazione = self.enti.get(dati["organizzazione"])
        return uno


class InvitatoForm(Riga):
    prima, campi = "nome", ("nome", "email", "altro_ente", "ruolo")

    nome = forms.CharField(label="Nome e cognome", max_length=120, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    organizzazione = forms.ChoiceField(label="Organizzazione della rete", required=False)
    altro_ente = forms.CharField(label="Altro ente", max_length=200, required=False)
    ruolo = forms.ChoiceField(label="Ruolo nel Distretto", choices=[("", "Nessuno"), *RUOLI.choices], required=False)


class SeguitoForm(Riga):
    prima, campi = "che_cosa", ("che_cosa", "responsabile", "entro")

    che_cosa = forms.CharField(label="Che cosa c'è da fare", max_length=300, required=False)
    responsabile = forms.CharField(label="Chi", max_length=120, required=False)
    organizzazione = forms.ChoiceField(label="Per chi", required=False)
    entro = forms.DateField(label="Entro il", required=False, widget=Giorno, validators=[esigi_nel_calendario])


def fabbrica_di_righe(modulo):
    """Makes many of `modulo`: of so many rows that a page can show, whatever number is sent."""
    return formset_factory(modulo, extra=VUOTE, max_num=RIGHE_MASSIMO, absolute_max=RIGHE_MASSIMO)


_Invitati = fabbrica_di_righe(InvitatoForm)
_Seguiti = fabbrica_di_righe(SeguitoForm)


def righe_di(fabbrica, modulo, oggetti, dati):
    """The rows of `oggetti`, and empty ones; `modulo` is the form of one, `fabbrica` makes many."""
    ci_sono = {uno.pk: uno for uno in oggetti}
    iniziali = [
        {
            "riga": uno.pk,
            "organizzazione": str(uno.organizzazione_id or ""),
            **{campo: getattr(uno, campo) for campo in modulo.campi},
        }
        for uno in oggetti
    ]
    enti = list(Organizzazione.objects.exclude(distretto__isnull=False).order_by("denominazione"))
    return fabbrica(dati, initial=iniziali, prefix="righe", form_kwargs={"enti": enti, "ci_sono": ci_sono})


def righe_degli_invitati(riunione, dati=None):
    return righe_di(_Invitati, InvitatoForm, riunione.partecipanti.all(), dati)


def righe_dei_seguiti(riunione, dati=None):
    return righe_di(_Seguiti, SeguitoForm, riunione.seguiti.all(), dati)


def lette(righe, modello):
    """What the rows say: those to be written, and the keys of those to be taken off."""
    scritte = [uno for modulo in righe if (uno := modulo.oggetto(modello)) is not None]
    tolte = [modulo.chiave for modulo in righe if modulo.cleaned_data.get("togli") and modulo.chiave]
    return scritte, tolte


class PersoneForm(forms.Form):
    """People of the network with an account, to be invited with a click; those who are already are not offered."""

    persone = forms.MultipleChoiceField(
        label="Persone che hanno un accesso", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, con_accesso, gia, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.scelte = {
            f"{ente.pk}-{persona.pk}": (ente, persona)
            for ente, persona in con_accesso
            if (ente.pk, persona.email) not in gia
        }
        nomi = ((chiave, f"{persona}, {ente}") for chiave, (ente, persona) in self.scelte.items())
        self.fields["persone"].choices = list(nomi)

    def scelti(self):
        return [
            Partecipante(nome=str(persona)[:120], email=persona.email, organizzazione=ente)
            for ente, persona in (self.scelte[chiave] for chiave in self.cleaned_data["persone"])
        ]


class PresenzeForm(forms.Form):
    """Who was there: one choice for each person that is on the list, and those who came besides."""

    altri = RigheField(
        label="Chi altro è venuto",
        required=False,
        max_length=4000,
        help_text="Uno per riga: nome e cognome; ente. Sono ospiti",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, partecipanti, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.partecipanti = list(partecipanti)
        for uno in self.partecipanti:
            self.fields[f"p{uno.pk}"] = forms.ChoiceField(
                label=str(uno),
                required=False,
                choices=Partecipante.Partecipazione.choices,
                widget=forms.RadioSelect,
                initial=uno.partecipazione,
            )

    def righe(self):
        """Each person with the field that says whether they were there."""
        return [(uno, self[f"p{uno.pk}"]) for uno in self.partecipanti]

    def clean_altri(self):
        letti = []
        for riga in self.cleaned_data["altri"]:
            nome, _, ente = (pulito(pezzo, una_riga=True) for pezzo in riga.partition(";"))
            if len(nome) > 120 or len(ente) > 200:
                raise ValidationError(f"«{riga[:40]}…» è troppo lungo: scrivi nome e cognome; ente")
            if nome:
                letti.append((nome, ente))
        if len(letti) > NOMI_IN_PIU:
            raise ValidationError(f"Sono più di {NOMI_IN_PIU}: aggiungili in più volte")
        return letti

    def segni(self):
        """What was said; of whom nothing was, what was said before stays."""
        detti = ((uno.pk, self.cleaned_data[f"p{uno.pk}"]) for uno in self.partecipanti)
        return {chiave: segno for chiave, segno in detti if segno}


class VerbaleForm(forms.Form):
    verbale = forms.CharField(
        label="Verbale", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 10})
    )
    decisioni = RigheField(
        label="Decisioni",
        required=False,
        max_length=4000,
        help_text="Una per riga",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FileForm(forms.Form):
    genere = forms.ChoiceField(label="Che cos'è", choices=FileDellaRiunione.Genere.choices)
    file = forms.FileField(label="File", widget=forms.FileInput)


class ImportaForm(forms.Form):
    """A file, or the cells as they are copied from a sheet."""

    file = forms.FileField(label="File (CSV o Excel)", required=False, widget=forms.FileInput)
    incollato = forms.CharField(
        label="Oppure incolla qui le celle",
        required=False,
        max_length=BYTE_MASSIMO // 4,
        widget=forms.Textarea(attrs={"rows": 6}),
        strip=False,
        help_text="Con la riga dei nomi delle colonne",
    )

    def clean(self):
        dati = super().clean()
        file = dati.get("file")
        if file and file.size > BYTE_MASSIMO:
            self.add_error("file", "Il file è troppo grande: al massimo 5 MB")
        elif not self.errors and not file and not dati.get("incollato", "").strip():
            self.add_error("file", "Scegli un file, o incolla le celle")
        return dati

    def contenuto(self):
        """Name and bytes of what was given."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return "incollato.csv", self.cleaned_data["incollato"].encode()


class MotivoForm(forms.Form):
    motivo = forms.CharField(label="Motivo", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ChiusuraForm(forms.Form):
    """Which of the criteria that it serves the meeting is given for: at first all of them."""

    criteri = forms.MultipleChoiceField(
        label="Vale per", required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ri-criteri"})
    )
    perche_insieme = forms.CharField(
        label="Perché vale per più criteri",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Serve se la stessa riunione vale per due compiti del manager, o per due criteri di un'azione: "
        "lo legge chi decide",
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, riunione, proposte, *args, **kwargs):
        servono = [proposta for proposta in proposte if proposta.serve]
        iniziali = {
            "criteri": [proposta.criterio.codice for proposta in servono],
            "perche_insieme": riunione.perche_insieme,
            "versione": riunione.versione,
        }
        super().__init__(*args, initial=iniziali, **kwargs)
        self.fields["criteri"].choices = [(p.criterio.codice, f"{p.criterio} · {p.perche}") for p in servono]
        if not servono:
            del self.fields["criteri"], self.fields["perche_insieme"]
