"""The forms of evidence: to write it, to decide on it. A draft may be incomplete: `operazioni.invia` is the judge."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from base.campi import RigheField, SceltaField
from base.chiavi import SceltaTotale, chiavi_in
from base.tempo import giorno_in_parole
from organizzazioni.forms import proponi_la_propria
from organizzazioni.models import Organizzazione

from .models import AzionePage, Criterio, Evidenza
from .models.criteri import dello_stesso_livello
from .operazioni import Riconosciuto
from .permissions import puo_scrivere_per
from .punteggi.lingua import participio, quanti
from .requisiti import campi_nominati
from .selettori.alimentazione import perche_senza_criteri
from .widgets import CriteriDaSpuntare

ISO_E_ITALIANE = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
SEMPRE = ["titolo", "data"]
PROVE = ["descrizione", "allegati", "link"]
ALTRI = ["argomento", "persone_coinvolte", "organizzazioni", "progettualita", "luogo", "quantita"]
SOLO_SE_SERVE = ["novita", "perche_insieme"]
"""Fields that nobody sees until a criterion asks for them."""


def senza_zeri(quantita: Decimal | None) -> Decimal | None:
    """`quantita` as a person would write it: 4, not 4.00."""
    return quantita if quantita is None or quantita % 1 else quantita.to_integral_value()


class PiuFileInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PiuFileField(forms.FileField):
    """Several files in one input; what each contains is judged by the view, one by one."""

    widget = PiuFileInput

    def clean(self, data, initial=None):
        return data if isinstance(data, list) else [data] if data else []


class RigheDiLink(RigheField):
    """Links, one a line, kept as a list."""

    widget = forms.Textarea(attrs={"rows": 2, "inputmode": "url"})


class SceltaMultipla(SceltaTotale, forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class CriteriPerAzione(SceltaMultipla):
    """Criteria grouped by what they belong to, newest programme first."""

    widget = CriteriDaSpuntare

    def label_from_instance(self, criterio):
        return criterio.con_anno


class EvidenzaForm(forms.ModelForm):
    """What a person writes of one fact. Nothing is required here: a draft is saved as it is.

    `in_vista` are the fields that the chosen criteria demand; `facoltativi` the others.
    """

    criteri = CriteriPerAzione(queryset=Criterio.objects.none(), required=False, label="Criteri")
    organizzazioni = SceltaMultipla(
        queryset=Organizzazione.objects.all(),
        required=False,
        label="Organizzazioni coinvolte",
        help_text="Gli enti che hanno partecipato",
    )
    progettualita = SceltaField(
        queryset=AzionePage.objects.live().filter(fuori_programma=True),
        required=False,
        label="Scheda del progetto fuori programma",
        empty_label="Nessuna",
    )
    data = forms.DateField(
        label="Data del fatto",
        required=False,
        input_formats=ISO_E_ITALIANE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Questa data non esiste: scrivila come giorno/mese/anno, per esempio 05/03/2025"},
    )
    link = RigheDiLink(label="Link", required=False, help_text="Uno per riga, con http:// o https://")
    allegati = PiuFileField(
        label="File", required=False, help_text="La prova: una foto, il verbale, la locandina. Massimo 10 MB ciascuno"
    )
    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)
    chiave = forms.UUIDField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Evidenza
        fields = [
            "organizzazione",
            "criteri",
            "titolo",
            "data",
            "argomento",
            "persone_coinvolte",
            "organizzazioni",
            "luogo",
            "quantita",
            "progettualita",
            "novita",
            "perche_insieme",
            "descrizione",
            "link",
        ]
        localized_fields = ["quantita"]
        widgets = {
            "persone_coinvolte": forms.Textarea(attrs={"rows": 2}),
            "descrizione": forms.Textarea(attrs={"rows": 4}),
            "novita": forms.RadioSelect,
            "perche_insieme": forms.Textarea(attrs={"rows": 2}),
            "quantita": forms.TextInput(attrs={"inputmode": "decimal"}),
        }
        help_texts = {
            "titolo": "Una riga che dica che cosa è successo",
            "argomento": "Di che cosa si è parlato, o il nome del progetto",
            "persone_coinvolte": "Nomi e ruoli: li leggono solo chi approva e l'Agenzia",
            "descrizione": "Poche righe, se servono a capire",
            "perche_insieme": "Lo stesso fatto conta due volte: lo legge chi decide",
        }
        error_messages = {
            "quantita": {"invalid": "Scrivi un numero, per esempio 2 oppure 2,5"},
        }

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        self.utente = utente
        ammesse = puo_scrivere_per(utente)
        if self.instance.pk:
            self.fields.pop("organizzazione")
        else:
            self.fields["organizzazione"].label = "Per quale organizzazione"
            proponi_la_propria(self, utente, ammesse)
        for campo in self.fields.values():
            campo.required = False
        self.fields["novita"].choices = Evidenza.Novita.choices  # without the empty one: nothing is chosen yet
        self.fields["criteri"].queryset = self._criteri_offerti()
        self.initial["quantita"] = senza_zeri(self.instance.quantita)
        self.initial["versione"] = self.instance.versione if self.instance.pk else None
        self.initial.setdefault("chiave", self.instance.chiave)
        self.scelti = self._criteri_scelti()
        self._adatta()

    def _giorno(self):
        """The day of the fact as the form has it now; None while it is not known, or what was typed is no day."""
        if not self.is_bound:
            return self.get_initial_for_field(self.fields["data"], "data")
        try:
            return self.fields["data"].clean(self.data.get("data"))
        except ValidationError:
            return None

    def _criteri_offerti(self):
        """Those of the day of the fact, and those already chosen: what does not go with it is told, not lost."""
        if self.is_bound:
            nominati = chiavi_in(self.data.getlist("criteri"))
        else:
            nominati = [c.pk if isinstance(c, Criterio) else c for c in self.initial.get("criteri") or []]
        aperti = Criterio.objects.aperti().filter(pk__in=nominati).values_list("pk", flat=True)
        return Criterio.objects.del_giorno(self._giorno(), aperti)

    @property
    def perche_senza_criteri(self) -> str:
        """Why there is none to choose on the day of the fact; empty where there are."""
        giorno = None if self.scelti else self._giorno()
        return perche_senza_criteri(giorno) if giorno else ""

    def _criteri_scelti(self):
        if self.is_bound:
            chiavi = chiavi_in(self.data.getlist("criteri"))
            return list(self.fields["criteri"].queryset.filter(pk__in=chiavi))
        iniziali = self.initial.get("criteri") or []
        return [c if isinstance(c, Criterio) else self.fields["criteri"].queryset.get(pk=c) for c in iniziali]

    def _adatta(self):
        """Show what the chosen criteria ask, in their words, and put the rest aside."""
        richiesti = campi_nominati(r for criterio in self.scelti for r in criterio.chiede)
        if any(criterio.solo_nuove for criterio in self.scelti):
            richiesti.append("novita")
        if dello_stesso_livello(self.scelti):
            richiesti.append("perche_insieme")
        if any(
            criterio.regola == Criterio.Regola.SOGLIA
            or (criterio.unita and not criterio.distinte and criterio.regola != Criterio.Regola.REALIZZAZIONE)
            for criterio in self.scelti
        ):
            richiesti.append("quantita")
        if self.scelti:
            programma = self.scelti[0].programma
            dal, scadenza = programma.dal, programma.scadenza
            periodo = f"{giorno_in_parole(dal, dopo='Tra il')} e {giorno_in_parole(scadenza, dopo='il')}"
            self.fields["data"].help_text = f"{periodo}. Di un altro anno? I criteri cambiano con la data"
            self.fields["data"].widget.attrs |= {"max": timezone.localdate().isoformat()}
            if not self.instance.pk and programma.comprende(oggi := timezone.localdate()):
                self.initial.setdefault("data", oggi)
            self._chiedi_la_quantita()
        if any(criterio.link_ammessi for criterio in self.scelti):
            siti = ", ".join(dict.fromkeys(sito for c in self.scelti for sito in c.nomi_dei_siti))
            self.fields["link"].help_text = f"Uno per riga. Questo criterio accetta link di: {siti}"
        if any(criterio.solo_nuove for criterio in self.scelti):
            self.fields["novita"].help_text = "Contano solo le nuove"
        if any(criterio.conta_link for criterio in self.scelti):
            self.fields["quantita"].help_text = "Vuoto vale 1. Serve un link diverso per ciascuno"
        self.nomi_in_vista = [*SEMPRE, *(campo for campo in ALTRI + SOLO_SE_SERVE if campo in richiesti), *PROVE]
        self.nomi_facoltativi = [campo for campo in ALTRI if campo not in richiesti]
        for nome in set(SOLO_SE_SERVE) - set(richiesti):
            del self.fields[nome]
        self.richiesti = {*SEMPRE, *(r for c in self.scelti for r in c.chiede if "|" not in r)}
        self.richiesti |= {"perche_insieme"} & set(richiesti)

    def _chiedi_la_quantita(self):
        """In the unit of the first criterion that has one; where a part of a total counts, with the total beside."""
        campo = self.fields["quantita"]
        criterio = next((c for c in self.scelti if c.unita), None)
        campo.label = f"Quantità ({criterio.nome_unita.plurale})" if criterio else "Quantità"
        chiesta = any("quantita" in c.chiede for c in self.scelti)
        campo.help_text = "" if chiesta else "Vuoto vale 1"
        if soglia := next((c for c in self.scelti if c.regola == Criterio.Regola.SOGLIA), None):
            nome = soglia.nome_unita
            campo.label = f"{nome.plurale} {participio('frequentato', nome, Decimal(2))}".capitalize()
            totale = quanti(soglia.offerto, nome) if soglia.offerto else "non ancora noto"
            campo.help_text = ". ".join(filter(None, [campo.help_text, f"Totale offerto nell'anno: {totale}"]))

    @property
    def in_vista(self):
        return [self[nome] for nome in self.nomi_in_vista]

    @property
    def facoltativi(self):
        return [self[nome] for nome in self.nomi_facoltativi]

    def clean_quantita(self):
        quantita = self.cleaned_data.get("quantita")
        if quantita is not None and quantita < 0:
            raise ValidationError("La quantità non può essere negativa")
        return quantita

    def clean_criteri(self):
        criteri = list(self.cleaned_data.get("criteri") or [])
        if len({criterio.programma_id for criterio in criteri}) > 1:
            raise ValidationError("I criteri scelti sono di anni diversi: scrivi un'evidenza per ogni anno")
        return criteri

    def clean(self):
        dati = super().clean()
        giorno, criteri = dati.get("data"), dati.get("criteri")
        if giorno and criteri and (perche := criteri[0].programma.perche_non_comprende(giorno)):
            self.add_error("criteri", f"{' e '.join(c.codice for c in criteri)}: {perche}")
        return dati

    def _get_validation_exclusions(self):
        """Empty is allowed in a draft, so the model's own blank checks stay out."""
        return {*super()._get_validation_exclusions(), "organizzazione", "programma"}

    def validate_unique(self):
        """Nothing that a person types here has to be unique."""


