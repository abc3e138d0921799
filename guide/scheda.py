"""An entry as it may leave the portal: nothing masked, nothing hidden. Pages, lists, files and APIs read only this."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from base.tempo import giorno_in_parole
from cura import scheda as comune
from cura.scheda import Nome, comuni_in_breve
from cura.solleciti import IN_DUBBIO

from . import orari
from .estate import settimane
from .eta import intervallo_in_parole
from .orari import Fascia

SECONDO_ICEF = "Secondo ICEF o ISEE"
DIPENDE = "Quanto si paga dipende dalla condizione economica della famiglia (ICEF o ISEE)."
DOMANDA_GRATUITA = (
    "Fare domanda non costa niente. Quanto si paga, o si riceve, dipende dalla condizione economica della famiglia "
    "(ICEF o ISEE)."
)
FUORI_STAGIONE, VERIFICATA = 0.75, 1.04
VERIFICATA_DA_POCO = 180
"""Days for which the last check makes a sheet come a little before."""


@dataclass(frozen=True)
class Luogo(comune.Luogo):
    """A place that may be told. `accessibilita` is empty while nobody has verified it."""

    accessibilita: str = ""
    note_accessibilita: str = ""
    cap: str = ""
    provincia: str = ""


@dataclass(frozen=True)
class Periodo(orari.Periodo):
    nota: str = ""

    def __str__(self):
        testo = orari.periodo_in_parole(self)
        return f"{testo} ({self.nota})" if self.nota else testo


@dataclass(frozen=True)
class Tariffa:
    """An amount in euro, as a decimal text with two figures."""

    importo: str
    unita: str
    descrizione: str = ""
    valida_dal: date | None = None
    valida_fino_al: date | None = None

    @property
    def euro(self) -> str:
        return in_euro(self.importo)

    def __str__(self) -> str:
        """ "Tempo pieno: 310 euro al mese (fino al 31 agosto 2026)"."""
        testo = f"{self.descrizione}: {self.euro} {self.unita}" if self.descrizione else f"{self.euro} {self.unita}"
        if self.valida_fino_al:
            return f"{testo} ({giorno_in_parole(self.valida_fino_al, dopo='fino al')})"
        return f"{testo} ({giorno_in_parole(self.valida_dal, dopo='dal')})" if self.valida_dal else testo


@dataclass(frozen=True)
class Scadenza:
    """`chiave` is the same as long as it is the same deadline, even when its day or its words change."""

    descrizione: str
    data: date
    chiave: str = ""


@dataclass(frozen=True)
class Contatto:
    ruolo: str
    telefono: str = ""
    email: str = ""
    nota: str = ""


@dataclass(frozen=True)
class FileDaScaricare:
    titolo: str
    url: str
    tipo: str = ""


@dataclass(frozen=True)
class Settimana:
    """A week of a summer service. `prezzo` is a decimal text, empty while nobody has verified it; `liberi` are the
    places left on the day `liberi_al`."""

    dal: date
    al: date
    dalle: time | None = None
    alle: time | None = None
    eta_minima: int | None = None
    eta_massima: int | None = None
    prezzo: str = ""
    posti: int | None = None
    liberi: int | None = None
    liberi_al: date | None = None

    @property
    def anno(self) -> int:
        return settimane.anno_di(self.dal)

    @property
    def nome(self) -> str:
        return settimane.in_breve(self.dal, self.al)

    @property
    def orario(self) -> str:
        return settimane.orario_in_breve(self.dalle, self.alle)

    @property
    def eta(self) -> str:
        return intervallo_in_parole(self.eta_minima, self.eta_massima)

    @property
    def gruppo(self) -> str:
        return settimane.gruppo_in_parole(self.dalle, self.alle, self.eta_minima, self.eta_massima)

    @property
    def euro(self) -> str:
        if not self.prezzo:
            return ""
        return in_euro(self.prezzo) if Decimal(self.prezzo) else "gratuita"

    @property
    def importo(self) -> Decimal | None:
        return Decimal(self.prezzo) if self.prezzo else None


@dataclass(frozen=True)
class GruppoDiSettimane:
    """The weeks of a service for the same ages, at the same hours, in order."""

    settimane: list[Settimana]

    @property
    def eta(self) -> str:
        return self.settimane[0].eta

    @property
    def orario(self) -> str:
        return self.settimane[0].orario

    @property
    def periodo(self) -> str:
        """ "15 giugno–28 agosto"."""
        return settimane.in_breve(self.settimane[0].dal, self.settimane[-1].al)

    @property
    def periodi(self) -> str:
        """ "15 giugno–31 luglio, 24–28 agosto": weeks that follow one another are told together."""
        return ", ".join(
            settimane.in_breve(dal, al) for dal, al in settimane.di_seguito((s.dal, s.al) for s in self.settimane)
        )

    @property
    def prezzo(self) -> str:
        """ "110 euro", "da 90 a 110 euro"; empty when no price is known."""
        importi = sorted({s.importo for s in self.settimane if s.importo is not None})
        if not importi:
            return ""
        if importi == [0]:
            return "gratuito"
        minimo, massimo = in_euro(f"{importi[0]:.2f}"), in_euro(f"{importi[-1]:.2f}")
        return massimo if minimo == massimo else f"da {minimo.removesuffix(' euro')} a {massimo}"


@dataclass(frozen=True)
class Estate:
    """What a summer service offers, in every year that it has told. `disponibile`: to conventions with employers."""

    settimane: tuple[Settimana, ...] = ()
    pasti: str = ""
    sconti: str = ""
    convenzioni: str = ""
    disponibile: bool = False

    def dell_anno(self, anno: int) -> list[Settimana]:
        return [settimana for settimana in self.settimane if settimana.anno == anno]

    @property
    def anni(self) -> list[int]:
        """The summers told, the latest first."""
        return sorted({settimana.anno for settimana in self.settimane}, reverse=True)

    @property
    def ultima(self) -> list[GruppoDiSettimane]:
        """The latest summer told, by ages and hours."""
        gruppi: dict[str, GruppoDiSettimane] = {}
        for settimana in self.dell_anno(self.anni[0]) if self.settimane else ():
            gruppi.setdefault(settimana.gruppo, GruppoDiSettimane([])).settimane.append(settimana)
        return list(gruppi.values())


def in_euro(importo: str) -> str:
    """ "12 euro", "7,50 euro"."""
    intero, centesimi = importo.split(".")
    return f"{intero} euro" if centesimi == "00" else f"{intero},{centesimi} euro"


@dataclass(frozen=True)
class Scheda(comune.Scheda):
    """The public entry. `erogatore_chiave` is empty for a body outside the network. `luogo_riservato`: there is a
    protected place, of which this is all that is said."""

    altri_nomi: str = ""
    testo: str = ""
    erogatore: str = ""
    erogatore_url: str = ""
    erogatore_chiave: str = ""
    natura: str = ""
    natura_nome: str = ""
    sito: str = ""
    per_chi: str = ""
    eta_minima: int | None = None
    eta_massima: int | None = None
    fasi: tuple[Nome, ...] = ()
    bisogni: tuple[Nome, ...] = ()
    etichette: tuple[str, ...] = ()
    luoghi: tuple[Luogo, ...] = ()
    luogo_riservato: bool = False
    on_line: bool = False
    a_domicilio: bool = False
    tutto_il_territorio: bool = False
    fasce: tuple[Fascia, ...] = ()
    periodi: tuple[Periodo, ...] = ()
    su_appuntamento: bool = False
    note_orari: str = ""
    sospeso: bool = False
    sospeso_motivo: str = ""
    sospeso_fino_al: date | None = None
    costo: str = ""
    costo_nome: str = ""
    icef: bool = False
    convenzionato: bool = False
    tariffe: tuple[Tariffa, ...] = ()
    note_costo: str = ""
    come_accedere: str = ""
    documenti: tuple[str, ...] = ()
    scadenze: tuple[Scadenza, ...] = ()
    lingue: tuple[Nome, ...] = ()
    contatti: tuple[Contatto, ...] = ()
    allegati: tuple[FileDaScaricare, ...] = ()
    estate: Estate = Estate()
    verificata_il: date | None = None
    da_verificare_dal: date | None = None

    @property
    def eta(self) -> str:
        return intervallo_in_parole(self.eta_minima, self.eta_massima)

    @property
    def orario(self) -> orari.Orario:
        return orari.Orario(self.fasce, self.periodi, self.sospeso, self.sospeso_fino_al)

    @property
    def settimana(self) -> list[tuple[str, str]]:
        return orari.settimana_in_parole(self.orario.fasce)

    @property
    def stagioni(self) -> list[Periodo]:
        return [p for p in self.periodi if not p.chiusura]

    @property
    def chiusure(self) -> list[Periodo]:
        return [p for p in self.periodi if p.chiusura]

    @property
    def dove(self) -> str:
        """The municipalities of its places, or how else it is given, in a line."""
        altri = [nome for vero, nome in ((self.on_line, "on line"), (self.a_domicilio, "a domicilio")) if vero]
        dove = ", ".join([*comuni_in_breve(self.luoghi), *altri])
        return dove or ("Tutto il territorio" if self.tutto_il_territorio else "")

    def stato(self, istante: datetime) -> orari.Apertura:
        """Open, closed or unknown at `istante`."""
        return orari.stato(self.orario, istante)

    def da_verificare(self, giorno: date) -> bool:
        """Whether on `giorno` nobody has confirmed it for so long that the public is told."""
        return self.da_verificare_dal is not None and self.da_verificare_dal <= giorno

    def merito(self, giorno: date) -> float:
        """What its points are multiplied by in a search on `giorno`: out of season, closed or in doubt it comes later,
        checked lately a little before."""
        fattore = 1.0 if self.orario.attivo_il(giorno) else FUORI_STAGIONE
        if self.da_verificare(giorno):
            return fattore * IN_DUBBIO
        lontana = self.verificata_il is None or (giorno - self.verificata_il).days > VERIFICATA_DA_POCO
        return fattore * (1.0 if lontana else VERIFICATA)

    @property
    def gratuito(self) -> bool:
        """Nothing is paid: not what only asking for is free, as a rent that depends on the income."""
        return self.costo == "gratuito" and not self.icef and not self.tariffe

    def costo_in_breve(self, giorno: date) -> str:
        """What it costs, in few words: "Gratuito", "da 90 euro a settimana"; empty while nobody said it.

        Where it depends on the income no amount is told alone: it would be the most, or the least.
        """
        valide = sorted(self.tariffe_valide(giorno), key=lambda t: Decimal(t.importo))
        if self.icef or not valide:
            return SECONDO_ICEF if self.icef else self.costo_nome
        return f"{'da ' if len(valide) > 1 else ''}{valide[0].euro} {valide[0].unita}"

    def costi(self, giorno: date) -> list[str]:
        """All that is known of the cost on `giorno`, in sentences: the same on the site and on paper."""
        valide, domanda = self.tariffe_valide(giorno), self.costo == "gratuito" and self.icef
        detto = {
            "gratuito": "" if valide else "È gratuito.",
            "pagamento": "" if valide or self.note_costo else "È a pagamento.",
        }
        frasi = [DOMANDA_GRATUITA if domanda else detto.get(self.costo, ""), *map(str, valide)]
        frasi += [DIPENDE] if self.icef and not domanda else []
        frasi += ["È convenzionato con un ente pubblico."] if self.convenzionato else []
        return [frase for frase in [*frasi, *self.note_costo.splitlines()] if frase.strip()]

    def tariffe_valide(self, giorno: date) -> list[Tariffa]:
        """The amounts whose validity is not over on `giorno`."""
        return [t for t in self.tariffe if t.valida_fino_al is None or t.valida_fino_al >= giorno]
