"""A service of HSDS 3.0 in the cells of the sheet (`guide.foglio`), which reads, checks and shows them as any other."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from base.formati.caratteri import pulito, uguagliabile

from .celle import Parte, scrivi_parti
from .ore import GIORNI

Dati = dict[str, Any]
ICEF = "Dipende dalla condizione economica della famiglia (ICEF o ISEE)"
CONVENZIONATO = "Convenzionato con un ente pubblico"
_ICAL = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), GIORNI, strict=True))
_ORA = re.compile(r"(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_GIORNO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SCADENZA = re.compile(r"(.{1,140}): entro il (\d{2}/\d{2}/\d{4})")
_AVVISO = re.compile(r"Temporaneamente chiuso(?: \(fino al (\d{2}/\d{2}/\d{4})\))?: (.*)", re.DOTALL)
_RUOLO = re.compile(r"(.+?) \((.+)\)")
LUOGO = [Parte(n, n) for n in ("comune", "nome", "via", "accessibile", "come si entra", "latitudine", "longitudine")]
PERIODO = [Parte(nome, nome) for nome in ("tipo", "dal", "al", "ogni anno")]
TARIFFA = [Parte(nome, nome) for nome in ("importo", "ogni", "per", "dal", "fino al")]
SCADENZA = [Parte(nome, nome) for nome in ("che cosa", "entro il")]
CONTATTO = [Parte(nome, nome) for nome in ("ruolo", "telefono", "e-mail", "nota")]


class ServizioNonLeggibile(ValueError):
    """The text says, in Italian, why a service has no cells."""


@dataclass(frozen=True)
class Parole:
    """The keys of the site's own categories, by key, by name and by what else they are called; `nature` and `unita` are
    by label. `nostro` is where the site's own pages begin."""

    comuni: Mapping[str, str]
    lingue: Mapping[str, str]
    bisogni: Mapping[str, str]
    momenti: Mapping[str, str]
    nature: Mapping[str, str]
    unita: Mapping[str, str]
    nostro: str = field(default="\0")


def celle_di(servizio: Dati, parole: Parole) -> dict[str, str]:
    """The cells that the service fills, the empty ones too. Raises `ServizioNonLeggibile`."""
    if not _testo(servizio, "name"):
        raise ServizioNonLeggibile("manca il nome")
    sommario, descrizione = _descrizione(_testo(servizio, "description"))
    come, scadenze = _come_fare(_testo(servizio, "application_process"))
    avviso = _AVVISO.fullmatch(_testo(servizio, "alert"))
    orari, periodi, note, appuntamento = _orari(_elenco(servizio, "schedules"))
    luoghi, on_line = _luoghi(servizio, parole)
    return {
        "nome": _testo(servizio, "name"),
        "altri_nomi": _testo(servizio, "alternate_name"),
        "in_parole_semplici": sommario,
        "descrizione": descrizione,
        "tipo_di_ente": parole.nature.get(uguagliabile(_testo(_gruppo(servizio, "organization"), "legal_status")), ""),
        "sito": "" if (sito := _testo(servizio, "url")).startswith(parole.nostro) else sito,
        "per_chi": _testo(servizio, "eligibility_description"),
        "eta_minima": _eta(servizio, "minimum_age"),
        "eta_massima": _eta(servizio, "maximum_age"),
        "chiuso": "sì" if servizio.get("status") == "temporarily closed" else "",
        "chiuso_per": avviso[2] if avviso else _testo(servizio, "alert"),
        "chiuso_fino_al": (avviso[1] or "") if avviso else "",
        "luoghi": luoghi,
        "on_line": "sì" if on_line else "",
        "tutto_il_territorio": "sì" if _ovunque(servizio, parole) else "",
        "orari": orari,
        "periodi": periodi,
        "su_appuntamento": "sì" if appuntamento else "",
        "note_orari": note,
        **_costi(servizio, parole),
        "come_fare": come,
        "scadenze": scadenze,
        "cosa_serve": "\n".join(_testo(riga, "document") for riga in _elenco(servizio, "required_documents")),
        "bisogni": _termini(servizio, parole.bisogni),
        "momenti": _termini(servizio, parole.momenti),
        "lingue": _chiavi(_elenco(servizio, "languages"), parole.lingue),
        "contatti": _contatti(servizio),
    }


def _testo(dati: Dati, nome: str) -> str:
    valore = dati.get(nome)
    return pulito(str(valore)) if isinstance(valore, str | int | float) and not isinstance(valore, bool) else ""


def _elenco(dati: Dati, nome: str) -> list[Dati]:
    valore = dati.get(nome)
    return [voce for voce in valore if isinstance(voce, dict)] if isinstance(valore, list) else []


def _gruppo(dati: Dati, nome: str) -> Dati:
    valore = dati.get(nome)
    return valore if isinstance(valore, dict) else {}


