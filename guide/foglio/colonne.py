"""The columns of the sheet: what each writes of an entry as it is kept, and what it reads back.

Attachments and image are no columns: importing leaves them as they are.
"""

from dataclasses import dataclass, field
from datetime import time

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.html import escape
from taggit.utils import edit_string_for_tags, parse_tags
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import Page

from base.formati.lettura_csv import Colonne, leggi_chiavi
from organizzazioni.models import Organizzazione

from ..models import (
    Bisogno,
    Comune,
    Contatto,
    FasciaOraria,
    FaseVita,
    Lingua,
    Luogo,
    PeriodoServizio,
    Scadenza,
    ServizioPage,
    Tariffa,
)
from ..models.dettagli import EtichettaGuida
from ..models.servizi import TESTO
from .celle import CellaNonValida, Parte, leggi, leggi_orari, leggi_parti, scrivi, scrivi_orari
from .celle import scrivi_parti as in_linea


def scelte(classe):
    return "scelta:" + ",".join(classe.values)


@dataclass
class Categorie:
    """Keys of what entries name, by primary key and back: one query for each kind."""

    chiavi: dict = field(default_factory=dict)
    oggetti: dict = field(default_factory=dict)
    etichette: dict = field(default_factory=dict)

    @classmethod
    def leggi(cls):
        categorie = cls(etichette={e.pk: e for e in EtichettaGuida.objects.all()})
        for modello in (Bisogno, FaseVita, Lingua, Comune, Organizzazione):
            tutti = list(modello.objects.all())
            categorie.chiavi[modello] = {oggetto.pk: oggetto.chiave for oggetto in tutti}
            categorie.oggetti[modello] = {oggetto.chiave: oggetto for oggetto in tutti}
        return categorie

    def trova(self, modello, chiave):
        if chiave not in self.oggetti[modello]:
            raise CellaNonValida(f"«{chiave}» non c'è tra: {', '.join(sorted(self.oggetti[modello]))}")
        return self.oggetti[modello][chiave]


class Semplice:
    """A field with one value."""

    def __init__(self, nome, campo, tipo="testo"):
        self.nome, self.campo, self.tipo = nome, campo, tipo

    def scrivi(self, contenuto, categorie):
        return scrivi(self.tipo, contenuto.get(self.campo))

    def leggi(self, testo, categorie):
        return leggi(self.tipo, testo)

    def capito(self, valore, contenuto, categorie):
        """What was understood: `valore`, that `leggi` gave, as the export will write it from the `contenuto` that has
        it."""
        return self.scrivi(contenuto, categorie)

    def applica(self, pagina, valore):
        setattr(pagina, self.campo, valore)


def _esigi_pagine_pubbliche(chiavi):
    """Links of a file may point to what everyone reads: the address of a draft would tell its title."""
    if chiavi and Page.objects.live().filter(pk__in=[c for c in chiavi if str(c).isdigit()]).count() != len(chiavi):
        raise CellaNonValida("c'è un collegamento a una pagina che non è pubblicata")


class Ricco(Semplice):
    """A rich text: plain paragraphs, or the tags of the editor; any other is taken out."""

    def scrivi(self, contenuto, categorie):
        zuppa = BeautifulSoup(contenuto.get(self.campo) or "", "html.parser")
        for elemento in zuppa.find_all(attrs={"data-block-key": True}):
            del elemento["data-block-key"]
        return str(zuppa).strip()

    def leggi(self, testo, categorie):
        if "<" not in testo:
            testo = "".join(f"<p>{escape(riga.strip())}</p>" for riga in testo.splitlines() if riga.strip())
        convertitore = ContentstateConverter(features=TESTO)
        try:
            zuppa = BeautifulSoup(testo, "html.parser")
            _esigi_pagine_pubbliche({collegamento.get("id") for collegamento in zuppa.find_all(linktype="page")})
            pulito = convertitore.from_database_format(str(zuppa))
            return convertitore.to_database_format(pulito) if testo else ""
        except CellaNonValida:
            raise
        except (AssertionError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError):
            raise CellaNonValida("ci sono codici HTML che non si leggono: usa solo p, b, i, a, ul, ol, li") from None


