"""What is filled in by who answers: a field for each question; whatever was typed stays to be corrected."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from base.formati.caratteri import senza_controlli
from base.limiti import Limite
from base.moduli_pubblici import FINESTRA, ModuloPubblico

from . import questionario
from .questionario import GRIGLIA, DomandaPosta

DA_UNA_RETE, IN_TUTTO = 40, 2000
"""Of surveys without a code: a family, a school, a library have one address."""
LETTERE_TENUTE = 4000
"""Of what somebody types in one field, kept to be corrected."""


def nome_di(domanda: DomandaPosta) -> str:
    return f"r-{domanda.chiave}"


class Scritte(forms.Widget):
    """All that was sent of a question: of a grid, a value for each of its rows."""

    def __init__(self, righe=0):
        super().__init__()
        self.righe = righe

    def value_from_datadict(self, data, files, name):
        tutte = data.getlist if hasattr(data, "getlist") else lambda nome: data.get(nome, [])
        if self.righe:
            return [(tutte(f"{name}-{n}") or [""])[0][:LETTERE_TENUTE] for n in range(self.righe)]
        return [uno[:LETTERE_TENUTE] for uno in tutte(name)]


class CampoDiRisposta(forms.Field):
    """The answer to one question, as `questionario.leggi` reads it."""

    senza_nulli = ProhibitNullCharactersValidator()

    def __init__(self, domanda: DomandaPosta):
        righe = len(domanda.righe) if domanda.genere == GRIGLIA else 0
        super().__init__(label=domanda.testo, required=False, widget=Scritte(righe))
        self.domanda = domanda

    def clean(self, value):
        for pezzo in value or []:
            self.senza_nulli(pezzo)
        try:
            return questionario.leggi(self.domanda, [senza_controlli(pezzo) for pezzo in value or []])
        except ValueError as errore:
            raise ValidationError(str(errore)) from errore


@dataclass(frozen=True)
class VoceDaCompilare:
    """A question as it is drawn: `numero` counts them, `scelte` are (value, words, ticked), `righe` those of a grid.
    `lingue` says in which language each of its words is."""

    numero: int
    domanda: DomandaPosta
    nome: str
    scritto: str
    scelte: tuple
    righe: tuple
    condizione: str
    errori: tuple
    lingue: dict

    @property
    def id(self):
        return f"id_{self.nome}"

    @property
    def genere(self):
        return questionario.GENERI[self.domanda.genere]

    @property
    def ha_detto(self):
        """Whether something is said before one answers."""
        return bool(self.domanda.aiuto or self.condizione or self.errori)

    @property
    def primo(self):
        """Where an error leads."""
        if self.righe:
            vuote = [n for n, (_, scelte) in enumerate(self.righe) if not any(segnata for *_, segnata in scelte)]
            return f"{self.id}-{vuote[0] if vuote else 0}-0"
        return f"{self.id}-0" if self.scelte else self.id


class RispondiForm(ModuloPubblico):
    """The questions of a survey, in the language `lingua`. `scritto` is what was kept of an answer that was begun."""

    nome = "sondaggio"

    def __init__(self, *args, sondaggio, lingua="it", scritto=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.sondaggio, self.scritto = sondaggio, scritto or {}
        self.lingue = {una.chiave: una.lingue_in(lingua) for una in sondaggio.poste}
        self.poste = [una.in_lingua(lingua) for una in sondaggio.poste]
        for domanda in sondaggio.poste:
            self.fields[nome_di(domanda)] = CampoDiRisposta(domanda)
        self.valori = {}

    @property
    def limite(self):
        """Who has a code is counted by it, however many are behind one address."""
        if self.sondaggio.con_codici:
            return Limite("modulo.sondaggio.codici", 10_000, FINESTRA)
        return Limite(f"modulo.sondaggio.{self.sondaggio.pk}", DA_UNA_RETE, FINESTRA, IN_TUTTO)

    def clean(self):
        """Demand what must be answered, of what is asked of who answers so; the rest of what was sent is left out."""
        dati = super().clean()
        for domanda in self.sondaggio.poste:
            nome = nome_di(domanda)
            if not questionario.si_chiede(domanda, self.valori):
                self.errors.pop(nome, None)
                continue
            valore = self.valori[domanda.chiave] = dati.get(nome)
            if domanda.obbligatoria and nome not in self.errors and not questionario.e_intera(domanda, valore):
                self.add_error(nome, "Manca una riga" if domanda.genere == GRIGLIA and valore else "Manca la risposta")
        return dati

    def da_tenere(self):
        """What was typed, as it was, by field: to go on later."""
        return {nome_di(una): self.fields[nome_di(una)].widget.value_from_datadict(self.data, {}, nome_di(una))
                for una in self.sondaggio.poste}  # fmt: skip

    @property
    def sezioni(self):
        """The questions as they are drawn, below the name of their section."""
        sezioni = {}
        for numero, domanda in enumerate(self.poste, 1):
            sezioni.setdefault(domanda.sezione, []).append(self._voce(numero, domanda))
        return list(sezioni.items())

    @property
    def voci(self):
        return [voce for _, sue in self.sezioni for voce in sue]

    def _voce(self, numero, domanda):
        nome = nome_di(domanda)
        if self.is_bound:
            scritto = self.fields[nome].widget.value_from_datadict(self.data, {}, nome)
        else:
            scritto = self.scritto.get(nome, [])
        errori = tuple(self.errors.get(nome, ())) if self.is_bound else ()
        righe = ()
        if domanda.genere == GRIGLIA:
            tenute = [*scritto, *[""] * len(domanda.righe)]
            righe = tuple((riga, _scelte(domanda, tenute[n : n + 1])) for n, riga in enumerate(domanda.righe))
        scelte = () if domanda.genere == GRIGLIA else _scelte(domanda, scritto)
        detto = scritto[0] if scritto and not scelte and not righe else ""
        condizione, lingue = self._condizione(domanda), self.lingue[domanda.chiave]
        return VoceDaCompilare(numero, domanda, nome, detto, scelte, righe, condizione, errori, lingue)

    def _condizione(self, domanda):
        """Of whom it is asked, in words."""
        for numero, madre in enumerate(self.poste, 1):
            if domanda.se == madre.chiave:
                quali = " o ".join(f"«{madre.scelte[posto]}»" for posto in domanda.se_scelte)
                return f"Solo se alla domanda {numero} hai risposto {quali}"
        return ""


def _scelte(domanda, scritto):
    if domanda.genere not in (*questionario.CON_SCELTE, questionario.SCALA):
        return ()
    da = 1 if domanda.genere == questionario.SCALA else 0
    segnate = set(scritto)
    scelte = [(str(n + da), parole, str(n + da) in segnate) for n, parole in enumerate(domanda.risposte_possibili)]
    if domanda.genere != questionario.PIU and not domanda.obbligatoria:
        scelte.append(("", "Non rispondo", False))
    return tuple(scelte)