def _numero(dati: Dati, nome: str) -> Decimal | None:
    testo = _testo(dati, nome)
    try:
        numero = Decimal(testo) if testo else None
    except InvalidOperation:
        raise ServizioNonLeggibile(f"«{nome}» non è un numero: «{testo[:40]}»") from None
    if numero is not None and not numero.is_finite():
        raise ServizioNonLeggibile(f"«{nome}» non è un numero: «{testo[:40]}»")
    return numero


def _descrizione(testo: str) -> tuple[str, str]:
    """The first paragraph is the sentence of lists if it is short enough; else its first words are."""
    primo, _, resto = testo.partition("\n")
    if len(primo) <= 160:
        return primo, resto.strip()
    return primo[:159].rsplit(" ", 1)[0].rstrip(",;:.") + "…", testo


def _come_fare(testo: str) -> tuple[str, str]:
    righe = testo.splitlines()
    scadenze = [trovata for riga in righe if (trovata := _SCADENZA.fullmatch(riga))]
    resto = [riga for riga in righe if not _SCADENZA.fullmatch(riga)]
    in_celle = [scrivi_parti({"che cosa": s[1], "entro il": s[2]}, SCADENZA) for s in scadenze]
    return "\n".join(resto), "\n".join(in_celle)


def _eta(servizio: Dati, nome: str) -> str:
    anni = _numero(servizio, nome)
    if anni is None:
        return ""
    mesi = round(anni * 12)
    return f"{mesi // 12} anni" if mesi % 12 == 0 else f"{mesi} mesi"


def _orari(righe: list[Dati]) -> tuple[str, str, str, bool]:
    """The hours, the seasons, the notes, and whether one must book. What is not weekly is only told."""
    ore: dict[tuple[int, str], None] = {}
    periodi: dict[str, None] = {}
    note: dict[str, None] = {}
    for riga in righe:
        giorni = [g.strip().upper() for g in _testo(riga, "byday").split(",") if g.strip()]
        dalle, alle = (_ORA.fullmatch(_testo(riga, nome)) for nome in ("opens_at", "closes_at"))
        settimanale = _testo(riga, "freq").upper() in ("WEEKLY", "") and all(giorno in _ICAL for giorno in giorni)
        if giorni and settimanale and dalle and alle and _testo(riga, "interval") in ("", "1"):
            ore |= {(list(_ICAL).index(giorno), f"{_ICAL[giorno]} {dalle[1]}-{alle[1]}"): None for giorno in giorni}
        elif giorni or _testo(riga, "opens_at"):
            note |= {" ".join(filter(None, (_testo(riga, n) for n in ("description", "byday", "opens_at")))): None}
        dal, al = _testo(riga, "valid_from"), _testo(riga, "valid_to")
        if _GIORNO.fullmatch(dal) and _GIORNO.fullmatch(al):
            valori = {"tipo": "stagione", "dal": dal, "al": al}
            if _testo(riga, "description").endswith(", ogni anno"):
                valori["ogni anno"] = "sì"
            periodi |= {scrivi_parti(valori, PERIODO): None}
        note |= dict.fromkeys(filter(None, [_testo(riga, "notes")]))
    appuntamento = any("appuntamento" in _testo(riga, "attending_type").lower() for riga in righe)
    return "\n".join(testo for _, testo in sorted(ore)), "\n".join(periodi), "; ".join(note), appuntamento


def _luoghi(servizio: Dati, parole: Parole) -> tuple[str, bool]:
    """The places, and whether the service is given on line. A place outside the territory is left out."""
    righe, on_line = [], False
    for sede in _elenco(servizio, "service_at_locations"):
        luogo = _gruppo(sede, "location")
        if _testo(luogo, "location_type") == "virtual":
            on_line = True
            continue
        indirizzo = next(iter(_elenco(luogo, "addresses")), {})
        comune = parole.comuni.get(uguagliabile(_testo(indirizzo, "city")), "")
        accesso = next(iter(_elenco(luogo, "accessibility")), {})
        detto = _testo(accesso, "description").lower()
        nome = _testo(luogo, "name")
        coordinate = {n: _numero(luogo, i) for n, i in (("latitudine", "latitude"), ("longitudine", "longitude"))}
        if comune:
            valori = {
                "comune": comune,
                "nome": "" if uguagliabile(nome) == uguagliabile(_testo(indirizzo, "city")) else nome,
                "via": _testo(indirizzo, "address_1"),
                "accessibile": "no" if detto.startswith("non ") else "si" if detto.startswith("accessibile") else "",
                "come si entra": _testo(accesso, "details"),
                **{
                    chiave: f"{numero:.5f}".replace(".", ",")
                    for chiave, numero in coordinate.items()
                    if numero is not None
                },
            }
            righe.append(scrivi_parti(valori, LUOGO))
    return "\n".join(righe), on_line


