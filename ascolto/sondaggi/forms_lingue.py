"""A survey in another language: its words beside the Italian ones, left empty where they stay Italian."""

from django import forms
from django.core.exceptions import ValidationError

from .questionario import DomandaPosta

DEL_SONDAGGIO = (("titolo", 160), ("introduzione", 2000), ("riservatezza", 2000))
IN_RIGA, A_RIGHE = ("testo", "sezione", "aiuto", "dal", "al"), ("scelte", "righe")


class TraduzioneForm(forms.Form):
    """Every text of a survey, each with the Italian as its help."""

    versione = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, sondaggio, lingua, **kwargs):
        super().__init__(*args, **kwargs)
        self.sondaggio = sondaggio
        self.fields["versione"].initial = sondaggio.versione
        detto = sondaggio.altre.get(lingua, {})
        for nome, lungo in DEL_SONDAGGIO:
            if getattr(sondaggio, nome):
                self._campo(nome, nome.capitalize(), getattr(sondaggio, nome), detto.get(nome, ""), lungo)
        for numero, domanda in enumerate(sondaggio.poste, 1):
            self._domanda(numero, domanda, domanda.altre.get(lingua, {}))

    def _domanda(self, numero, domanda: DomandaPosta, detto):
        for nome in IN_RIGA:
            if getattr(domanda, nome):
                italiano = getattr(domanda, nome)
                self._campo(f"{domanda.chiave}-{nome}", f"{numero}. {nome}", italiano, detto.get(nome, ""), 300)
        for nome in A_RIGHE:
            if getattr(domanda, nome):
                italiano, sue = "\n".join(getattr(domanda, nome)), "\n".join(detto.get(nome, ()))
                self._campo(f"{domanda.chiave}-{nome}", f"{numero}. {nome}, una per riga", italiano, sue, 4000)

    def _campo(self, nome, etichetta, italiano, valore, lungo):
        righe = 2 + italiano.count("\n") + len(italiano) // 80
        self.fields[nome] = forms.CharField(
            label=etichetta,
            help_text=italiano,
            initial=valore,
            max_length=lungo,
            required=False,
            widget=forms.Textarea(attrs={"rows": min(righe, 10), "dir": "auto"}),
        )

    def clean(self):
        dati = super().clean()
        if not dati.get("titolo") and any(detto for nome, detto in dati.items() if nome not in ("titolo", "versione")):
            self.add_error("titolo", "Scrivi anche il titolo. Per togliere questa lingua, svuota tutte le caselle")
        for domanda in self.sondaggio.poste:
            for nome in A_RIGHE:
                campo = f"{domanda.chiave}-{nome}"
                sue, mie = _righe(dati.get(campo)), getattr(domanda, nome)
                if sue and len(sue) != len(mie):
                    self.add_error(
                        campo, ValidationError(f"Servono {len(mie)} righe, nello stesso ordine: ora sono {len(sue)}")
                    )
        return dati

    @property
    def parole(self):
        """What was written of the survey, by field."""
        return {nome: detto for nome, _ in DEL_SONDAGGIO if (detto := self.cleaned_data.get(nome))}

    @property
    def domande(self):
        """What was written of each question, by its key."""
        return {domanda.chiave: dict(self._parole(domanda)) for domanda in self.sondaggio.poste}

    def _parole(self, domanda):
        for nome in IN_RIGA:
            if detto := self.cleaned_data.get(f"{domanda.chiave}-{nome}"):
                yield nome, detto
        for nome in A_RIGHE:
            if righe := _righe(self.cleaned_data.get(f"{domanda.chiave}-{nome}")):
                yield nome, list(righe)


def _righe(testo):
    return tuple(riga.strip() for riga in (testo or "").splitlines() if riga.strip())
