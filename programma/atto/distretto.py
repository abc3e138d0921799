"""What the act says of the District itself: dates, bodies that approved it, offices, channels. Pure.

The act also names persons: they are never read.
"""

import re
from typing import Any

from . import estremi
from .blocchi import Blocchi
from .enti import Enti, nomi_degli_enti
from .righe_dell_atto import RigaDellAtto, unite_dai_riquadri
from .schede import Rilievo

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
INDIRIZZO = re.compile(r"https?://\S+")
UFFICIO = re.compile(
    r"\b((?:vice)?(?:Assessor|Direttor|Direttric|President|Sindac|Responsabil|Dirigent|Segretari|Coordinator|Funzionari)\w*)\b(.*)",
    re.DOTALL,
)
SETTORI = (
    (re.compile(r"servizi alla persona", re.IGNORECASE), "servizi_persona"),
    (re.compile(r"servizi pubblici", re.IGNORECASE), "servizi_pubblici"),
    (re.compile(r"settore produttivo", re.IGNORECASE), "produttivo"),
)
SEDE = re.compile(
    r"sede fisica[^.;]{0,120}?\bè\s+(?:il|la|l['’]|lo)\s*([^.;]+?)(?:,\s*(gestit[oa] da [^.,;]+?))?(?:[.;]|,\s+ma\b)"
)
RUOLI = (
    (re.compile(r"coordinator.{0,12}?\s+istituzional\w*", re.IGNORECASE), "coordinatore_istituzionale"),
    (re.compile(r"manager\s+territorial\w*", re.IGNORECASE), "manager_territoriale"),
    (re.compile(r"referente\s+amministrativ\S*", re.IGNORECASE), "referente_amministrativo"),
)


def distretto_letto(
    blocchi: Blocchi, testi: list[str], prosa: list[str], enti: Enti, rilievi: list[Rilievo]
) -> dict[str, Any]:
    """The District in the format of the set-up file; its members' sectors and short names go to `enti`.

    `testi` are the lines of the document, `prosa` the paragraphs before its tables.
    """
    intero = " ".join(prosa)
    dati: dict[str, Any] = {"denominazione": _denominazione(testi, enti, rilievi)}
    _dai_dati(unite_dai_riquadri(blocchi.parti.get("dati", [])), dati)
    forma = rf"sottoscritt\w[^.;]{{0,80}}?({estremi.GIORNO.pattern})"
    if (firma := re.search(forma, intero, re.IGNORECASE)) and (giorno := estremi.giorno(firma[1])):
        dati["sottoscrizione_accordo"] = giorno
    if proponenti := re.search(r"(\d{1,3})\s+organizzazioni\s+proponenti", intero, re.IGNORECASE):
        dati["organizzazioni_proponenti"] = int(proponenti[1])
    _settori(prosa, enti)
    _attori(unite_dai_riquadri(blocchi.parti.get("attori", [])), dati, enti, rilievi)
    if attori := [*dati.get("attori", []), *supervisione(prosa, enti)]:
        dati["attori"] = attori
    for chiave, valore in _canali(unite_dai_riquadri(blocchi.parti.get("canali", []))):
        dati[chiave] = valore
    if sede := SEDE.search(intero):
        dati["sede_manager"] = (f"{sede[1]} ({sede[2]})" if sede[2] else sede[1])[:200]
    if tappe := estremi.tappe(prosa):
        dati["tappe"] = tappe
    return dati


def _denominazione(testi: list[str], enti: Enti, rilievi: list[Rilievo]) -> str:
    """The name of the District: its first title, written as the document writes it elsewhere."""
    for testo in testi:
        if trovata := re.fullmatch(
            r"(?:PROGRAMMA DI LAVORO\s+(?:DEL\s+)?)?(DISTRETTO FAM[^\d]+?)(?:\s+20\d\d)?", testo
        ):
            nome = enti.maiuscole.nome(trovata[1])
            for ente in enti.letti:
                if ente.denominazione.casefold() == nome.casefold():
                    return ente.denominazione
            return nome[:200]
    rilievi.append(Rilievo(None, "non si legge il nome del Distretto"))
    return "Distretto"


def _voce(riga: RigaDellAtto, etichetta: str) -> str | None:
    """What follows a label in its line."""
    testo = riga.testo
    trovata = re.match(etichetta, testo, re.IGNORECASE)
    return testo[trovata.end() :].strip(" :") if trovata else None


DATI = re.compile(
    r"(?P<anno>anno di nascita(?: del distretto)?)|(?P<delibera>delibera di approvazione(?: del distretto)?)|"
    r"(?P<accordo>sottoscrizione dell['’]accordo)",
    re.IGNORECASE,
)


