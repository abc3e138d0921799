"""What a visitor asks of the list of conventions, and which ones answer. A handful of them, all in memory."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from base.formati.caratteri import da_cercare
from base.parole import a_una_lettera, parole, radice

from .scheda import Scheda

ETICHETTE = {"categoria": "Categoria", "comune": "Comune", "per": "Chi la può usare"}
"""Names of the facets, as in addresses, and what a visitor calls them."""
BENEFICIARI = {
    "dipendenti": "Dipendenti",
    "familiari": "Familiari",
    "collaboratori": "Collaboratori",
    "esterni": "Aziende fuori dalla rete",
}
TESTO_MASSIMO = 100


@dataclass(frozen=True)
class Opzione:
    """A value of a facet, with how many conventions it would give."""

    valore: str
    nome: str
    quanti: int = 0
    scelta: bool = False


@dataclass(frozen=True)
class Faccetta:
    nome: str
    etichetta: str
    opzioni: list[Opzione]
    scartata: bool = False

    @property
    def scelta(self) -> Opzione | None:
        return next((opzione for opzione in self.opzioni if opzione.scelta), None)


@dataclass(frozen=True)
class Voce:
    """A convention as it is searched: its sheet and the stems of its words. `pagina` is what the list links to."""

    scheda: Scheda
    radici: frozenset[str] = frozenset()
    pagina: object = None

    def valori(self) -> dict[str, dict[str, str]]:
        """The values under which it is found, with their names, by facet."""
        s = self.scheda
        per = {*s.per, *(["esterni"] if s.aziende_esterne else [])}
        comuni = {luogo.chiave: luogo.comune for luogo in s.luoghi} | ({"on-line": "On line"} if s.on_line else {})
        return {
            "categoria": {s.categoria: s.categoria_nome},
            "comune": comuni,
            "per": {chiave: nome for chiave, nome in BENEFICIARI.items() if chiave in per},
        }


@dataclass(frozen=True)
class Esito:
    """What was found; `scartate` are facets asked with a value that does not exist, which filter nothing."""

    testo: str
    scelte: Mapping[str, str]
    scartate: tuple[str, ...]
    trovate: list[Voce]
    faccette: list[Faccetta] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.testo or self.scelte)

    def senza(self, nome: str) -> str:
        """The query string without facet `nome`, or without words (`q`)."""
        coppie = [("q", self.testo)] if self.testo and nome != "q" else []
        return "?" + urlencode(coppie + [(n, v) for n, v in self.scelte.items() if n != nome])

    @property
    def tolte(self) -> list[tuple[str, str, str]]:
        """The chips: what is being looked for, and the query string without it."""
        chip = [("Parole", f"«{self.testo}»", self.senza("q"))] if self.testo else []
        return chip + [(f.etichetta, f.scelta.nome, self.senza(f.nome)) for f in self.faccette if f.scelta]


def cerca(dati: Mapping[str, str], voci: Sequence[Voce]) -> Esito:
    """The conventions that the GET parameters `dati` ask for, in the order given. Total: what makes no sense is left
    out."""
    testo = da_cercare(str(dati.get("q") or ""), TESTO_MASSIMO)
    nomi: dict[str, dict[str, str]] = {nome: {} for nome in ETICHETTE}
    for voce in voci:
        for nome, valori in voce.valori().items():
            nomi[nome] |= valori
    chieste = {nome: str(dati[nome]) for nome in ETICHETTE if dati.get(nome)}
    scelte = {nome: valore for nome, valore in chieste.items() if valore in nomi[nome]}
    scartate = tuple(nome for nome in chieste if nome not in scelte)
    con_parole = _con_parole(testo, voci)
    faccette = [
        Faccetta(nome, etichetta, _opzioni(nome, nomi[nome], scelte, con_parole), nome in scartate)
        for nome, etichetta in ETICHETTE.items()
    ]
    return Esito(testo, scelte, scartate, [voce for voce in con_parole if _risponde(voce, scelte)], faccette)


def _opzioni(nome, nomi, scelte, voci):
    """The values that would find something, by name, and the chosen one even if it would not."""
    altre = {n: v for n, v in scelte.items() if n != nome}
    sotto = [voce.valori()[nome] for voce in voci if _risponde(voce, altre)]
    opzioni = [
        Opzione(valore, etichetta, sum(valore in valori for valori in sotto), scelte.get(nome) == valore)
        for valore, etichetta in nomi.items()
    ]
    return sorted((o for o in opzioni if o.quanti or o.scelta), key=lambda o: o.nome.casefold())


def _risponde(voce: Voce, scelte: Mapping[str, str]) -> bool:
    valori = voce.valori()
    return all(valore in valori[nome] for nome, valore in scelte.items())


def _con_parole(testo: str, voci: Sequence[Voce]) -> list[Voce]:
    """Those that have all the words; a word that nobody has may be wrong by a letter."""
    radici = [radice(parola) for parola in parole(testo)]
    if not radici:
        return list(voci)
    note = frozenset().union(*(voce.radici for voce in voci)) if voci else frozenset()
    ammesse = [_simili(r, note) for r in radici]
    return [voce for voce in voci if all(voce.radici & alcune for alcune in ammesse)]


def _simili(cercata: str, note: Iterable[str]) -> frozenset[str]:
    if cercata in note or len(cercata) < 4:
        return frozenset({cercata})
    return frozenset(nota for nota in note if a_una_lettera(cercata, nota)) or frozenset({cercata})
