"""The District and its bodies as a set-up file states them. Pure: no Django here."""

import re
from dataclasses import dataclass
from datetime import date

from base.formati.schema import EMAIL, SLUG, URL, Nodo, mostra, unici
from base.tempo import giorno_in_parole

NATURE = ("pubblica", "privata")
SETTORI = ("servizi_persona", "servizi_pubblici", "produttivo")
RUOLI = ("coordinatore_istituzionale", "manager_territoriale", "referente_amministrativo", "ente_di_supervisione")
MESE_O_GIORNO = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")


@dataclass(frozen=True)
class ImpiantoOrganizzazione:
    """One body. None and empty mean that the file does not say."""

    chiave: str
    denominazione: str
    nome_breve: str
    natura: str
    settore: str
    aderente_dal: date | None
    aderente_fino_al: date | None
    capofila: bool | None
    family_audit: bool | None
    family_audit_dal: date | None
    family_in_trentino: bool | None
    family_in_trentino_dal: date | None


@dataclass(frozen=True)
class ImpiantoAttore:
    ruolo: str
    ufficio: str
    organizzazione: str


@dataclass(frozen=True)
class ImpiantoTappa:
    data: str
    evento: str


@dataclass(frozen=True)
class ImpiantoDistretto:
    """The District itself; `organizzazione` is the key of the body with its name, empty when there is none."""

    denominazione: str
    territorio: str
    anno_di_nascita: int | None
    delibera_approvazione: str
    accordo_di_area: str
    sottoscrizione_accordo: date | None
    ente_capofila: str
    sede_manager: str
    email: str
    facebook: str
    attori: tuple[ImpiantoAttore, ...]
    tappe: tuple[ImpiantoTappa, ...]
    organizzazione: str


def leggi_organizzazioni(radice: Nodo) -> tuple[ImpiantoOrganizzazione, ...]:
    """The bodies of the file; their keys are unique and at most one is the lead body."""
    nodi = radice.nodi("organizzazioni", obbligatorio=True)
    lette = tuple(_leggi_organizzazione(nodo) for nodo in nodi)
    percorsi = [nodo.percorso for nodo in nodi]
    unici(((f"{p}.chiave", "la chiave", o.chiave) for p, o in zip(percorsi, lette, strict=True)), radice.problemi)
    unici(
        ((f"{p}.denominazione", "la denominazione", o.denominazione) for p, o in zip(percorsi, lette, strict=True)),
        radice.problemi,
    )
    return lette


def _leggi_organizzazione(nodo: Nodo) -> ImpiantoOrganizzazione:
    letta = ImpiantoOrganizzazione(
        chiave=nodo.testo("chiave", obbligatorio=True, massimo=50, forma=SLUG, esempio="comune-pergine"),
        denominazione=nodo.testo("denominazione", obbligatorio=True, massimo=200),
        nome_breve=nodo.testo("nome_breve", massimo=80),
        natura=nodo.scelta("natura", NATURE),
        settore=nodo.scelta("settore", SETTORI),
        aderente_dal=nodo.data("aderente_dal"),
        aderente_fino_al=nodo.data("aderente_fino_al"),
        capofila=nodo.vero("capofila"),
        family_audit=nodo.vero("family_audit"),
        family_audit_dal=nodo.data("family_audit_dal"),
        family_in_trentino=nodo.vero("family_in_trentino"),
        family_in_trentino_dal=nodo.data("family_in_trentino_dal"),
    )
    if letta.aderente_fino_al and (letta.aderente_dal is None or letta.aderente_fino_al < letta.aderente_dal):
        nodo.errore("aderente_fino_al", "l'adesione finisce prima di cominciare")
    nodo.chiudi()
    return letta


def leggi_distretto(radice: Nodo, organizzazioni: tuple[ImpiantoOrganizzazione, ...]) -> ImpiantoDistretto | None:
    """The District; None only when the file has none, which is reported."""
    nodo = radice.nodo("distretto", obbligatorio=True)
    if nodo is None:
        return None
    chiavi = {organizzazione.chiave for organizzazione in organizzazioni}
    denominazione = nodo.testo("denominazione", obbligatorio=True, massimo=200)
    nodo.intero("organizzazioni_proponenti")
    nodo.testo("sito_web", massimo=200)
    letto = ImpiantoDistretto(
        denominazione=denominazione,
        territorio=nodo.testo("territorio", massimo=120),
        anno_di_nascita=nodo.intero("anno_di_nascita", minimo=1900, massimo=2200),
        delibera_approvazione=_leggi_atto(nodo, "delibera_approvazione"),
        accordo_di_area=_leggi_atto(nodo, "accordo_di_area"),
        sottoscrizione_accordo=nodo.data("sottoscrizione_accordo"),
        ente_capofila=nodo.testo("ente_capofila", massimo=200),
        sede_manager=nodo.testo("sede_manager", massimo=200),
        email=nodo.testo("email", massimo=254, forma=EMAIL),
        facebook=nodo.testo("facebook", massimo=200, forma=URL),
        attori=tuple(_leggi_attore(attore, chiavi) for attore in nodo.nodi("attori")),
        tappe=tuple(_leggi_tappa(tappa) for tappa in nodo.nodi("tappe")),
        organizzazione=next((o.chiave for o in organizzazioni if o.denominazione == denominazione), ""),
    )
    nodo.chiudi()
    return letto


def _leggi_atto(distretto: Nodo, chiave: str) -> str:
    """An act in one line: «Giunta provinciale, n. 1273 del 15 luglio 2022»."""
    nodo = distretto.nodo(chiave)
    if nodo is None:
        return ""
    organo = nodo.testo("organo", obbligatorio=True, massimo=100)
    numero = nodo.testo("numero", obbligatorio=True, massimo=30)
    giorno = nodo.data("data", obbligatorio=True)
    nodo.chiudi()
    return f"{organo}, n. {numero} {giorno_in_parole(giorno, dopo='del')}" if giorno else ""


def _leggi_attore(nodo: Nodo, chiavi: set[str]) -> ImpiantoAttore:
    letto = ImpiantoAttore(
        ruolo=nodo.scelta("ruolo", RUOLI, obbligatorio=True),
        ufficio=nodo.testo("ufficio", massimo=200),
        organizzazione=leggi_riferimento(nodo, "organizzazione", chiavi),
    )
    nodo.chiudi()
    return letto


def _leggi_tappa(nodo: Nodo) -> ImpiantoTappa:
    giorno = nodo.data("data") if isinstance(nodo.grezzo("data"), date) else None
    letta = ImpiantoTappa(
        data=giorno.isoformat()
        if giorno
        else nodo.testo("data", obbligatorio=True, massimo=10, forma=MESE_O_GIORNO, esempio="2022-07"),
        evento=nodo.testo("evento", obbligatorio=True, massimo=200),
    )
    nodo.chiudi()
    return letta


def leggi_riferimento(nodo: Nodo, chiave: str, chiavi: set[str]) -> str:
    """The key of a body that the file lists."""
    valore = nodo.testo(chiave, obbligatorio=True, massimo=50)
    if valore and valore not in chiavi:
        nodo.errore(chiave, f"nessuna organizzazione ha la chiave {mostra(valore)}")
    return valore


def leggi_riferimenti(nodo: Nodo, chiave: str, chiavi: set[str], *, obbligatorio=False) -> tuple[str, ...]:
    """Keys of bodies that the file lists."""
    return nodo.testi(
        chiave, obbligatorio=obbligatorio, massimo=50, ammessi=chiavi, ignoto="nessuna organizzazione ha la chiave"
    )