def _dai_dati(righe: list[RigaDellAtto], dati: dict[str, Any]) -> None:
    """The table of the District's dates: what follows each label, up to the next one."""
    testo = " ".join(riga.testo for riga in righe)
    etichette = list(DATI.finditer(testo))
    for etichetta, dopo in zip(etichette, [*etichette[1:], None], strict=False):
        valore = testo[etichetta.end() : dopo.start() if dopo else len(testo)].strip(" :")
        if etichetta["anno"] and valore[:4].isdigit():
            dati["anno_di_nascita"] = int(valore[:4])
        elif etichetta["delibera"] and (atto := estremi.delibera(valore)):
            dati["delibera_approvazione"] = atto
        elif etichetta["accordo"] and (atto := estremi.delibera(valore)):
            dati["accordo_di_area"] = atto


def _canali(righe: list[RigaDellAtto]) -> list[tuple[str, str]]:
    trovati = []
    for riga in righe:
        testo = riga.testo
        email, indirizzo = EMAIL.search(testo), INDIRIZZO.search(testo)
        if email and re.match(r"e?-?mail", testo, re.IGNORECASE):
            trovati.append(("email", email[0]))
        elif indirizzo and "facebook" in testo.casefold():
            trovati.append(("facebook", indirizzo[0]))
        elif (sito := _voce(riga, r"sito web(?: del distretto(?: fami\S+(?: audit)?)?)?")) is not None and sito:
            trovati.append(("sito_web", sito[:200]))
    return trovati


def _settori(testi: list[str], enti: Enti) -> None:
    """«Servizi alla persona … (ASIF Chimelli, Cooperativa CS4)»: the sector and the short name of members."""
    for testo in testi:
        for forma, settore in SETTORI:
            trovata = re.search(r"\(([^()]+)\)\W*$", testo)
            if not trovata or not forma.search(testo):
                continue
            for nome in nomi_degli_enti(trovata[1], enti.inizi()):
                ente = enti.trova(nome)
                if ente is not None and "aderente_dal" in ente.dati:
                    ente.dati["settore"] = settore
                    if nome.strip() != ente.denominazione:
                        ente.dati["nome_breve"] = nome.strip()[:80]
                    ente.nomi.add(nome.strip())


def _attori(righe: list[RigaDellAtto], dati: dict[str, Any], enti: Enti, rilievi: list[Rilievo]) -> None:
    """The roles with their office and its body, never the names; without the body a role is not kept."""
    testi: dict[str, list[str]] = {}
    posti: dict[str, Any] = {}
    attuale = ""
    for riga in righe:
        if capofila := _voce(riga, r"organizzazione capofila"):
            ente = enti.prendi(capofila)
            ente.dati["capofila"] = True
            dati["ente_capofila"] = ente.denominazione[:200]
            attuale = ""
            continue
        testo = riga.testo
        for forma, ruolo in RUOLI:
            if trovata := forma.match(testo):
                attuale, testo = ruolo, testo[trovata.end() :].strip()
                posti[ruolo] = riga.posto
        if attuale:
            testi.setdefault(attuale, []).append(testo)
    attori = []
    for ruolo, parti in testi.items():
        testo = re.sub(r"\s*\b0\d{2,3}[/ -]?\d{5,}\b", "", EMAIL.sub("", " ".join(parti)))
        attore = _attore(ruolo, " ".join(testo.split()), enti)
        if attore is None:
            rilievi.append(
                Rilievo(posti[ruolo], f"{ruolo.replace('_', ' ')}: l'atto non dice di quale organizzazione è")
            )
        else:
            attori.append(attore)
    if attori:
        dati["attori"] = attori


def supervisione(testi: list[str], enti: Enti) -> list[dict[str, Any]]:
    """The agency, where the act says that it supervises."""
    forma = r"\b(agenzia per la coesione sociale)\b[^.;]{0,80}\bsupervisione\b"
    if any(re.search(forma, testo, re.IGNORECASE) for testo in testi):
        ente = enti.prendi("Agenzia per la coesione sociale")
        return [{"ruolo": "ente_di_supervisione", "organizzazione": ente.chiave}]
    return []


def _attore(ruolo: str, testo: str, enti: Enti) -> dict[str, Any] | None:
    trovata = UFFICIO.search(testo)
    if trovata is None:
        return None
    ufficio = f"{trovata[1]}{trovata[2]}".strip()
    for ente in enti.letti:
        for nome in sorted(ente.nomi, key=len, reverse=True):
            fine = re.search(rf"\s+(?:d(?:i|el|ella|ello|ell['’])\s*)?{re.escape(nome)}\W*$", ufficio, re.IGNORECASE)
            if fine:
                return {
                    "ruolo": ruolo,
                    "ufficio": ufficio[: fine.start()].strip(" ,;")[:200],
                    "organizzazione": ente.chiave,
                }
    return None
