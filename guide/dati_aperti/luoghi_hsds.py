"""Hours and places of a service in the words of HSDS 3.0."""

from datetime import date
from uuid import UUID, uuid5

from ..scheda import Luogo, Periodo
from .identita import Pubblicata, id_on_line, id_sede
from .valori_hsds import Dati, numero, pieni

GIORNI_ICAL = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ACCESSIBILITA = {
    "si": "Accessibile in carrozzina e con passeggino",
    "no": "Non accessibile in carrozzina, o solo con aiuto",
}


def orari_di(voce: Pubblicata, oggi: date) -> list[Dati]:
    """One row for each (hours, season), with its days; local times, as they are read on a door."""
    scheda = voce.scheda
    comuni = pieni(
        {
            "service_id": str(voce.id),
            "attending_type": "Su appuntamento" if scheda.su_appuntamento else "",
            "notes": "; ".join(filter(None, [scheda.note_orari, *(f"Chiude {p}" for p in scheda.chiusure)])),
        }
    )
    if not scheda.fasce and not scheda.su_appuntamento and not scheda.periodi and not scheda.note_orari:
        return []
    ore: dict[tuple[str, str], list[int]] = {}
    for fascia in sorted(scheda.fasce, key=lambda f: (f.dalle, f.alle, f.giorno)):
        ore.setdefault((f"{fascia.dalle:%H:%M}", f"{fascia.alle:%H:%M}"), []).append(fascia.giorno)
    righe: list[Dati] = [
        {
            "freq": "WEEKLY",
            "wkst": "MO",
            "byday": ",".join(GIORNI_ICAL[g] for g in dict.fromkeys(giorni)),
            "opens_at": dalle,
            "closes_at": alle,
        }
        for (dalle, alle), giorni in ore.items()
    ] or [{}]
    stagioni: list[Periodo | None] = [*scheda.stagioni] or [None]
    esito = []
    for riga in righe:
        for stagione in stagioni:
            chiave = f"orario:{riga.get('byday')}:{riga.get('opens_at')}:{riga.get('closes_at')}:{stagione}"
            esito.append({"id": str(uuid5(voce.id, chiave))} | riga | _stagione(stagione, oggi) | comuni)
    return esito


def _stagione(periodo: Periodo | None, oggi: date) -> Dati:
    """From and to which day; of a season of every year, the one that is or comes next."""
    if periodo is None:
        return {}
    dal, al = occorrenza(periodo, oggi)
    return {"valid_from": dal.isoformat(), "valid_to": al.isoformat(), "description": f"Funziona {periodo}"}


def occorrenza(periodo: Periodo, oggi: date) -> tuple[date, date]:
    """First and last day of the period; if it comes every year, of the one that holds `oggi` or comes after it."""
    if not periodo.ogni_anno:
        return periodo.dal, periodo.al
    a_cavallo = (periodo.al.month, periodo.al.day) < (periodo.dal.month, periodo.dal.day)
    for anno in (oggi.year - 1, oggi.year):
        al = _nell_anno(periodo.al, anno + a_cavallo)
        if al >= oggi:
            return _nell_anno(periodo.dal, anno), al
    return _nell_anno(periodo.dal, oggi.year + 1), _nell_anno(periodo.al, oggi.year + 1 + a_cavallo)


def _nell_anno(giorno: date, anno: int) -> date:
    return giorno.replace(year=anno, day=28) if (giorno.month, giorno.day) == (2, 29) else giorno.replace(year=anno)


def luogo_in_elenco(id_suo: UUID, luogo: Luogo) -> Dati:
    comune = luogo.comune.nome if luogo.comune else ""
    return pieni(
        {
            "id": id_suo,
            "location_type": "physical",
            "name": luogo.nome or comune,
            "latitude": numero(luogo.latitudine),
            "longitude": numero(luogo.longitudine),
        }
    )


def luogo_completo(id_suo: UUID, luogo: Luogo) -> Dati:
    indirizzo = {
        "id": str(uuid5(id_suo, "indirizzo")),
        "location_id": str(id_suo),
        "address_1": luogo.indirizzo,
        "city": luogo.comune.nome if luogo.comune else "",
        "state_province": luogo.provincia,
        "postal_code": luogo.cap,
        "country": "IT",
        "address_type": "physical",
    }
    accesso = ACCESSIBILITA.get(luogo.accessibilita, "")
    return luogo_in_elenco(id_suo, luogo) | pieni(
        {
            "addresses": [indirizzo],
            "accessibility": [
                pieni(
                    {
                        "id": uuid5(id_suo, "accessibilita"),
                        "location_id": id_suo,
                        "description": accesso,
                        "details": luogo.note_accessibilita,
                    }
                )
            ]
            if accesso or luogo.note_accessibilita
            else [],
        }
    )


def sede_virtuale(voce: Pubblicata) -> list[Dati]:
    """A service given on line is in a place without an address."""
    if not voce.scheda.on_line:
        return []
    id_luogo = id_on_line(voce)
    luogo = pieni({"id": id_luogo, "location_type": "virtual", "name": "On line", "url": voce.scheda.sito})
    return [
        {
            "id": str(id_sede(voce, id_luogo)),
            "service_id": str(voce.id),
            "location_id": str(id_luogo),
            "location": luogo,
        }
    ]
