"""The rule that the words of a percentage say, and what the score asks besides: unit, expected, proof. Pure.

The act says how much and of what; the names of our rules are ours (see the heading of the set-up file).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .coppie import CoppiaLetta, PercentualeLetta

OGNI = re.compile(r"\b(?:per\s+)?(?:ogni|ciascun[oa]?|ciascun['’]|cadaun[oa]?)\s+(.+)", re.IGNORECASE)
UNITA = {
    "incontro": ("incontri", "maschile"),
    "riunione": ("riunioni", "femminile"),
    "evento": ("eventi", "maschile"),
    "iniziativa": ("iniziative", "femminile"),
    "laboratorio": ("laboratori", "maschile"),
    "corso": ("corsi", "maschile"),
    "seminario": ("seminari", "maschile"),
    "giornata": ("giornate", "femminile"),
    "visita": ("visite", "femminile"),
    "progetto": ("progetti", "maschile"),
    "progettualità": ("progettualità", "femminile"),
    "azione": ("azioni", "femminile"),
    "attività": ("attività", "femminile"),
    "post": ("post", "maschile"),
    "mail": ("mail", "femminile"),
    "mail o post": ("mail o post", "maschile"),
    "articolo": ("articoli", "maschile"),
    "video": ("video", "maschile"),
    "comunicato": ("comunicati", "maschile"),
    "comunicazione": ("comunicazioni", "femminile"),
    "newsletter": ("newsletter", "femminile"),
    "convenzione": ("convenzioni", "femminile"),
    "accordo": ("accordi", "maschile"),
    "organizzazione": ("organizzazioni", "femminile"),
    "organizzazione aderente": ("organizzazioni aderenti", "femminile"),
    "ente": ("enti", "maschile"),
    "azienda": ("aziende", "femminile"),
    "impresa": ("imprese", "femminile"),
    "associazione": ("associazioni", "femminile"),
    "realtà": ("realtà", "femminile"),
    "famiglia": ("famiglie", "femminile"),
    "partecipante": ("partecipanti", "maschile"),
    "dipendente": ("dipendenti", "maschile"),
    "persona": ("persone", "femminile"),
    "questionario": ("questionari", "maschile"),
    "servizio": ("servizi", "maschile"),
    "report": ("report", "maschile"),
    "relazione": ("relazioni", "femminile"),
    "documento": ("documenti", "maschile"),
    "ora": ("ore", "femminile"),
}
"""Units that acts count, with their plural and their gender."""
AL_SINGOLARE = {plurale: singolare for singolare, (plurale, _) in UNITA.items()}
ENTI = ("organizzazione", "organizzazione aderente")
"""Units that are bodies, counted each once in the period."""
NUMERO = re.compile(r"\b(?:(?:n|nr)\s*[.°º]*\s*|almeno\s+|minimo\s+)?(\d{1,3})\b(?![.,/%\d])", re.IGNORECASE)


@dataclass(frozen=True)
class RegolaLetta:
    """The rule of a pair; `incerta` says why somebody should look at it."""

    regola: str
    percentuale: Decimal | None
    unita: str
    incerta: str = ""


def regola_di(coppia: CoppiaLetta) -> RegolaLetta:
    """The rule that the words say: so much for each unit, once for what is done, a threshold, or only collected."""
    letta = coppia.percentuale
    if letta is None:
        return RegolaLetta("monitoraggio", None, _unita_contata(coppia.indicatore))
    if trovata := OGNI.search(letta.testo):
        return RegolaLetta("per_unita", letta.valore, unita_di(trovata[1]))
    if re.match(r"(d(?:i|el|ella|ello|elle|ei|egli)\b|dell['’])", letta.dopo, re.IGNORECASE):
        return RegolaLetta("soglia", letta.valore, "ora" if "formazion" in letta.dopo.casefold() else "")
    incerta = "" if letta.valore == 100 else f"«{letta.testo[:60]}» vale meno di 100 e non dice «per ogni»"
    return RegolaLetta("realizzazione", letta.valore, "", incerta)


def unita_di(parole: str) -> str:
    """The noun that is counted: the words after «per ogni», as far as they name it."""
    parole = re.split(
        r"[.;,(]|\s+(?:Evidenz[ae]|con|che|realizzat|condivis[oaie]\b|svolt|attivat|inviat|dei|del|della)", parole
    )[0]
    sue = parole.strip().casefold().split()
    if not sue:
        return ""
    prima = " o ".join(sue[0].split("/"))
    if sue[:2] in (["mail", "o"], ["post", "o"]) and len(sue) > 2:
        prima, sue = f"{sue[0]} o {sue[2]}", [prima]
    due = " ".join([prima, *sue[1:2]])
    return due if due in UNITA else prima


def _unita_contata(indicatore: str) -> str:
    """What a value without a percentage counts: «Numero di …», or what it begins with."""
    parole = indicatore.casefold().split()
    if parole[:1] == ["numero"] and len(parole) > 2:
        parole = re.sub(r"^numero\s+(?:degli|delle|dei|di|del|della)\s+", "", indicatore.casefold()).split()
    elif parole[:1] and parole[0] not in AL_SINGOLARE:
        return ""
    prima = parole[0].strip(".,;") if parole else ""
    return AL_SINGOLARE.get(prima, prima if prima in UNITA else "")


def atteso_di(indicatore: str, regola: RegolaLetta) -> int | None:
    """How many units the indicator asks for: «n. 2 incontri» is 2. Only of what is counted, and never a year."""
    if regola.regola != "per_unita":
        return None
    for trovata in NUMERO.finditer(indicatore):
        numero = int(trovata[1])
        dopo = indicatore[trovata.end() :].split()
        if 0 < numero < 1000 and dopo and dopo[0][:1].isalpha():
            return numero
    return None


def campi_dell_evidenza(testo: str) -> list[str]:
    """The fields that «Evidenze: …» asks for, by the names of an evidence's fields."""
    _, trovata, chieste = testo.partition("videnze:")
    if not trovata:
        _, trovata, chieste = testo.partition("videnza:")
    parole = chieste.casefold()
    if not trovata:
        return []
    if "progettualit" in parole and "titolo" in parole:
        return ["progettualita"]
    campi = []
    if re.search(r"\bdat[ae]\b", parole):
        campi.append("data")
    if re.search(r"argoment|\bprogett[oi]\b", parole):
        campi.append("argomento")
    if re.search(r"person[ae]\s*(?:/|o)\s*organizzazion", parole):
        campi.append("persone_coinvolte|organizzazioni")
    else:
        campi += ["persone_coinvolte"] if re.search(r"\bperson[ae]\b", parole) else []
        campi += ["organizzazioni"] if re.search(r"\borganizzazion", parole) else []
    return campi


