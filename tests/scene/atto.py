"""Acts in the layout of the official one, in words of our own: as a text, with or without pages, and as a PDF."""

import html
from dataclasses import dataclass, field

COMPITI = (
    ("Networking", (("elenco dei soci", "100% per invio dell'elenco"),)),
    (
        "Incontri",
        (
            ("numero delle riunioni di coordinamento", "25% per ogni riunione. Evidenze: elenco con data e argomento"),
            (
                "Enti che progettano insieme",
                "50% per ogni organizzazione aderente. Evidenze: progetto e organizzazioni",
            ),
        ),
    ),
    ("Formazione del manager", (("Corsi frequentati", "50% della formazione offerta"),)),
)
ADERENTI = (
    ("COMUNE DI BORGO ALTO", "10-gen-24", "Family", "Family"),
    ("LA LANTERNA SOCIETA' COOPERATIVA SOCIALE", "03-feb-25", "", "Family"),
)
TITOLI = ("ORTI IN CORTILE", "LA CITTA' DEI NONNI", "BICICLETTE IN PRESTITO", "STORIE DELLA SERA")


@dataclass
class AzioneDiProva:
    """The rows of an action; a value that is None leaves its row out, one of `nude` has no label."""

    titolo: str
    area: str = "VICINATO - WELFARE DI VALLE"
    generale: str | None = "Far incontrare chi abita nello stesso cortile"
    specifico: str | None = "Aprire due orti che tutti possano coltivare"
    azioni: str | None = "Si cercano gli spazi. Si mettono le cassette. Si coltiva insieme una volta la settimana."
    referenti: str | None = "Comune di Borgo Alto e Cooperativa La Lanterna"
    altre: str | None = "Organizzazioni del paese (e non)"
    tempi: str | None = "Entro 30 novembre {anno}"
    indicatori: str | None = "Organizzazione di n. 2 incontri con gli abitanti Realizzazione di una mappa degli orti"
    percentuali: str | None = "50% per ogni incontro svolto 100% per la mappa"
    classificazione: str | None = "A0301 Incontri di progettazione e programmazione"
    nude: tuple[str, ...] = ()
    doppie: tuple[str, ...] = ()
    mozze: tuple[str, ...] = ()


ETICHETTE = {
    "generale": "Obiettivo generale.",
    "specifico": "Obiettivo specifico.",
    "titolo": "Titolo.",
    "azioni": "Azioni.",
    "referenti": "Organizzazione referente.",
    "altre": "Altre organizzazioni coinvolte.",
    "tempi": "Tempi.",
    "indicatori": "Indicatore/i di valutazione.",
    "percentuali": "AZIONE V.A.M.T. Percentuale/i di valutazione.",
    "classificazione": "Classificazione.",
}


