"""The public sheet in the words of HSDS 3.0 (Human Services Data Specification, Open Referral).

What is not known is left out, but for the fields that the standard demands.
"""

from collections.abc import Iterable
from uuid import UUID, uuid5

from base.formati.telefoni import Numero, da_esportare, leggibili

from ..eta import si_sovrappone
from ..scheda import Contatto, Scheda
from .identita import (
    BISOGNI,
    COMUNI,
    FASCE,
    MOMENTI,
    Ente,
    Guida,
    Pubblicata,
    TermineDiTassonomia,
    ente_di,
    id_ente_di,
    id_sede,
    id_tassonomia,
    id_termine,
    luoghi_con_id,
)
from .luoghi_hsds import luogo_completo, luogo_in_elenco, orari_di, sede_virtuale
from .valori_hsds import Dati, anni, istante, numero, pieni, testo_piano

VERSIONE = "3.0"
TASSONOMIE = {
    BISOGNI: ("Bisogni", "Che cosa cerca una famiglia, in due livelli: i servizi stanno sotto il secondo."),
    MOMENTI: ("Momenti della vita", "I momenti della vita di una famiglia a cui un servizio risponde."),
    FASCE: ("Fasce d'età", "Le età a cui un servizio si rivolge, ricavate dall'età minima e massima."),
    COMUNI: ("Comuni", "I comuni in cui il servizio si riceve."),
}
"""Each taxonomy: its name and what it says."""


# -- services ---------------------------------------------------------------------------------------------


def servizio_in_elenco(voce: Pubblicata, guida: Guida) -> Dati:
    """A service with what it has one of."""
    scheda = voce.scheda
    id_del_suo = id_ente_di(guida.id_guida, scheda)
    sospeso = scheda.orario.sospeso_il(guida.oggi)
    return pieni(
        {
            "id": str(voce.id),
            "organization_id": id_del_suo,
            "name": scheda.nome,
            "alternate_name": scheda.altri_nomi,
            "description": "\n\n".join(filter(None, [scheda.sommario, testo_piano(scheda.testo)])),
            "url": scheda.sito or voce.url,
            "email": next((c.email for c in scheda.contatti if c.email), ""),
            "status": "temporarily closed" if sospeso else "active",
            "application_process": _come_fare(scheda),
            "fees_description": _costo(scheda),
            "eligibility_description": scheda.per_chi,
            "minimum_age": anni(scheda.eta_minima),
            "maximum_age": anni(scheda.eta_massima),
            "assured_date": scheda.verificata_il,
            "alert": _avviso(scheda) if sospeso else "",
            "last_modified": istante(voce.modificata),
            "organization": ente_in_elenco(ente_di(guida, scheda)) if id_del_suo else None,
        }
    )


def servizio_minimo(voce: Pubblicata, guida: Guida) -> Dati:
    """The identifier and the date of the last change, with what the standard's schema demands of a service."""
    elenco = servizio_in_elenco(voce, guida)
    return {
        "id": elenco["id"],
        "name": elenco["name"],
        "status": elenco["status"],
        "modified_date": istante(voce.modificata) or "",
    }


def servizio(voce: Pubblicata, guida: Guida) -> Dati:
    """A service with all that belongs to it."""
    id_suo = str(voce.id)
    scheda = voce.scheda
    contatti = [_contatto(voce, contatto) for contatto in scheda.contatti]
    return servizio_in_elenco(voce, guida) | pieni(
        {
            "phones": [telefono for contatto in contatti for telefono in contatto.get("phones", [])],
            "schedules": orari_di(voce, guida.oggi),
            "service_areas": _aree(voce, guida),
            "service_at_locations": [
                pieni(
                    {
                        "id": id_sede(voce, id_luogo),
                        "service_id": id_suo,
                        "location_id": id_luogo,
                        "location": luogo_completo(id_luogo, luogo),
                    }
                )
                for id_luogo, luogo in luoghi_con_id(voce)
            ]
            + sede_virtuale(voce),
            "languages": [
                {
                    "id": str(uuid5(voce.id, f"lingua:{lingua.chiave}")),
                    "service_id": id_suo,
                    "name": lingua.nome,
                    "code": lingua.chiave,
                }
                for lingua in scheda.lingue
            ],
            "cost_options": _tariffe(voce),
            "required_documents": [
                {"id": str(uuid5(voce.id, f"documento:{documento}")), "service_id": id_suo, "document": documento}
                for documento in dict.fromkeys(scheda.documenti)
                if documento.casefold() != "nessuno"
            ],
            "contacts": contatti,
            "attributes": _attributi(voce, guida),
        }
    )