def alimentato_da(testo: str, regola: RegolaLetta) -> str:
    """The kind of published content that feeds this criterion, where its words name one of the portal's."""
    parole = testo.casefold()
    if regola.unita == "comunicato" or ("comunicat" in parole and "stampa" in parole):
        return "comunicato"
    if re.search(r"\bped\b|piano editoriale", parole):
        return "ped"
    if "newsletter" in parole and "acs" in parole.split() + re.findall(r"\w+", parole):
        return "newsletter_acs"
    if regola.unita == "convenzione":
        return "convenzione_nuova"
    if "guide" in parole and re.search(r"\bmapp(?:a|atura)\b", parole):
        return "guida"
    return ""


def criterio(codice: str, coppia: CoppiaLetta, titolo: str = "") -> tuple[dict[str, Any], str]:
    """The criterion of a pair in the format of the set-up file, and what somebody should look at."""
    regola = regola_di(coppia)
    testo = coppia.indicatore or titolo
    indicatore = _indicatore(coppia, regola, titolo)
    dati: dict[str, Any] = {"codice": codice, "indicatore": _corto(indicatore), "regola": regola.regola}
    if regola.percentuale is not None:
        dati["percentuale"] = _numero(regola.percentuale)
    if regola.unita:
        dati["unita"] = regola.unita
        if regola.unita in UNITA:
            dati["unita_plurale"], dati["unita_genere"] = UNITA[regola.unita]
    if regola.unita in ENTI and regola.regola == "per_unita":
        dati["distinte"] = True
    if (atteso := atteso_di(testo, regola)) is not None:
        dati["atteso"] = atteso
    parole = parole_della_coppia(coppia, titolo)
    if campi := campi_dell_evidenza(parole):
        dati["campi_richiesti"] = campi
    if genere := alimentato_da(parole, regola):
        dati["alimentato_da"] = genere
    if regola.unita == "post" and "facebook" in parole.casefold():
        dati["link_ammessi"] = ["facebook.com"]
    dati["testo_atto"] = parole
    return dati, regola.incerta


def parole_della_coppia(coppia: CoppiaLetta, titolo: str = "") -> str:
    """The act's words of a criterion: the indicator, and under it its percentage."""
    parti = [coppia.indicatore or titolo, coppia.percentuale.testo if coppia.percentuale else ""]
    return "\n".join(parte for parte in parti if parte)


def _indicatore(coppia: CoppiaLetta, regola: RegolaLetta, titolo: str) -> str:
    if coppia.indicatore:
        return coppia.indicatore.rstrip(" .")
    letta = coppia.percentuale
    if titolo and (letta is None or regola.regola != "realizzazione"):
        return _maiuscola(titolo)
    return _maiuscola(_a_che_serve(letta) or letta.testo) if letta else titolo


def _a_che_serve(letta: PercentualeLetta) -> str:
    parole = re.split(r"\s*\bEvidenz[ae]\s*:", letta.dopo)[0]
    return re.sub(r"^(?:per\s+(?:l['’]|il\s|la\s|lo\s|i\s|gli\s|le\s)?)\s*", "", parole, flags=re.IGNORECASE).strip(
        " .;,"
    )


def _maiuscola(testo: str) -> str:
    return testo[:1].upper() + testo[1:]


def _corto(testo: str, massimo: int = 250) -> str:
    """At most so many letters, cut at a word: the whole stays among the act's words."""
    return testo if len(testo) <= massimo else testo[: massimo - 1].rsplit(" ", 1)[0] + "…"


def _numero(valore: Decimal) -> int | float:
    return int(valore) if valore == int(valore) else float(valore)