class UnaChiave(Semplice):
    """A field that names one thing by its key."""

    def __init__(self, nome, campo, modello):
        super().__init__(nome, campo)
        self.modello = modello

    def scrivi(self, contenuto, categorie):
        return categorie.chiavi[self.modello].get(contenuto.get(self.campo), "")

    def leggi(self, testo, categorie):
        return categorie.trova(self.modello, testo) if testo else None


class Chiavi(UnaChiave):
    """A field that names more than one thing; their order says nothing."""

    def scrivi(self, contenuto, categorie):
        chiavi = categorie.chiavi[self.modello]
        return ", ".join(sorted(chiavi[pk] for pk in contenuto.get(self.campo) or () if pk in chiavi))

    def leggi(self, testo, categorie):
        trovati = [categorie.trova(self.modello, chiave) for chiave in leggi_chiavi(testo)]
        primi = [b.chiave for b in trovati if isinstance(b, Bisogno) and b.padre_id is None]
        if primi:
            raise CellaNonValida(f"«{', '.join(primi)}» è del primo livello: scrivi uno dei bisogni che contiene")
        return trovati


class Etichette(Semplice):
    """The free words, as the editor writes them."""

    def scrivi(self, contenuto, categorie):
        chiavi = [riga["tag"] for riga in contenuto.get("etichettature") or ()]
        return edit_string_for_tags([categorie.etichette[pk] for pk in chiavi if pk in categorie.etichette])

    def leggi(self, testo, categorie):
        parole = parse_tags(testo)
        if any(len(parola) > EtichettaGuida._meta.get_field("name").max_length for parola in parole):
            raise CellaNonValida("una parola chiave è troppo lunga")
        return parole

    def capito(self, valore, contenuto, categorie):
        return edit_string_for_tags([EtichettaGuida(name=parola) for parola in valore])

    def applica(self, pagina, valore):
        pagina.etichette.set(valore)


class Righe(Semplice):
    """What an entry has more than one of, one to a line. `comune` among its parts is named by key.

    `chiave_di` says by what a row is the same as before, where rows have a `chiave` that the sheet does not show.
    """

    def __init__(self, nome, campo, modello, *parti, chiave_di=None):
        super().__init__(nome, campo)
        self.chiave_di = chiave_di
        self.modello, self.parti = modello, [Parte(*parte) for parte in parti]

    def scrivi(self, contenuto, categorie):
        righe = [self._con_chiave(riga, categorie) for riga in _in_ordine(contenuto, self)]
        return "\n".join(in_linea(riga, self.parti) for riga in righe)

    def _con_chiave(self, riga, categorie):
        return {**riga, "comune": categorie.chiavi[Comune].get(riga["comune"])} if "comune" in riga else riga

    def leggi(self, testo, categorie):
        return [self._oggetto(riga, categorie) for riga in testo.splitlines() if riga.strip()]

    def _oggetto(self, riga, categorie):
        valori = leggi_parti(riga, self.parti)
        if self.modello is Luogo:
            valori["comune"] = categorie.trova(Comune, valori.get("comune") or "")
        for nome in [nome for nome, valore in valori.items() if valore == ""]:
            valori.pop(nome)
        oggetto = self.modello(**valori)
        try:
            oggetto.full_clean(exclude=["servizio", "comune"], validate_unique=False)
        except ValidationError as errore:
            nomi = {parte.campo: parte.nome for parte in self.parti}
            motivi = "; ".join(f"{nomi.get(campo, campo)}: {' '.join(m)}" for campo, m in errore.message_dict.items())
            raise CellaNonValida(f"«{riga.strip()[:60]}»: {motivi}") from None
        return oggetto

    def applica(self, pagina, valore):
        prima = list(getattr(pagina, self.campo).all())
        for posto, riga in enumerate(valore):
            riga.sort_order = posto
            if self.chiave_di:  # calendars know a deadline by its key: the same deadline keeps it
                stessa = next((r for r in prima if self.chiave_di(r) == self.chiave_di(riga)), None)
                if stessa is not None:
                    prima.remove(stessa)
                    riga.chiave = stessa.chiave
        setattr(pagina, self.campo, valore)


