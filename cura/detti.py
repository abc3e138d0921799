"""The facts that people write among the words of a search: an age, a municipality, a price, a day. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from base.parole import a_una_lettera

from .parlato import Segno, segni

ANNI, MESI, FASCIA, STAGIONE = "anni", "mesi", "fascia", "stagione"
"""Sets of the index that are no facet: the ages for which an entry is, when in the week it is open, its season."""
MESI_CONTATI, ANNI_CONTATI = 36, 100
"""Below so many months an age is looked for by the month; below so many years, by the year."""

NUMERI = {"un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8}
NUMERI |= {"nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15}
NUMERI |= {"sedici": 16, "diciassette": 17, "diciotto": 18}
GIOVANI = 18
"""Up to so many years a number said of a child is an age, without the word for years."""
DI_ANNI = {f"{nome[:-1]}enn{fine}": n for nome, n in {**NUMERI, "venti": 20}.items() if n > 9 for fine in "ei"}
_FIGLI = """
    bambino bambina bambini bambine bimbo bimba bimbi bimbe figlio figlia figli figlie nipote nipoti nipotino nipotina
    ragazzo ragazza ragazzi ragazze piccolo piccola piccoli fascia eta
"""
FIGLI = frozenset(_FIGLI.split())
SCUOLE = {"materna": (3, 6), "primaria": (6, 11), "medie": (11, 14), "superiori": (14, 19)}
SCUOLE |= dict.fromkeys(["elementare", "elementari"], (6, 11))
"""Who goes to these schools, in years."""
CLASSI = frozenset(["prima", "seconda", "quarta", "quinta"])
UNA_SCUOLA = {"elementare": "elementare", "media": "medie", "superiore": "superiori"}
"""Who is in a class of a school: not in the last before choosing another."""
NEONATI = frozenset(["neonato", "neonata", "neonati", "neonate"])
FINO_A, OLTRE = frozenset(["sotto", "under", "fino"]), frozenset(["over", "sopra", "oltre", "dopo"])
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
STAGIONI |= {"autunno": "autunno", "primavera": "primavera", "giugno": "estate", "luglio": "estate", "agosto": "estate"}
DI_SERA = range(17, 24)
"""After which hours it is evening: "dopo le 18"."""
MESI_DELLE_STAGIONI = {"inverno": (12, 1, 2), "primavera": (3, 4, 5), "estate": (6, 7, 8), "autunno": (9, 10, 11)}
UNITA = {"anni": 12, "anno": 12, "mesi": 1, "mese": 1}
PRIMA_DI_UNA_LINGUA = frozenset(["in", "lingua", "parla", "parlano", "parlo", "parlare", "parlante"])
SI_STUDIA = frozenset(["aiuto", "compiti", "ripetizioni", "recupero", "imparare", "studiare", "campo"])
"""Beside these a language is what is studied, not what is spoken."""
LUNGHEZZA_BREVE = 4
"""The short name of a municipality has at least so many letters."""


@dataclass(frozen=True)
class Detto:
    """A fact that was read. It is of the entries that are in any of `insiemi`; nothing is known of those that are in
    none of the sets of its `faccetta`. `segni` are the words it was read in; with `anche_parole`, the last of them are
    looked for too; with `piene` they say as much as any other word, and more than the fact.
    """

    etichetta: str
    nome: str
    faccetta: str
    insiemi: tuple[tuple[str, str], ...]
    segni: tuple[Segno, ...]
    anche_parole: bool = False
    piene: bool = False

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
        _on_line(tutti),
        _quando(tutti),
        _stagione(tutti),
        _lingua(tutti, lingue),
    ]
    return [detto for detto in trovati if detto is not None]


def eta_contate(minima: int | None, massima: int | None) -> Iterable[tuple[str, str]]:
    """The sets of ages of an entry for ages from `minima` to `massima`, in months; none when nobody said.

    Ages in years last until the next birthday ("fino a 17 anni" is for who is 17); a nursery ends on the third one.
    """
    if minima is None and massima is None:
        return
    inizio = minima or 0
    fine = ANNI_CONTATI * 12 if massima is None else max(massima, inizio)
    for mese in range(inizio, min(fine + 1, MESI_CONTATI)):
        yield MESI, str(mese)
    ultimo = fine // 12 - (inizio < fine == MESI_CONTATI)
    for anno in range(inizio // 12, min(ultimo + 1, ANNI_CONTATI)):
        yield ANNI, str(anno)


def _numero(segno):
    if segno.parola.isdigit() and len(segno.parola) <= 3:
        return int(segno.parola)
    return NUMERI.get(segno.parola)


def _eta(tutti):
    """An age with its unit, else of a child: "di 3", "0-3", "quattordicenne", "neonato"; else that of a school."""
    return _eta_con_unita(tutti) or _eta_di_un_figlio(tutti) or _eta_della_scuola(tutti)


def _eta_della_scuola(tutti):
    for prima, segno in pairwise(tutti):
        if prima.parola in CLASSI and segno.parola in UNA_SCUOLA:
            minima, massima = SCUOLE[UNA_SCUOLA[segno.parola]]
            return _detto_eta(minima * 12, [prima, segno], massima * 12)
    segno = next((s for s in tutti if s.parola in SCUOLE), None)
    if segno is None or any(s.parola in ("terza", "dopo", "scegliere") for s in tutti):
        return None  # who chooses what comes after
    minima, massima = SCUOLE[segno.parola]
    return _detto_eta(minima * 12, [segno], massima * 12, anche_parole=True)


def _eta_di_un_figlio(tutti):
    for n, segno in enumerate(tutti):
        anni = DI_ANNI.get(segno.parola) or _cifre(segno.parola.removesuffix("enne"))
        if anni and segno.parola.endswith(("enne", "enni")):
            return _detto_eta(anni * 12, [segno])
        if segno.parola in NEONATI:
            return _detto_eta(0, [segno], 3, anche_parole=True)
        dopo = [_numero(s) if s.parola.isdigit() else None for s in tutti[n + 1 : n + 4]]
        if segno.parola in FIGLI and dopo:
            numeri = dopo[1:] if tutti[n + 1].parola in ("di", "da", "dai") else dopo
            quali = tutti[n + 1 + len(dopo) - len(numeri) :]
            minimo, massimo = [*numeri, None, None][:2]
            if minimo is None or minimo > GIOVANI:
                continue
            if massimo is not None and minimo < massimo <= GIOVANI:
                return _detto_eta(minimo * 12, quali[:2], massimo * 12)
            if numeri is not dopo:
                return _detto_eta(minimo * 12, quali[:1])
        if segno.parola in ("over", "under") and dopo and dopo[0]:
            minima, massima = (dopo[0], dopo[0]) if segno.parola in OLTRE else (0, dopo[0])
            return _detto_eta(minima * 12, [segno, tutti[n + 1]], massima * 12)
    return None


def _cifre(parola):
    return int(parola) if parola.isdigit() and len(parola) <= 2 else 0


def _eta_con_unita(tutti):
    """ "5 anni", "otto mesi", "3-6 anni", "8mesi", "un anno e mezzo", "sotto i 3 anni"."""
    for n, segno in enumerate(tutti):
        for parola, mesi in UNITA.items():
            attaccato = segno.parola.removesuffix(parola)
            if attaccato != segno.parola and attaccato.isdigit() and len(attaccato) <= 3:
                return _detto_eta(int(attaccato) * mesi, [segno])
        quanti = _numero(segno)
        unita = next((UNITA[s.parola] for s in tutti[n + 1 : n + 2] if s.parola in UNITA), None)
        if quanti is None or unita is None:
            continue
        usati = tutti[n : n + 2]
        if [s.parola for s in tutti[n + 2 : n + 4]] == ["e", "mezzo"] and unita == 12:
            return _detto_eta(quanti * 12 + 6, tutti[n : n + 4])
        unite = n > 1 and tutti[n - 1].parola in ("a", "ai", "ad", "agli", "e", "i", "gli")
        prima = tutti[n - 2 : n] if unite else tutti[n - 1 : n] if n else []
        if prima and (minima := _numero(prima[0])) is not None and minima < quanti:
            return _detto_eta(minima * unita, [*prima, *usati], quanti * unita)
        if prima and prima[0].parola in FINO_A:
            return _detto_eta(0, [*prima, *usati], quanti * unita)
        return _detto_eta(quanti * unita, usati)
    return None


def _detto_eta(mesi, usati, massima=None, *, anche_parole=False):
    fine = mesi if massima is None else massima
    eta = dict.fromkeys((mesi, (mesi + fine) // 2, fine))
    insiemi = tuple((MESI, str(m)) if m < MESI_CONTATI else (ANNI, str(m // 12)) for m in eta)
    nome = (
        "–".join(dict.fromkeys(_in_parole(m) for m in (mesi, fine)))
        if mesi or not fine
        else f"fino a {_in_parole(fine)}"
    )
    return (
        Detto("Età", nome, ANNI, insiemi, tuple(usati), anche_parole, anche_parole)
        if fine < ANNI_CONTATI * 12 + 240
        else None
    )


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
                return _detto_comune(chiave, comuni, tutti[n : n + len(nome)])
    brevi = _nomi_brevi(comuni)
    for segno in tutti:
        if segno.parola in brevi:
            return _detto_comune(brevi[segno.parola], comuni, _con_il_resto(segno, tutti, nomi[brevi[segno.parola]]))
    for segno in tutti:
        vicini = {brevi[b] for b in brevi if len(segno.parola) > 5 and a_una_lettera(segno.parola, b)}
        if len(vicini) == 1 and not segno.esiste:
            return _detto_comune(vicini.pop(), comuni, [segno])
    return None


def _con_il_resto(segno, tutti, nome):
    n = tutti.index(segno)
    return [segno, *(s for s in tutti[n + 1 : n + 2] if s.parola in nome)]


def _detto_comune(chiave, comuni, usati):
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
        if coppia == ["a", "pagamento"]:
            return Detto("Costo", "A pagamento", "costo", (("costo", "pagamento"),), tuple(tutti[n : n + 2]))
    return None


def _on_line(tutti):
    for n, segno in enumerate(tutti):
        quante = 2 if [s.parola for s in tutti[n : n + 2]] == ["on", "line"] else 1
        if quante == 2 or segno.parola == "online":
            insiemi = (("modo", "online"), ("comune", "on-line"))
            return Detto("Come", "On line", "modo", insiemi, tuple(tutti[n : n + quante]))
    return None


def _quando(tutti):
    """Days, a part of the day, or both."""
    detti = list({GIORNI[s.parola]: s for s in tutti if s.parola in GIORNI}.values())
    parte = [s for s in tutti if s.parola in PARTI][:1]
    quando = PARTI[parte[0].parola] if parte else ""
    if not parte and (parte := _dopo_le_cinque(tutti)):
        quando = "sera"
    fine_settimana = [s for s in tutti if s.parola in ("weekend", "weekends")]
    for n in range(len(tutti) - 1):
        if [s.parola for s in tutti[n : n + 2]] in (["fine", "settimana"], ["week", "end"]):
            fine_settimana = tutti[n : n + 2]
    giorni = [GIORNI[s.parola] for s in detti] or (["sab", "dom"] if fine_settimana else [])
    usati = (*(detti or fine_settimana), *parte)
    if not usati:
        return None
    nome = " e ".join(NOMI_DEI_GIORNI[g] for g in giorni) if detti else "fine settimana" if giorni else ""
    valori = [f"{g}-{quando}" if quando else g for g in giorni] or [quando]
    return Detto(
        "Quando", f"{nome} {quando}".strip(), FASCIA, tuple((FASCIA, valore) for valore in valori), usati, True
    )


def _dopo_le_cinque(tutti):
    for n in range(len(tutti) - 2):
        if [s.parola for s in tutti[n : n + 2]] == ["dopo", "le"] and _cifre(tutti[n + 2].parola) in DI_SERA:
            return tutti[n : n + 3]
    return []


def _stagione(tutti):
    for segno in tutti:
        if segno.parola in STAGIONI:
            stagione = STAGIONI[segno.parola]
            return Detto("Stagione", stagione, STAGIONE, ((STAGIONE, stagione),), (segno,), True, piene=True)
    return None


def _lingua(tutti, lingue):
    """A language other than that of the site; that one only after "in" or "parla"."""
    per_nome = {modo: (chiave, nome) for chiave, nome in lingue.items() for modo in _modi_di_dirla(nome)}
    piene = [s for s in tutti if not s.vuota]
    italiano = per_nome.get(("italian",), ())
    altra = not any(s.parola in SI_STUDIA for s in tutti)
    for n, segno in enumerate(piene):
        prima = tutti[tutti.index(segno) - 1] if tutti.index(segno) else None
        introdotta = prima is not None and prima.parola in PRIMA_DI_UNA_LINGUA
        for quante in (2, 1):
            usati = tuple(piene[n : n + quante])
            trovata = per_nome.get(tuple(_senza_fine(s.parola) for s in usati))
            if trovata == italiano and prima is not None and prima.parola == "lingua":
                continue  # "lingua italiana" is what is learned
            if trovata and (introdotta or (altra and trovata != italiano)):
                return Detto(
                    "Lingua",
                    trovata[1],
                    "lingua",
                    (("lingua", trovata[0]),),
                    ((prima,) if introdotta else ()) + usati,
                    True,
                )
    return None


def _modi_di_dirla(nome):
    """How a language is called, without endings: by its one word, by its first two, by its initials in brackets."""
    prima, _, sigla = nome.partition("(")
    piene = [_senza_fine(s.parola) for s in segni(prima) if not s.vuota]
    return [tuple(piene[:2]), *[(_senza_fine(s.parola),) for s in segni(sigla)]]


def _senza_fine(parola):
    """ "araba" is "arabo"."""
    return parola[:-1] if len(parola) > LUNGHEZZA_BREVE else parola


def parti_del_giorno(dalle: int, alle: int) -> list[str]:
    """The parts of the day that an opening from `dalle` to `alle`, in minutes from midnight, touches."""
    alle = alle if alle > dalle else alle + 24 * 60
    parti = {"mattina": (6 * 60, 13 * 60), "pomeriggio": (13 * 60, 18 * 60 + 30), "sera": (18 * 60, 24 * 60)}
    return [nome for nome, (da, a) in parti.items() if min(alle, a) - max(dalle, da) >= 60]


def stagioni_di(mesi: Iterable[int]) -> set[str]:
    """The seasons of these months (1–12), where most of each is."""
    quali = {*mesi}
    return {stagione for stagione, suoi in MESI_DELLE_STAGIONI.items() if quali & {*suoi}}