class QuandoForm(forms.Form):
    """The day of the fact, before there is an evidence."""

    data = forms.DateField(
        label="Quando è successo?",
        required=False,
        input_formats=ISO_E_ITALIANE,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Questa data non esiste: scrivila come giorno/mese/anno, per esempio 05/03/2025"},
    )

    @property
    def giorno(self):
        """What was typed, if it is a day; None otherwise."""
        return self.cleaned_data.get("data") if self.is_valid() else None


class RiconoscimentoForm(forms.Form):
    """What the approver recognises of one criterion."""

    quantita = forms.DecimalField(
        label="Quantità riconosciuta",
        min_value=0,
        max_digits=12,
        decimal_places=2,
        localize=True,
        error_messages={
            "invalid": "Scrivi un numero",
            "min_value": "La quantità non può essere negativa",
            "required": "Indica la quantità riconosciuta",
        },
    )
    nota = forms.CharField(label="Nota, se è diversa dalla dichiarata", max_length=300, required=False)

    def __init__(self, *args, criterio, dichiarata, **kwargs):
        self.criterio = criterio
        self.dichiarata = Decimal(dichiarata)
        iniziale = senza_zeri(self.dichiarata)
        super().__init__(*args, prefix=f"criterio-{criterio.pk}", initial={"quantita": iniziale}, **kwargs)

    def clean(self):
        dati = super().clean()
        quantita = dati.get("quantita")
        if quantita is not None and quantita != self.dichiarata and not dati.get("nota", "").strip():
            self.add_error("nota", "Spiega perché riconosci una quantità diversa da quella dichiarata")
        return dati

    def riconosciuto(self):
        """What was decided, for `operazioni.approva`."""
        return Riconosciuto(self.cleaned_data["quantita"], self.cleaned_data["nota"])