class Orari(Righe):
    """The weekly hours."""

    def scrivi(self, contenuto, categorie):
        return scrivi_orari(
            (riga["giorno"], time.fromisoformat(str(riga["dalle"])), time.fromisoformat(str(riga["alle"])))
            for riga in _in_ordine(contenuto, self)
        )

    def leggi(self, testo, categorie):
        return [FasciaOraria(giorno=giorno, dalle=dalle, alle=alle) for giorno, dalle, alle in leggi_orari(testo)]


def _in_ordine(contenuto, colonna):
    return sorted(contenuto.get(colonna.campo) or (), key=lambda riga: riga.get("sort_order") or 0)


CODICE, ORGANIZZAZIONE = "codice", "organizzazione"
CAMPI = [
    Semplice("nome", "title"),
    Semplice("in_parole_semplici", "sommario"),
    Semplice("altri_nomi", "altri_nomi"),
    Ricco("descrizione", "testo"),
    UnaChiave("offerto_da", "erogatore", Organizzazione),
    Semplice("ente_esterno", "erogatore_esterno"),
    Semplice("tipo_di_ente", "natura", scelte(ServizioPage.Natura)),
    Semplice("sito", "sito", "sito"),
    Semplice("per_chi", "per_chi"),
    Semplice("eta_minima", "eta_minima", "eta"),
    Semplice("eta_massima", "eta_massima", "eta"),
    Chiavi("momenti", "fasi", FaseVita),
    Chiavi("bisogni", "bisogni", Bisogno),
    Etichette("parole_chiave", "etichette"),
    Righe(
        "luoghi",
        "luoghi",
        Luogo,
        ("comune", "comune"),
        ("nome", "nome"),
        ("via", "indirizzo"),
        ("riservato", "protetto", "si_no"),
        ("accessibile", "accessibilita", scelte(Luogo.Accessibilita)),
        ("come si entra", "note_accessibilita"),
        ("latitudine", "latitudine", "coordinata"),
        ("longitudine", "longitudine", "coordinata"),
    ),
    Semplice("on_line", "on_line", "si_no"),
    Semplice("a_domicilio", "a_domicilio", "si_no"),
    Semplice("tutto_il_territorio", "tutto_il_territorio", "si_no"),
    Orari("orari", "orari", FasciaOraria),
    Semplice("su_appuntamento", "su_appuntamento", "si_no"),
    Semplice("note_orari", "note_orari"),
    Righe(
        "periodi",
        "periodi",
        PeriodoServizio,
        ("tipo", "tipo", scelte(PeriodoServizio.Tipo)),
        ("dal", "dal", "data"),
        ("al", "al", "data"),
        ("ogni anno", "ogni_anno", "si_no"),
        ("nota", "nota"),
    ),
    Semplice("chiuso", "sospeso", "si_no"),
    Semplice("chiuso_per", "sospeso_motivo"),
    Semplice("chiuso_fino_al", "sospeso_fino_al", "data"),
    Semplice("costo", "costo", scelte(ServizioPage.Costo)),
    Semplice("icef", "icef", "si_no"),
    Semplice("convenzionato", "convenzionato", "si_no"),
    Righe(
        "importi",
        "tariffe",
        Tariffa,
        ("importo", "importo", "importo"),
        ("ogni", "unita", scelte(Tariffa.Unita)),
        ("per", "descrizione"),
        ("dal", "valida_dal", "data"),
        ("fino al", "valida_fino_al", "data"),
    ),
    Semplice("note_costo", "note_costo"),
    Ricco("come_fare", "come_accedere"),
    Semplice("cosa_serve", "documenti"),
    Righe(
        "scadenze",
        "scadenze",
        Scadenza,
        ("che cosa", "descrizione"),
        ("entro il", "data", "data"),
        chiave_di=lambda scadenza: scadenza.descrizione,
    ),
    Chiavi("lingue", "lingue", Lingua),
    Righe(
        "contatti",
        "contatti",
        Contatto,
        ("ruolo", "ruolo"),
        ("telefono", "telefono"),
        ("e-mail", "email"),
        ("nota", "nota"),
        ("nascosto", "nascosto", "si_no"),
    ),
]
COLONNE = (CODICE, ORGANIZZAZIONE, *(colonna.nome for colonna in CAMPI))
DEL_FILE = Colonne(COLONNE, obbligatorie=(ORGANIZZAZIONE, "nome"), trattini=("orari",))