@dataclass
class AttoDiProva:
    """An act: how many actions, of which years, with which duties."""

    anno: int = 2031
    fino_al: int | None = None
    azioni: list[AzioneDiProva] = field(default_factory=list)
    compiti: tuple = COMPITI
    dichiarate: int | None = None

    @classmethod
    def con(cls, quante: int, **altro) -> "AttoDiProva":
        titoli = [TITOLI[n] if n < len(TITOLI) else f"PROGETTO NUMERO {n + 1}" for n in range(quante)]
        return cls(azioni=[AzioneDiProva(titolo) for titolo in titoli], **altro)

    @property
    def ultimo(self) -> int:
        return self.fino_al or self.anno

    def prima(self) -> list[list[str]]:
        """What comes before the actions, in rows of cells; one cell is a line."""
        anni = str(self.anno) if self.fino_al is None else f"{self.anno} - {self.fino_al}"
        per = f"l'anno {self.anno}" if self.fino_al is None else f"gli anni {self.anno} - {self.fino_al}"
        righe = [
            ["DISTRETTO FAMILY AUDIT VALLE VERDE"],
            [f"PROGRAMMA DI LAVORO {anni}"],
            [f"DETERMINAZIONE DEL DIRIGENTE N. 42 DI DATA 5 MARZO {self.anno}"],
            [f"RIFERIMENTO: {self.anno}-X001-00042"],
            ["Pag 1 di 2"],
            [
                f"Il Comune di Borgo Alto ha trasmesso in data 2 febbraio {self.anno} prot. 777 la deliberazione della "
                f"giunta comunale n.8 del 30 gennaio {self.anno} di approvazione dello Schema del Programma."
            ],
            [
                f"Il Programma di lavoro per {per} del Distretto Family Audit Valle Verde individua complessivamente "
                f"{self.dichiarate or len(self.azioni)} azioni da realizzarsi entro il 31 dicembre {self.ultimo}."
            ],
            [f"→ Maggio {self.anno - 2}: primi incontri."],
            ["DATI DEL DISTRETTO"],
            ["ANNO DI NASCITA DEL DISTRETTO", str(self.anno - 1)],
            ["DELIBERA DI APPROVAZIONE DEL DISTRETTO", "Deliberazione Giunta Comunale n. 3 dd. 01.02.2030"],
            ["ATTORI DEL DISTRETTO"],
            ["ORGANIZZAZIONE CAPOFILA", "Comune di Borgo Alto"],
            ["COORDINATORE/TRICE ISTITUZIONALE", "Nome Cognome Assessora al tempo libero del Comune di Borgo Alto"],
            ["CANALI SOCIAL"],
            ["MAIL DEL DISTRETTO FAMIGLIA", "distretto@example.org"],
        ]
        if self.compiti:
            righe += [["AZIONI Valutazione Azioni Manager Territoriale"], ["AZIONE", "% DI REALIZZAZIONE"]]
        for area, compiti in self.compiti:
            righe += [[area.upper()], *([titolo, valutazione] for titolo, valutazione in compiti)]
        return [*righe, ["PROGETTUALITÀ"]]

    def tabella(self, numero: int, azione: AzioneDiProva) -> list[list[str]]:
        """The rows of an action."""
        righe = [[f"PROGETTUALITÀ {numero} {azione.area}"]]
        for campo, etichetta in ETICHETTE.items():
            valore = getattr(azione, campo)
            if valore is None:
                continue
            valore = valore.format(anno=self.ultimo)
            if campo in azione.nude:
                righe.append([valore])
            elif campo in azione.doppie:
                righe.append([etichetta, f"{etichetta} {valore}"])
            elif campo in azione.mozze:
                righe.append([etichetta, f"{etichetta[-5:]} {valore}"])
            else:
                righe.append([etichetta, valore])
        return righe

    def dopo(self) -> list[list[str]]:
        return [
            [f"ORGANIZZAZIONI ADERENTI AL 28 FEBBRAIO {self.anno}"],
            ["", "", "Data adesione", "Marchio Family in Trentino", "Marchio Family Audit"],
            *([str(numero), *aderente] for numero, aderente in enumerate(ADERENTI, start=1)),
        ]

    def righe(self) -> list[list[str]]:
        tabelle = [riga for n, azione in enumerate(self.azioni, start=1) for riga in [*self.tabella(n, azione), [""]]]
        return [*self.prima(), *tabelle, *self.dopo()]

    def testo(self) -> str:
        """The text, with tabs between the cells."""
        return "\n".join("\t".join(riga) for riga in self.righe()) + "\n"

    def html(self, *, bordi: bool = True, in_righe: bool = False, stile: str = "") -> str:
        """The act to print: tables with ruled lines or without, or (`in_righe`) plain lines with the labels in them."""
        bordo = "td{border:.7pt solid black;padding:3pt}" if bordi else ""
        pagina = (
            '@page{size:A4;margin:2cm;@top-center{content:"Distretto Family Audit Valle Verde - atto"}'
            '@bottom-right{content:"Pag. " counter(page) " di " counter(pages)}}'
        )
        base = "body{font:10pt sans-serif}table{width:100%;border-collapse:collapse}"
        base += ".c0{width:24%}td{vertical-align:top}"
        parti = [f"<style>{pagina}{base}{bordo}{stile}</style>"]
        tabella: list[list[str]] = []
        for riga in [*self.righe(), [""]]:
            celle = [html.escape(cella) for cella in riga]
            if not in_righe and (len(celle) > 1 or celle[0].startswith("PROGETTUALITÀ ")):
                tabella.append(celle)
                continue
            if tabella:
                parti.append(_tabella(tabella))
                tabella = []
            parti.append(f"<p>{' '.join(celle)}</p>")
        return "".join(parti)


def _tabella(righe: list[list[str]]) -> str:
    celle = "".join(
        "<tr>" + "".join(f'<td class="c{n}">{cella}</td>' for n, cella in enumerate(riga)) + "</tr>"
        if len(riga) > 1
        else f"<tr><td colspan=2>{riga[0]}</td></tr>"
        for riga in righe
    )
    return f"<table>{celle}</table>"


def pdf(pagine: str) -> bytes:
    """The PDF of `pagine` (HTML)."""
    import weasyprint

    return weasyprint.HTML(string=pagine).write_pdf()


def scansione() -> bytes:
    """A PDF that has a picture of a text, and no text."""
    from io import BytesIO

    from PIL import Image, ImageDraw

    foglio = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(foglio).text((40, 40), "PROGETTUALITA 1", fill=0)
    file = BytesIO()
    foglio.save(file, "PDF")
    return file.getvalue()