def termini_di(scheda: Scheda, guida: Guida) -> list[TermineDiTassonomia]:
    """The categories of an entry, the same under which it is found."""
    chiavi = [(MOMENTI, fase.chiave) for fase in scheda.fasi]
    for bisogno in scheda.bisogni:
        padre = guida.termini[BISOGNI, bisogno.chiave].padre if (BISOGNI, bisogno.chiave) in guida.termini else ""
        chiavi += [(BISOGNI, padre), (BISOGNI, bisogno.chiave)]
    if scheda.eta_minima is not None or scheda.eta_massima is not None:
        chiavi += [
            (tipo, chiave)
            for (tipo, chiave), fascia in guida.termini.items()
            if tipo == FASCE and si_sovrappone(scheda.eta_minima, scheda.eta_massima, fascia.dal, fascia.al)
        ]
    if scheda.tutto_il_territorio:
        chiavi += [voce for voce in guida.termini if voce[0] == COMUNI]
    else:
        chiavi += [(COMUNI, luogo.comune.chiave) for luogo in scheda.luoghi if luogo.comune]
    return [guida.termini[voce] for voce in dict.fromkeys(chiavi) if voce in guida.termini]


def _attributi(voce: Pubblicata, guida: Guida) -> list[Dati]:
    return [
        {
            "id": str(uuid5(voce.id, f"attributo:{t.tassonomia}:{t.chiave}")),
            "link_id": str(voce.id),
            "link_type": t.tassonomia,
            "link_entity": "service",
            "taxonomy_term_id": str(id_termine(guida.id_guida, t.tassonomia, t.chiave)),
            "taxonomy_term": termine(t, guida),
        }
        for t in termini_di(voce.scheda, guida)
    ]


def _come_fare(scheda: Scheda) -> str:
    scadenze = [f"{s.descrizione}: entro il {s.data:%d/%m/%Y}" for s in scheda.scadenze]
    return "\n".join(filter(None, [testo_piano(scheda.come_accedere), *scadenze]))


def _avviso(scheda: Scheda) -> str:
    fino = f" (fino al {scheda.sospeso_fino_al:%d/%m/%Y})" if scheda.sospeso_fino_al else ""
    return f"Temporaneamente chiuso{fino}: {scheda.sospeso_motivo}"


def _costo(scheda: Scheda) -> str:
    frasi = [
        scheda.costo_nome,
        "Dipende dalla condizione economica della famiglia (ICEF o ISEE)" if scheda.icef else "",
        "Convenzionato con un ente pubblico" if scheda.convenzionato else "",
        scheda.note_costo,
    ]
    return ". ".join(frase.rstrip(".") for frase in frasi if frase)


def _tariffe(voce: Pubblicata) -> list[Dati]:
    id_suo, scheda = str(voce.id), voce.scheda
    if not scheda.tariffe and scheda.costo == "gratuito":
        return [
            {
                "id": str(uuid5(voce.id, "tariffa:gratuito")),
                "service_id": id_suo,
                "option": "Gratuito",
                "currency": "EUR",
                "amount": 0,
            }
        ]
    return [
        pieni(
            {
                "id": uuid5(voce.id, f"tariffa:{posto}:{t.descrizione}:{t.unita}"),
                "service_id": id_suo,
                "option": t.descrizione,
                "currency": "EUR",
                "amount": numero(t.importo),
                "amount_description": t.unita,
                "valid_from": t.valida_dal,
                "valid_to": t.valida_fino_al,
            }
        )
        for posto, t in enumerate(scheda.tariffe)
    ]


def _contatto(voce: Pubblicata, contatto: Contatto) -> Dati:
    numeri = da_esportare(contatto.telefono)  # the same however it was written
    id_suo = uuid5(voce.id, f"contatto:{contatto.ruolo}:{numeri}:{contatto.email}")
    titolo = f"{contatto.ruolo} ({contatto.nota})" if contatto.nota else contatto.ruolo
    di_chi = {"service_id": str(voce.id), "contact_id": str(id_suo)}
    return pieni(
        {
            "id": id_suo,
            "service_id": str(voce.id),
            "title": titolo,
            "email": contatto.email,
            "phones": _telefoni(contatto.telefono, id_suo, numeri, di_chi, titolo),
        }
    )