def _ovunque(servizio: Dati, parole: Parole) -> bool:
    aree = {parole.comuni.get(uguagliabile(_testo(area, "name"))) for area in _elenco(servizio, "service_areas")}
    return bool(parole.comuni) and aree >= set(parole.comuni.values())


def fuori_dal_territorio(servizio: Dati, parole: Parole) -> bool:
    """Whether all that the service says of where it is, is somewhere else."""
    citta = [
        _testo(indirizzo, "city")
        for sede in _elenco(servizio, "service_at_locations")
        for indirizzo in _elenco(_gruppo(sede, "location"), "addresses")
    ]
    nomi = [*citta, *(_testo(area, "name") for area in _elenco(servizio, "service_areas"))]
    nomi = [nome for nome in nomi if nome]
    return bool(nomi) and not any(uguagliabile(nome) in parole.comuni for nome in nomi)


def _costi(servizio: Dati, parole: Parole) -> dict[str, str]:
    frasi = [frase.strip() for frase in _testo(servizio, "fees_description").split(". ") if frase.strip()]
    opzioni = [riga for riga in _elenco(servizio, "cost_options") if _testo(riga, "currency") in ("", "EUR")]
    importi = [(riga, _numero(riga, "amount")) for riga in opzioni]
    gratuito = "Gratuito" in frasi or (bool(importi) and all(importo == 0 for _, importo in importi))
    pagamento = "A pagamento" in frasi or any(importo for _, importo in importi)
    righe = []
    for riga, importo in importi:
        unita = _testo(riga, "amount_description")
        chiave = parole.unita.get(uguagliabile(unita), "")
        if importo is not None and not (importo == 0 and _testo(riga, "option") == "Gratuito"):
            valori = {
                "importo": f"{importo:.2f}".replace(".", ","),
                "ogni": chiave,
                "per": " ".join(filter(None, (_testo(riga, "option"), "" if chiave else unita))),
                "dal": _testo(riga, "valid_from"),
                "fino al": _testo(riga, "valid_to"),
            }
            righe.append(scrivi_parti(valori, TARIFFA))
    note = [frase for frase in frasi if frase not in ("Gratuito", "A pagamento", ICEF, CONVENZIONATO)]
    return {
        "costo": "pagamento" if pagamento else "gratuito" if gratuito else "",
        "icef": "sì" if ICEF in frasi else "",
        "convenzionato": "sì" if CONVENZIONATO in frasi else "",
        "importi": "\n".join(righe),
        "note_costo": ". ".join(note),
    }


def _termini(servizio: Dati, chiavi: Mapping[str, str]) -> str:
    termini = [_gruppo(attributo, "taxonomy_term") for attributo in _elenco(servizio, "attributes")]
    return _chiavi(termini, chiavi)


def _chiavi(voci: Iterable[Dati], chiavi: Mapping[str, str]) -> str:
    """Of things that have a code and a name, the keys that the site has, as a cell writes them."""
    nomi = (chiavi.get(uguagliabile(_testo(v, "code"))) or chiavi.get(uguagliabile(_testo(v, "name"))) for v in voci)
    return ", ".join(sorted({chiave for chiave in nomi if chiave}))


def _contatti(servizio: Dati) -> str:
    contatti = [uno for contatto in _elenco(servizio, "contacts") for uno in _contatto(contatto)]
    detti = {contatto["telefono"] for contatto in contatti}
    for telefono in _elenco(servizio, "phones"):
        numero = _numero_di_telefono(telefono)
        if numero and numero not in detti:
            contatti.append({"ruolo": _testo(telefono, "description") or "Telefono", "telefono": numero})
            detti.add(numero)
    email = _testo(servizio, "email")
    if email and email not in {c.get("e-mail") for c in contatti}:
        contatti.append({"ruolo": "E-mail", "e-mail": email})
    return "\n".join(scrivi_parti(contatto, CONTATTO) for contatto in contatti)


def _contatto(contatto: Dati) -> list[dict[str, str]]:
    """The contact; another one for each telephone after the first."""
    titolo = _testo(contatto, "title") or _testo(contatto, "department") or _testo(contatto, "name") or "Contatto"
    parti = _RUOLO.fullmatch(titolo)
    numeri = [numero for riga in _elenco(contatto, "phones") if (numero := _numero_di_telefono(riga))]
    ruolo, nota = (parti[1], parti[2]) if parti else (titolo, "")
    primo = {"ruolo": ruolo, "telefono": next(iter(numeri), ""), "e-mail": _testo(contatto, "email"), "nota": nota}
    return [primo, *({"ruolo": ruolo, "telefono": numero} for numero in numeri[1:])]


def _numero_di_telefono(riga: Dati) -> str:
    numero, interno = _testo(riga, "number"), _testo(riga, "extension")
    return f"{numero} int. {interno}" if numero and interno else numero
