"""The forms of who manages a programme: its criteria, and why it is reopened."""

import re

from django import forms
from django.core.exceptions import ValidationError

from base.allegati import TIPI, FileRifiutato, esamina
from base.campi import RigheField

from .models import AzionePage, Criterio
from .permissions import campi_del_criterio
from .requisiti import NOMI_CAMPI, in_parole

CODICE = re.compile(r"M[1-9]\d?|P[1-9]\d?\.[1-9]\d?")
SITO = re.compile(r"(portale|[a-z0-9-]+(\.[a-z0-9-]+)+)(/[A-Za-z0-9._-]+)*")
ALTERNATIVE = ["persone_coinvolte|organizzazioni", "allegati|link", "persone_coinvolte|link"]
"""Pairs of fields of which a criterion may ask for at least one."""


class SitiField(RigheField):
    """Names of sites, one a line, kept as a list."""

    def to_python(self, value):
        siti = [_sito(riga) for riga in super().to_python(value)]
        if sbagliati := [sito for sito in siti if not SITO.fullmatch(sito)]:
            raise ValidationError(f"«{sbagliati[0]}» non è il nome di un sito: scrivi per esempio facebook.com")
        return siti


def _sito(riga):
    """A site as it is compared: its name has no case, its folders do."""
    nome, barra, cartella = riga.partition("/")
    return f"{nome.lower()}{barra}{cartella}".rstrip("/")


