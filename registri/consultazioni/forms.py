"""What is typed of a consultation: its frame, its sessions, bodies heard apart, needs, the model, the proposal."""

from django import forms

from base.campi import RigheField, SceltaField
from base.formati.caratteri import pulito
from organizzazioni.models import Organizzazione

from ..models import BisognoRaccolto, Consultazione, EnteConsultato
from ..riunioni.forms import ModuloDelRegistro, Riga, fabbrica_di_righe, righe_di

GENERI = ("Spazi", "Orari", "Attività per i bambini", "Sostegno ai genitori", "Informazioni", "Costi")
"""Kinds of need that a new consultation begins with; each writes its own."""
NESSUN_CRITERIO = "Nessuno la può prendere: il programma è chiuso, o l'azione non ha criteri che raccolgono valori"
GENERI_MASSIMO, LETTERE = 20, 80


class ConsultazioneForm(ModuloDelRegistro):
    azione = SceltaField(
        label="Azione del programma",
        nome=lambda azione: f"{azione} ({azione.anno})",
        empty_label=None,
        help_text="Di ogni azione c'è una consultazione sola; non si cambia più",
    )
    generi = RigheField(
        label="Generi di bisogno",
        max_length=2000,
        help_text="Uno per riga: servono a leggere insieme ciò che gli enti dicono",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = Consultazione
        fields = ["titolo", "azione", "perche", "generi"]
        widgets = {"perche": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, azioni=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["azione"]
        else:
            self.fields["azione"].queryset = azioni

    def clean_generi(self):
        righe = [pulito(riga, una_riga=True) for riga in self.cleaned_data["generi"]]
        generi = list(dict.fromkeys(filter(None, righe)))
        if not 1 <= len(generi) <= GENERI_MASSIMO:
            raise forms.ValidationError(f"Scrivi da uno a {GENERI_MASSIMO} generi")
        if lungo := next((genere for genere in generi if len(genere) > LETTERE), ""):
            raise forms.ValidationError(f"«{lungo[:40]}…» è troppo lungo: al massimo {LETTERE} caratteri")
        return generi


class VersioneForm(forms.Form):
    """With the version that was read."""

    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)


class SeduteForm(VersioneForm):
    """Which meetings are sessions; what is not offered to who chooses stays as it is."""

    sedute = forms.MultipleChoiceField(
        label="Riunioni",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ri-criteri"}),
        help_text="Chi c'era si legge dalle presenze della riunione: qui non si riscrive",
    )

    def __init__(self, consultazione, riunioni, *args):
        self.per_chiave = {str(una.pk): una for una in riunioni}
        scelte = [str(una.pk) for una in consultazione.sedute.all()]
        super().__init__(*args, initial={"sedute": scelte, "versione": consultazione.versione})
        self.fields["sedute"].choices = [
            (chiave, str(una) if una.svolta else f"{una}, {una.get_stato_display().lower()}: conta quando si è tenuta")
            for chiave, una in self.per_chiave.items()
        ]

    def scelte(self):
        return [self.per_chiave[chiave] for chiave in self.cleaned_data["sedute"]]


class EnteConsultatoForm(Riga):
    prima, campi = "organizzazione", ("altro_ente", "come")

    organizzazione = forms.ChoiceField(label="Organizzazione della rete", required=False)
    altro_ente = forms.CharField(label="Altro ente", max_length=200, required=False)
    come = forms.ChoiceField(
        label="Come", choices=EnteConsultato.Come.choices, initial=EnteConsultato.Come.COLLOQUIO, required=False
    )

    def c_e(self, dati):
        return bool(dati.get("organizzazione") or dati.get("altro_ente"))

    @property
    def nome_della_riga(self):
        return str(self.ci_sono.get(self.initial.get("riga"), ""))

    def clean_come(self):
        return self.cleaned_data["come"] or EnteConsultato.Come.COLLOQUIO


_Enti = fabbrica_di_righe(EnteConsultatoForm)


def righe_degli_enti(consultazione, dati=None):
    return righe_di(_Enti, EnteConsultatoForm, consultazione.enti.select_related("organizzazione"), dati)


class BisognoForm(ModuloDelRegistro):
    seduta = SceltaField(label="In quale seduta", required=False, empty_label="Fuori dalle sedute")
    organizzazione = SceltaField(label="Ente della rete", required=False, empty_label="Nessuno, o un altro ente")
    genere = forms.ChoiceField(label="Genere")

    class Meta:
        model = BisognoRaccolto
        fields = ["organizzazione", "altro_ente", "seduta", "di_chi", "genere", "parole"]
        widgets = {"parole": forms.Textarea(attrs={"rows": 5}), "di_chi": forms.RadioSelect}

    def __init__(self, *args, consultazione, sedute, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.consultazione = consultazione
        self.fields["seduta"].queryset = consultazione.sedute.filter(pk__in=[una.pk for una in sedute])
        self.fields["organizzazione"].queryset = Organizzazione.objects.exclude(distretto__isnull=False).order_by(
            "denominazione"
        )
        self.fields["genere"].choices = [(genere, genere) for genere in consultazione.generi]
        self.fields["di_chi"].choices = BisognoRaccolto.DiChi.choices

    def clean(self):
        dati = super().clean()
        ente = dati.get("organizzazione"), dati.get("altro_ente")
        if all(ente):
            self.add_error("altro_ente", "Scegli un ente della rete, o scrivine un altro: non tutti e due")
        elif not any(ente) and not dati.get("seduta") and not {"organizzazione", "altro_ente"} & set(self.errors):
            self.add_error("organizzazione", "Di' quale ente, o in quale seduta")
        return dati


class ParoleForm(VersioneForm):
    """Whether the words of a need are published, and how they are written then."""

    stato = forms.ChoiceField(
        label="Che cosa ne fai",
        choices=[("approvate", "Si pubblicano come sono scritte qui sotto"), ("tolte", "Non si pubblicano")],
        widget=forms.RadioSelect,
    )
    pubblico = forms.CharField(
        label="Come si pubblicano",
        required=False,
        max_length=2000,
        help_text="Togli nomi, luoghi, fatti da cui si capirebbe chi parla",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @classmethod
    def per(cls, bisogno, *dati):
        deciso = bisogno.stato if bisogno.stato != BisognoRaccolto.Parole.DA_RIVEDERE else None
        iniziali = {"pubblico": bisogno.pubblico or bisogno.parole, "stato": deciso, "versione": bisogno.versione}
        return cls(*dati, prefix=f"b-{bisogno.pk}", initial=iniziali)


class StesuraForm(VersioneForm):
    testo = forms.CharField(
        label="Modello",
        max_length=20000,
        help_text="Spazi, gestione, attività e servizi per primi, costi: va sul sito con l'esito",
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    che_cosa_cambia = forms.CharField(
        label="Che cosa cambia", max_length=300, required=False, help_text="Rispetto alla stesura di prima"
    )


class PropostaForm(VersioneForm):
    """What is said of the outcome, and which criteria of the action it is given to."""

    sintesi = forms.CharField(
        label="Che cosa ne è venuto",
        max_length=6000,
        required=False,
        help_text="Si legge in testa alla pagina pubblica, e nelle evidenze",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    criterio_enti = forms.ChoiceField(label="Gli enti consultati valgono per", required=False)
    criterio_presenze = forms.ChoiceField(
        label="Le presenze alle sedute valgono per", required=False, help_text="Quante persone sono venute, in tutto"
    )
    perche_insieme = forms.CharField(
        label="Perché vale per più criteri",
        required=False,
        max_length=1000,
        help_text="Serve se scegli tutti e due",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, consultazione, criteri, *args):
        iniziali = {
            "sintesi": consultazione.sintesi,
            "criterio_enti": consultazione.criterio_enti_id,
            "criterio_presenze": consultazione.criterio_presenze_id,
            "perche_insieme": consultazione.perche_insieme,
            "versione": consultazione.versione,
        }
        super().__init__(*args, initial=iniziali)
        scelte = [("", "Nessun criterio"), *((str(c.pk), f"{c.codice} {c.indicatore}") for c in criteri)]
        for nome in ("criterio_enti", "criterio_presenze"):
            self.fields[nome].choices = scelte
            if not criteri:
                self.fields[nome].help_text = NESSUN_CRITERIO

    def clean(self):
        dati = super().clean()
        if dati.get("criterio_enti") and dati["criterio_enti"] == dati.get("criterio_presenze"):
            self.add_error("criterio_presenze", "Un criterio prende un valore solo: scegline un altro, o nessuno")
        return dati