def _telefoni(testo: str, di: UUID, nome: str, di_chi: Dati, titolo: str = "") -> list[Dati]:
    """A phone for each number in `testo`, in E.164; `nome` makes the identifier of the first."""
    return [
        pieni(
            {
                "id": uuid5(di, f"{nome}:{posto}" if posto else nome),
                **di_chi,
                "number": numero.internazionale,
                "extension": int(numero.interno) if numero.interno else None,
                "description": titolo,
            }
        )
        for posto, numero in enumerate(leggibili(testo) or ([Numero(testo, testo)] if testo else []))
    ]


def _aree(voce: Pubblicata, guida: Guida) -> list[Dati]:
    if not voce.scheda.tutto_il_territorio:
        return []
    return [
        {"id": str(uuid5(voce.id, f"area:{t.chiave}")), "service_id": str(voce.id), "name": t.nome}
        for (tipo, _), t in guida.termini.items()
        if tipo == COMUNI
    ]


# -- a service in its places -----------------------------------------------------------------------------


def sedi(voce: Pubblicata, guida: Guida) -> list[Dati]:
    """The service in each of its places, as a list shows it."""
    base = servizio_in_elenco(voce, guida)
    dentro = [(id_luogo, luogo_in_elenco(id_luogo, luogo)) for id_luogo, luogo in luoghi_con_id(voce)]
    dentro += [(UUID(sede["location_id"]), sede["location"]) for sede in sede_virtuale(voce)]
    return [
        {
            "id": str(id_sede(voce, id_luogo)),
            "service_id": str(voce.id),
            "location_id": str(id_luogo),
            "location": luogo,
            "service": base,
        }
        for id_luogo, luogo in dentro
    ]


def sedi_complete(voce: Pubblicata, guida: Guida) -> list[Dati]:
    """The service in each of its places, with all that belongs to both.

    The standard's OpenAPI demands of the single one what a service must have: its name and status are here too.
    """
    intero = servizio(voce, guida)
    comuni = {"name": intero["name"], "status": intero["status"], "service": intero}
    return [sede | comuni for sede in intero.get("service_at_locations", [])]


# -- organisations and taxonomies -------------------------------------------------------------------------


def ente_in_elenco(ente: Ente) -> Dati:
    return pieni(
        {
            "id": ente.id,
            "name": ente.nome,
            "alternate_name": ente.nome_breve if ente.nome_breve != ente.nome else "",
            "email": ente.email,
            "website": ente.sito,
        }
    ) | {"description": ente.descrizione}


def ente_completo(ente: Ente, voci: Iterable[Pubblicata], guida: Guida, *, servizi_interi: bool = False) -> Dati:
    """An organisation and the services that it provides, in short or whole."""
    come = servizio if servizi_interi else servizio_in_elenco
    return ente_in_elenco(ente) | pieni(
        {
            "phones": _telefoni(ente.telefono, ente.id, "telefono", {"organization_id": str(ente.id)}),
            "services": [come(voce, guida) for voce in voci],
        }
    )


def tassonomia(nome: str, guida: Guida) -> Dati:
    titolo, descrizione = TASSONOMIE[nome]
    return {"id": str(id_tassonomia(guida.id_guida, nome)), "name": titolo, "description": descrizione}


def termine(voce: TermineDiTassonomia, guida: Guida) -> Dati:
    padre = guida.termini.get((voce.tassonomia, voce.padre))
    return pieni(
        {
            "id": id_termine(guida.id_guida, voce.tassonomia, voce.chiave),
            "code": voce.chiave,
            "name": voce.nome,
            "description": f"{padre.nome}: {voce.nome}" if padre else voce.nome,
            "parent_id": id_termine(guida.id_guida, padre.tassonomia, padre.chiave) if padre else None,
            "taxonomy": TASSONOMIE[voce.tassonomia][0],
            "taxonomy_id": id_tassonomia(guida.id_guida, voce.tassonomia),
            "taxonomy_detail": tassonomia(voce.tassonomia, guida),
            "language": "ita",
        }
    )


# -- pages of answers -------------------------------------------------------------------------------------


def pagina(contenuti: list[Dati], quanti: int, numero: int, per_pagina: int) -> Dati:
    """A page of answers; an empty answer is one empty page."""
    pagine = max(1, -(-quanti // per_pagina))
    return {
        "total_items": quanti,
        "total_pages": pagine,
        "page_number": numero,
        "size": len(contenuti),
        "first_page": numero == 1,
        "last_page": numero == pagine,
        "empty": not contenuti,
        "contents": contenuti,
    }