class RevisioneForm(forms.Form):
    """That an evidence still holds: for each criterion that was taken off, the one in its place."""

    nota = forms.CharField(
        label="Nota, se vuoi", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, evidenza, **kwargs):
        super().__init__(*args, prefix="rivedi", **kwargs)
        altri = Criterio.objects.del_programma(evidenza.programma).in_vigore().in_ordine()
        self.tolti = [criterio for criterio in evidenza.criteri.all() if criterio.tolto]
        for criterio in self.tolti:
            self.fields[f"al_posto_di_{criterio.pk}"] = SceltaField(
                queryset=altri,
                label=f"Al posto di {criterio.codice}, che non c'è più, vale per",
                empty_label="Scegli un criterio",
                error_messages={"required": "Scegli per quale criterio vale, oppure restituiscila o revocala"},
            )
        self.order_fields([*(nome for nome in self.fields if nome != "nota"), "nota"])

    def al_posto_di(self):
        """Key of each criterion that was taken off -> the one in its place, for `operazioni.rivedi`."""
        return {criterio.pk: self.cleaned_data[f"al_posto_di_{criterio.pk}"] for criterio in self.tolti}


MOTIVI_PRONTI = [
    "Manca un documento che lo provi: allega verbale, foto o locandina",
    "La data non corrisponde al documento allegato",
    "Non si capisce chi ha partecipato: indica persone e organizzazioni",
    "Il criterio scelto non è quello giusto",
]
"""Presets offered to who returns an evidence; free words may be added."""


class MotivoForm(forms.Form):
    """The reason that goes with a decision."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Scrivi il motivo: chi ha inviato l'evidenza deve sapere che cosa fare"},
    )


class RestituzioneForm(MotivoForm):
    """Why an evidence is returned: ready sentences to tick, one's own words, or both."""

    pronti = forms.MultipleChoiceField(
        label="Che cosa manca",
        required=False,
        choices=[(motivo, motivo) for motivo in MOTIVI_PRONTI],
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["pronti", "motivo"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["motivo"].required = False
        self.fields["motivo"].label = "Con parole tue"

    def clean(self):
        dati = super().clean()
        dati["motivo"] = "\n".join(filter(None, [*dati.get("pronti", []), dati.get("motivo", "").strip()]))
        if not dati["motivo"] and "motivo" not in self.errors:
            self.add_error("motivo", self.fields["motivo"].error_messages["required"])
        return dati