class AttoForm(forms.Form):
    """The official act of a programme, to be read: a PDF with its text, or a text."""

    file = forms.FileField(
        label="L'atto",
        help_text="Un PDF con il suo testo (non una scansione) o un file di testo, fino a 10 MB",
        widget=forms.FileInput(attrs={"accept": ".pdf,.txt"}),
        error_messages={"required": "Scegli il file dell'atto", "empty": "Il file è vuoto: controllalo e riprova"},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            accettato = esamina(file)
        except FileRifiutato as rifiuto:
            raise ValidationError(str(rifiuto)) from rifiuto
        if accettato.tipo == TIPI["p7m"]:
            raise ValidationError("È un file firmato: aprilo, salva il PDF che contiene e carica quello")
        if accettato.tipo not in (TIPI["pdf"], TIPI["txt"]):
            raise ValidationError("Serve il PDF dell'atto, o il suo testo (.txt)")
        return file


class CriterioForm(forms.ModelForm):
    """The fields of a criterion that `utente` may write now; the others are shown, not asked."""

    campi_richiesti = forms.MultipleChoiceField(
        label="Che cosa deve contenere l'evidenza, secondo l'atto",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Data e titolo sono sempre richiesti",
    )
    prova = forms.MultipleChoiceField(
        label="Che cosa chiediamo noi, dove l'atto non lo dice",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Vale solo se non hai segnato nulla sopra. Chi invia legge che è una nostra scelta",
    )
    parti = RigheField(
        label="Parti che servono tutte",
        required=False,
        help_text="Una per riga, per esempio: calendario. Due parole per la stessa parte si separano con |",
    )
    link_ammessi = SitiField(
        label="Siti ammessi per i link",
        required=False,
        help_text="Uno per riga, per esempio facebook.com; «portale» è questo sito. Vuoto: tutti",
    )

    class Meta:
        model = Criterio
        fields = [
            "offerto",
            "azione",
            "codice",
            "area",
            "titolo",
            "indicatore",
            "regola",
            "percentuale",
            "unita",
            "unita_plurale",
            "unita_genere",
            "distinte",
            "atteso",
            "somma",
            "campi_richiesti",
            "prova",
            "parti",
            "intere",
            "solo_nuove",
            "link_ammessi",
            "conta_link",
            "luogo",
            "nota",
            "testo_atto",
        ]
        labels = {
            "azione": "Azione del programma",
            "unita": "Unità di misura",
            "unita_plurale": "Unità al plurale",
            "unita_genere": "Genere dell'unità",
            "distinte": "Conta le organizzazioni, ognuna una volta sola",
            "offerto": "Totale offerto nell'anno",
            "somma": "Come si sommano i valori",
            "intere": "Le unità sono intere",
            "solo_nuove": "Contano solo le nuove, non i rinnovi",
            "conta_link": "Ogni unità è un link diverso",
            "testo_atto": "Parole dell'atto",
        }
        help_texts = {
            "azione": "Vuota per i compiti del manager (M1, M2…)",
            "codice": "M1, M2… per i compiti del manager, P1.1, P1.2… per le azioni",
            "area": "Vuota: quella dell'azione",
            "titolo": "Vuoto: quello dell'azione",
            "unita": "Al singolare: incontro, ora, post",
            "unita_plurale": "Come si legge in «3 incontri», «2 ore»",
            "unita_genere": "Per dire «approvati» o «approvate»",
            "percentuale": "Quanto vale ogni unità, o la soglia. Vuota solo per il monitoraggio",
            "somma": "Solo per il monitoraggio",
            "intere": "Un incontro non è mai mezzo; un'ora sì",
            "conta_link": "Per i post: lo stesso post si conta una volta",
            "offerto": "Per i criteri a soglia: senza, il punteggio non si può calcolare",
            "testo_atto": "Le parole esatte, se vuoi averle sotto gli occhi",
        }
        widgets = {"testo_atto": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, utente, **kwargs):
        super().__init__(*args, **kwargs)
        aperti = campi_del_criterio(utente, self.instance)
        for nome in set(self.fields) - set(aperti):
            del self.fields[nome]
        if azione := self.fields.get("azione"):
            azione.queryset = AzionePage.objects.child_of(self.instance.programma).filter(fuori_programma=False)
            azione.empty_label = "Nessuna: è un compito del manager"
            self.fields["area"].required = self.fields["titolo"].required = False
            for nome in ("campi_richiesti", "prova"):
                altre = [richiesta for richiesta in getattr(self.instance, nome) if "|" in richiesta]
                richieste = [*NOMI_CAMPI, *dict.fromkeys(ALTERNATIVE + altre)]
                self.fields[nome].choices = [
                    (richiesta, in_parole(richiesta).capitalize())
                    for richiesta in richieste
                    if richiesta not in ("data", "titolo")
                ]
        if genere := self.fields.get("unita_genere"):
            genere.choices = [("", "Nessuno"), *Criterio.Genere.choices]
        if somma := self.fields.get("somma"):
            somma.required = False
        if offerto := self.fields.get("offerto"):
            offerto.min_value = 0
            offerto.widget.attrs |= {"min": 0, "inputmode": "decimal"}

    def clean_offerto(self):
        offerto = self.cleaned_data["offerto"]
        if offerto is not None and offerto <= 0:
            raise ValidationError("Scrivi un numero maggiore di zero, o lascia vuoto se non è ancora noto")
        return offerto

    def clean_somma(self):
        return self.cleaned_data["somma"] or Criterio.Somma.SOMMA

    def clean_codice(self):
        codice = self.cleaned_data["codice"].strip().upper()
        if not CODICE.fullmatch(codice):
            raise ValidationError("Scrivi M1, M2… per i compiti del manager, P1.1, P1.2… per le azioni")
        altri = Criterio.objects.del_programma(self.instance.programma).in_vigore().exclude(pk=self.instance.pk)
        if altri.filter(codice=codice).exists():
            raise ValidationError(f"{codice} c'è già in questo programma")
        return codice

    def controlla_unita(self, dati):
        """The sums say the unit in words: a noun, its plural and its gender, or nothing."""
        if "unita_plurale" not in self.fields:
            return
        unita = dati.get("unita", self.instance.unita)
        for campo, motivo in (
            ("unita_plurale", f"Scrivi il plurale di «{unita}»"),
            ("unita_genere", f"Scegli il genere di «{unita}»"),
        ):
            if unita and not dati.get(campo) and campo not in self.errors:
                self.add_error(campo, motivo)
            elif not unita:
                dati[campo] = ""

    def clean(self):
        dati = super().clean()
        self.controlla_unita(dati)
        if "regola" not in self.fields:
            return dati
        azione, codice = dati.get("azione"), dati.get("codice", "")
        if azione and codice and codice.split(".")[0] != azione.codice:
            self.add_error("codice", f"I codici di questa azione cominciano con {azione.codice}.")
        if not azione and codice.startswith("P"):
            self.add_error("azione", "Scegli l'azione, oppure usa un codice M1, M2…")
        for campo, valore in (("area", azione and azione.area), ("titolo", azione and azione.title)):
            dati[campo] = dati.get(campo) or valore or ""
            if not dati[campo]:
                self.add_error(campo, "Scrivilo: senza un'azione non si può ricavare")
        monitoraggio = dati.get("regola") == Criterio.Regola.MONITORAGGIO
        if not monitoraggio and "percentuale" not in self.errors and not (dati.get("percentuale") or 0) > 0:
            self.add_error("percentuale", "Indica una percentuale maggiore di zero")
        return dati


class ChiusuraForm(forms.Form):
    """That who closes has read what is still open."""

    letto = forms.BooleanField(
        label="Ho letto che cosa resta aperto, e chiudo lo stesso",
        error_messages={"required": "Qualcosa è ancora aperto: leggi la lista, poi spunta questa casella"},
    )


class RiaperturaForm(forms.Form):
    """Why a programme is opened again; it stays in the log."""

    motivo = forms.CharField(
        label="Motivo",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Per riaprire un programma serve il motivo"},
    )
