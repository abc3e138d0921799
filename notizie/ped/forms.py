"""What is typed in the editorial plan."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from base.campi import Giorno, SceltaField
from base.chiavi import chiavi_in
from base.giorni import esigi_nel_calendario
from organizzazioni.forms import proponi_la_propria
from organizzazioni.permissions import e_manager, puo_agire_per
from programma import alimentazione
from programma.widgets import CriterioDaScegliere

from ..models import PezzoProgrammato, PianoEditoriale
from . import selettori
from .permissions import pianifica_per

QUANTE_PAGINE = 100
"""How many of the latest pages may be chosen."""

NON_COMPLETO = "Non è un indirizzo completo: comincia con https://"


def nome_persona(persona) -> str:
    return persona.get_full_name() or persona.username


def nome_azione(azione) -> str:
    return f"{azione.anno} · {azione.title}"


class PezzoForm(forms.ModelForm):
    """To plan a piece. What may be chosen is what `utente` may plan for; whose it is, is said once."""

    organizzazione = SceltaField(label="Organizzazione")
    responsabile = SceltaField(
        nome=nome_persona,
        label="Responsabile",
        required=False,
        empty_label="Nessuno in particolare",
        help_text="Se passa il giorno e non è uscito, lo trova nella sua pagina iniziale",
    )
    azione = SceltaField(nome=nome_azione, label="Azione del programma", required=False, empty_label="Nessuna")
    criterio = SceltaField(
        nome=lambda criterio: criterio.con_anno,
        widget=CriterioDaScegliere,
        label="Criterio di valutazione",
        required=False,
        empty_label="Nessuno",
        help_text="Per post e mail: quando registri l'invio, nasce un'evidenza per questo criterio",
    )
    pagina = SceltaField(
        nome=lambda pagina: f"{pagina.title} ({pagina.organizzazione_nome})",
        label="Pagina del sito",
        required=False,
        empty_label="Nessuna",
        help_text="Se il pezzo è una notizia, un comunicato o un evento già scritto",
    )

    class Meta:
        model = PezzoProgrammato
        fields = [
            "titolo",
            "canale",
            "data",
            "organizzazione",
            "responsabile",
            "azione",
            "criterio",
            "stato",
            "pagina",
        ]
        widgets = {"data": Giorno}

    def __init__(self, utente, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pezzo, campi = self.instance, self.fields
        if pezzo.pk:
            del campi["organizzazione"]
        else:
            proponi_la_propria(self, utente, pianifica_per(utente))
        pagine = selettori.pagine_da_collegare(utente, pezzo.organizzazione if pezzo.pk else None)
        scelte = list(pagine.values_list("pk", flat=True)[:QUANTE_PAGINE])
        campi["pagina"].queryset = pagine.filter(pk__in=[*scelte, pezzo.pagina_id])
        campi["responsabile"].queryset = selettori.persone_per(utente, pezzo.responsabile_id)
        campi["azione"].queryset = alimentazione.azioni_da_scegliere(filter(None, [pezzo.azione_id]))
        campi["criterio"].queryset = alimentazione.criteri_del_giorno(self._giorno(), self._gia_nominati())
        campi["canale"].choices = PezzoProgrammato.Canale.choices
        campi["data"].validators.append(esigi_nel_calendario)

    def _giorno(self):
        """The day as the form has it now; None when what was typed is no day."""
        if not self.is_bound:
            return self.get_initial_for_field(self.fields["data"], "data") or timezone.localdate()
        try:
            return self.fields["data"].clean(self["data"].data)
        except ValidationError:
            return None

    def _gia_nominati(self):
        """The criterion that the piece has, and the one that was sent: what the day refuses is told, and not lost."""
        inviati = chiavi_in([self["criterio"].data or ""]) if self.is_bound else []
        aperti = alimentazione.criteri_del_giorno(None).filter(pk__in=inviati).values_list("pk", flat=True)
        return [*filter(None, [self.instance.criterio_id]), *aperti]

    def _esigi_del_giorno(self, dati):
        criterio, giorno = dati.get("criterio"), dati.get("data")
        if criterio and giorno and (perche := criterio.programma.perche_non_comprende(giorno)):
            self.add_error("criterio", f"{criterio.codice} {criterio.programma.anno}: {perche}")

    def clean(self):
        dati = super().clean()
        self._esigi_del_giorno(dati)
        organizzazione = dati.get("organizzazione") or (self.instance.organizzazione if self.instance.pk else None)
        responsabile, pagina = dati.get("responsabile"), dati.get("pagina")
        if organizzazione is None:
            return dati
        if responsabile and not (e_manager(responsabile) or puo_agire_per(responsabile, organizzazione)):
            self.add_error("responsabile", f"Non lavora per {organizzazione}")
        if pagina and pagina.get_parent().specific.organizzazione != organizzazione:
            self.add_error("pagina", f"La pagina non è di {organizzazione}")
        return dati


class SpostaForm(forms.Form):
    giorno = forms.DateField(
        label="Sposta al",
        widget=Giorno,
        validators=[esigi_nel_calendario],
        error_messages=dict.fromkeys(("required", "invalid"), "Scrivi il giorno"),
    )


class RegistraForm(forms.Form):
    """The proof of a post or of a mail; `operazioni.registra` says what is missing."""

    inviato_il = forms.DateField(label="Inviato il", widget=Giorno, required=False, validators=[esigi_nel_calendario])
    testo = forms.CharField(label="Testo", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    immagine = forms.FileField(
        label="Immagine",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.heic,.heif"}),
    )
    url = forms.URLField(
        label="Indirizzo del post",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": NON_COMPLETO},
        validators=[RegexValidator(r"^https?://[^\\]*$", NON_COMPLETO)],
    )
    destinatari = forms.CharField(
        label="Destinatari",
        required=False,
        max_length=300,
        help_text="Un gruppo e quanti sono, per esempio: gli aderenti, 42 indirizzi. Non i nomi",
    )

    def __init__(self, pezzo, *args, **kwargs):
        campi = ("inviato_il", "testo", "url", "destinatari")
        super().__init__(*args, initial={nome: getattr(pezzo, nome) for nome in campi}, **kwargs)
        if pezzo.canale == pezzo.Canale.FACEBOOK:
            del self.fields["destinatari"]
            self.fields["immagine"].help_text = "Quella del post, o una schermata"
            ammessi = pezzo.criterio.link_ammessi if pezzo.criterio else []
            if ammessi:
                self.fields["url"].help_text = f"{pezzo.criterio.codice} accetta solo link di: {', '.join(ammessi)}"
        else:
            del self.fields["url"]
            self.fields["immagine"].help_text = "Se c'era, o una schermata"
        self.ha_gia(pezzo)

    def ha_gia(self, pezzo):
        """Say which picture is kept already."""
        if pezzo.immagine:
            detto = f"C'è già «{pezzo.nome_immagine}»: resta, se non ne scegli un'altra"
            self.fields["immagine"].help_text = detto
            self["immagine"].help_text = detto


class PianoForm(forms.ModelForm):
    class Meta:
        model = PianoEditoriale
        fields = PianoEditoriale.PARTI
        widgets = dict.fromkeys(PianoEditoriale.PARTI, forms.Textarea(attrs={"rows": 4}))
