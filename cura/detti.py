"""The facts that people write among the words of a search: an age, a municipality, a price, a day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from base.parole import a_una_lettera

from .parlato import Segno, segni

ANNI, MESI, FASCIA, STAGIONE = "anni", "mesi", "fascia", "stagione"
"""Sets of the index that are no facet: the ages for which an entry is, when in the week it is open, its season."""
MESI_CONTATI, ANNI_CONTATI = 36, 100
"""Below so many months an age is looked for by the month; below so many years, by the year."""

NUMERI = {"un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8}
NUMERI |= {"nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15}
NUMERI |= {"sedici": 16, "diciassette": 17, "diciotto": 18}
NOMI_DEI_GIORNI = {
    "lun": "lunedì",
    "mar": "martedì",
    "mer": "mercoledì",
    "gio": "giovedì",
    "ven": "venerdì",
    "sab": "sabato",
    "dom": "domenica",
}
SIGLE = tuple(NOMI_DEI_GIORNI)
GIORNI = {"lunedi": "lun", "martedi": "mar", "mercoledi": "mer", "giovedi": "gio", "venerdi": "ven"}
GIORNI |= {"sabato": "sab", "sabati": "sab", "domenica": "dom", "domeniche": "dom"}
PARTI = {"mattina": "mattina", "mattino": "mattina", "mattine": "mattina", "pomeriggio": "pomeriggio"}
PARTI |= {"pomeriggi": "pomeriggio", "sera": "sera", "serale": "sera", "serali": "sera"}
GRATIS = frozenset(["gratis", "gratuito", "gratuita", "gratuiti", "gratuite", "gratuitamente", "free"])
STAGIONI = {"estate": "estate", "estivo": "estate", "estiva": "estate", "estivi": "estate", "estive": "estate"}
STAGIONI |= {"inverno": "inverno", "invernale": "inverno", "invernali": "inverno"}
STAGIONI |= {"autunno": "autunno", "primavera": "primavera"}
MESI_DELLE_STAGIONI = {"inverno": (12, 1, 2), "primavera": (3, 4, 5), "estate": (6, 7, 8), "autunno": (9, 10, 11)}
UNITA = {"anni": 12, "anno": 12, "mesi": 1, "mese": 1}
PRIMA_DI_UNA_LINGUA = frozenset(["in", "lingua", "parla", "parlano", "parlo", "parlare", "parlante"])
LUNGHEZZA_BREVE = 4
"""The short name of a municipality has at least so many letters."""


@dataclass(frozen=True)
class Detto:
    """A fact that was read. It is of the entries that are in any of `insiemi`; nothing is known of those that are in
    none of the sets of its `faccetta`. `segni` are the words it was read in; with `anche_parole`, the last of them are
    looked for too.
    """

    etichetta: str
    nome: str
    faccetta: str
    insiemi: tuple[tuple[str, str], ...]
    segni: tuple[Segno, ...]
    anche_parole: bool = False

    def senza(self, testo: str) -> str:
        """`testo` without the words of the fact, nor a sign that stood between them."""
        for segno in sorted(self.segni, key=lambda s: -s.inizio):
            testo = testo[: segno.inizio] + testo[segno.fine :]
        return " ".join(parola for parola in testo.split() if any(map(str.isalnum, parola)))


def leggi(testo: str, comuni: Mapping[str, str], lingue: Mapping[str, str]) -> list[Detto]:
    """The facts in `testo`, at most one of each kind. `comuni` and `lingue`: names by key."""
    tutti = segni(testo)
    trovati = [
        _eta(tutti),
        _comune(tutti, comuni),
        _costo(tutti),
        _quando(tutti),
        _stagione(tutti),
        _lingua(tutti, lingue),
    ]
    return [fatto for fatto in trovati if fatto is not None]


def eta_contate(minima: int | None, massima: int | None) -> Iterable[tuple[str, str]]:
    """The sets of ages of an entry for ages from `minima` to `massima`, in months; none when nobody said."""
    if minima is None and massima is None:
        return
    inizio = minima or 0
    fine = ANNI_CONTATI * 12 if massima is None else max(massima, inizio)
    for mese in range(inizio, min(fine + 1, MESI_CONTATI)):
        yield MESI, str(mese)
    for anno in range(inizio // 12, min(fine // 12 + 1, ANNI_CONTATI)):
        yield ANNI, str(anno)


def _numero(segno):
    if segno.parola.isdigit() and len(segno.parola) <= 3:
        return int(segno.parola)
    return NUMERI.get(segno.parola)


def _eta(tutti):
    """ "5 anni", "otto mesi", "3-6 anni", "8mesi", "un anno e mezzo"."""
    for n, segno in enumerate(tutti):
        for parola, mesi in UNITA.items():
            attaccato = segno.parola.removesuffix(parola)
            if attaccato != segno.parola and attaccato.isdigit() and len(attaccato) <= 3:
                return _fatto_eta(int(attaccato) * mesi, [segno])
        quanti = _numero(segno)
        unita = next((UNITA[s.parola] for s in tutti[n + 1 : n + 2] if s.parola in UNITA), None)
        if quanti is None or unita is None:
            continue
        usati = tutti[n : n + 2]
        if [s.parola for s in tutti[n + 2 : n + 4]] == ["e", "mezzo"] and unita == 12:
            return _fatto_eta(quanti * 12 + 6, tutti[n : n + 4])
        prima = tutti[n - 2 : n] if n > 1 and tutti[n - 1].parola in ("a", "ai") else tutti[n - 1 : n] if n else []
        if prima and (minima := _numero(prima[0])) is not None and minima < quanti:
            return _fatto_eta(minima * unita, [*prima, *usati], quanti * unita)
        return _fatto_eta(quanti * unita, usati)
    return None


def _fatto_eta(mesi, usati, massima=None):
    fine = mesi if massima is None else massima
    eta = dict.fromkeys((mesi, (mesi + fine) // 2, fine))
    insiemi = tuple((MESI, str(m)) if m < MESI_CONTATI else (ANNI, str(m // 12)) for m in eta)
    nome = "–".join(dict.fromkeys(_in_parole(m) for m in (mesi, fine)))
    return Detto("Età", nome, ANNI, insiemi, tuple(usati)) if fine < ANNI_CONTATI * 12 + 240 else None


def _in_parole(mesi):
    if mesi % 12 == 0 and mesi:
        return "1 anno" if mesi == 12 else f"{mesi // 12} anni"
    return "1 mese" if mesi == 1 else f"{mesi} mesi"


def _comune(tutti, comuni):
    """The whole name, or the short one by which everybody calls it, also with a letter wrong."""
    nomi = {chiave: [s.parola for s in segni(nome)] for chiave, nome in comuni.items()}
    for chiave, nome in sorted(nomi.items(), key=lambda voce: -len(voce[1])):
        for n in range(len(tutti) - len(nome) + 1):
            if nome and [s.parola for s in tutti[n : n + len(nome)]] == nome:
                return _fatto_comune(chiave, comuni, tutti[n : n + len(nome)])
    brevi = _nomi_brevi(comuni)
    for segno in tutti:
        if segno.parola in brevi:
            return _fatto_comune(brevi[segno.parola], comuni, _con_il_resto(segno, tutti, nomi[brevi[segno.parola]]))
    for segno in tutti:
        vicini = {brevi[b] for b in brevi if len(segno.parola) > 5 and a_una_lettera(segno.parola, b)}
        if len(vicini) == 1 and not segno.esiste:
            return _fatto_comune(vicini.pop(), comuni, [segno])
    return None


def _con_il_resto(segno, tutti, nome):
    n = tutti.index(segno)
    return [segno, *(s for s in tutti[n + 1 : n + 2] if s.parola in nome)]


def _fatto_comune(chiave, comuni, usati):
    return Detto("Comune", comuni[chiave], "comune", (("comune", chiave),), tuple(usati), True)


def _nomi_brevi(comuni):
    """The words that name one municipality alone: the first of its name, or what follows "di", unless the dictionary
    has it ("altopiano")."""
    brevi: dict[str, set[str]] = {}
    for chiave, nome in comuni.items():
        tratti = segni(nome)
        for prima, segno in zip([None, *tratti], tratti, strict=False):
            dopo_di = prima is not None and prima.vuota
            propria = len(segno.parola) >= LUNGHEZZA_BREVE and not segno.vuota and not segno.esiste
            if propria and (prima is None or dopo_di):
                brevi.setdefault(segno.parola, set()).add(chiave)
    return {breve: quali.pop() for breve, quali in brevi.items() if len(quali) == 1}


def _costo(tutti):
    for n, segno in enumerate(tutti):
        coppia = [s.parola for s in tutti[n : n + 2]]
        if segno.parola in GRATIS:
            return Detto("Costo", "Gratuito", "costo", (("costo", "gratuito"),), (segno,))
        if coppia in (["senza", "pagare"], ["senza", "spendere"], ["costo", "zero"]):
            return Detto("Costo", "Gratuito", "costo", (("costo", "gratuito"),), tuple(tutti[n : n + 2]))
    return None


def _quando(tutti):
    """A day, a part of the day, or both."""
    giorno = next((s for s in tutti if s.parola in GIORNI), None)
    parte = next((s for s in tutti if s.parola in PARTI), None)
    fine_settimana = [s for s in tutti if s.parola in ("weekend", "weekends")]
    for n in range(len(tutti) - 1):
        if [s.parola for s in tutti[n : n + 2]] in (["fine", "settimana"], ["week", "end"]):
            fine_settimana = tutti[n : n + 2]
    giorni = [GIORNI[giorno.parola]] if giorno else ["sab", "dom"] if fine_settimana else []
    usati = tuple(([giorno] if giorno else fine_settimana) + ([parte] if parte else []))
    if not usati:
        return None
    quando = PARTI[parte.parola] if parte else ""
    nome = " ".join([*(["fine settimana"] if not giorno and giorni else [NOMI_DEI_GIORNI[g] for g in giorni]), quando])
    valori = [f"{g}-{quando}" if quando else g for g in giorni] or [quando]
    return Detto("Quando", nome.strip(), FASCIA, tuple((FASCIA, valore) for valore in valori), usati, True)


def _stagione(tutti):
    for segno in tutti:
        if segno.parola in STAGIONI:
            stagione = STAGIONI[segno.parola]
            return Detto("Stagione", stagione, STAGIONE, ((STAGIONE, stagione),), (segno,), True)
    return None


def _lingua(tutti, lingue):
    """A language other than that of the site; that one only after "in" or "parla"."""
    per_nome = {radice_di(nome): (chiave, nome) for chiave, nome in lingue.items()}
    for prima, segno in zip([None, *tutti], tutti, strict=False):
        trovata = per_nome.get(radice_di(segno.scritta))
        introdotta = prima is not None and prima.parola in PRIMA_DI_UNA_LINGUA
        if trovata and (introdotta or radice_di(segno.scritta) != radice_di("italiano")):
            usati = (prima, segno) if introdotta else (segno,)
            return Detto("Lingua", trovata[1], "lingua", (("lingua", trovata[0]),), usati, True)
    return None


def radice_di(nome):
    """The first word of the name of a language, without its ending: "araba" is "arabo"."""
    primi = segni(nome)
    return primi[0].parola[:-1] if primi else ""


def parti_del_giorno(dalle: int, alle: int) -> list[str]:
    """The parts of the day that an opening from `dalle` to `alle`, in minutes from midnight, touches."""
    alle = alle if alle > dalle else alle + 24 * 60
    parti = {"mattina": (6 * 60, 13 * 60), "pomeriggio": (13 * 60, 18 * 60 + 30), "sera": (18 * 60, 24 * 60)}
    return [nome for nome, (da, a) in parti.items() if min(alle, a) - max(dalle, da) >= 60]


def stagioni_di(mesi: Iterable[int]) -> set[str]:
    """The seasons of these months (1–12), where most of each is."""
    quali = {*mesi}
    return {stagione for stagione, suoi in MESI_DELLE_STAGIONI.items() if quali & {*suoi}}
