"""The public sheet in other shapes."""

from datetime import date, datetime
from uuid import UUID, uuid5

from base.formati.calendario import Evento, scrivi_ics
from base.formati.telefoni import da_esportare

from .scheda import Scheda

GIORNI_SCHEMA = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def calendario(scheda: Scheda, url: str, pagina: UUID, cambiata: datetime, oggi: date) -> bytes | None:
    """The deadlines that are not over on the day `oggi`, as an ICS file; None without any.

    `pagina` is the entry's own UUID (a copy has another): with the deadline's key it makes an identifier that is
    global and stays the same whenever and wherever the entry is published.
    """
    eventi = [
        Evento(
            uid=str(uuid5(pagina, s.chiave)),
            titolo=f"{s.descrizione}: {scheda.nome}",
            inizio=s.data,
            cambiato=cambiata,
            url=url,
            impegna=False,
            descrizione=f"{scheda.sommario}\n\nPrima di andare controlla che non sia cambiato: {url}",
        )
        for s in scheda.scadenze
        if s.data >= oggi
    ]
    return scrivi_ics(eventi, scheda.nome, "Distretto Family Audit//Family Guide") if eventi else None


def dati_strutturati(scheda: Scheda, url: str) -> dict:
    """The entry in the words of schema.org; what is not known is left out."""
    pubblico = scheda.natura == "pubblico"
    return _pieni(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService" if pubblico else "Service",
            "name": scheda.nome,
            "alternateName": [nome.strip() for nome in scheda.altri_nomi.split(",") if nome.strip()],
            "description": scheda.sommario,
            "url": url,
            "serviceType": [bisogno.nome for bisogno in scheda.bisogni],
            "provider": _ente(scheda, pubblico),
            "audience": _pieni(
                {
                    "@type": "PeopleAudience",
                    "audienceType": scheda.per_chi,
                    "suggestedMinAge": _anni(scheda.eta_minima),
                    "suggestedMaxAge": _anni(scheda.eta_massima),
                }
            ),
            "availableChannel": _canali(scheda),
            "hoursAvailable": [
                {
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": f"https://schema.org/{GIORNI_SCHEMA[f.giorno]}",
                    "opens": f"{f.dalle:%H:%M}",
                    "closes": f"{f.alle:%H:%M}",
                }
                for f in scheda.fasce
            ],
            "offers": _offerte(scheda),
        }
    )


def _ente(scheda, pubblico):
    if not scheda.erogatore:
        return None
    return {"@type": "GovernmentOrganization" if pubblico else "Organization", "name": scheda.erogatore}


def _canali(scheda):
    lingue = [lingua.nome for lingua in scheda.lingue]
    contatto = next((c for c in scheda.contatti if c.telefono), None)
    comune = {
        "@type": "ServiceChannel",
        "availableLanguage": lingue,
        "servicePhone": {"@type": "ContactPoint", "telephone": da_esportare(contatto.telefono)} if contatto else None,
    }
    canali = [_pieni({**comune, "serviceLocation": _luogo(luogo)}) for luogo in scheda.luoghi]
    if scheda.on_line or scheda.sito:
        canali.append(_pieni({**comune, "serviceUrl": scheda.sito}))
    return canali


def _luogo(luogo):
    return _pieni(
        {
            "@type": "Place",
            "name": luogo.nome,
            "address": _pieni(
                {
                    "@type": "PostalAddress",
                    "streetAddress": luogo.indirizzo,
                    "addressLocality": luogo.comune.nome if luogo.comune else "",
                    "addressCountry": "IT",
                }
            ),
            "geo": {"@type": "GeoCoordinates", "latitude": luogo.latitudine, "longitude": luogo.longitudine}
            if luogo.latitudine and luogo.longitudine
            else None,
        }
    )


def _offerte(scheda):
    if scheda.gratuito:
        return [{"@type": "Offer", "price": "0", "priceCurrency": "EUR"}]
    return [
        _pieni(
            {
                "@type": "Offer",
                "name": t.descrizione,
                "price": t.importo,
                "priceCurrency": "EUR",
                "validFrom": t.valida_dal,
                "validThrough": t.valida_fino_al,
            }
        )
        for t in scheda.tariffe
    ]


def _anni(mesi):
    return None if mesi is None else mesi // 12


def _pieni(dati):
    """Without what is empty; a dictionary with nothing but its type is empty too."""
    pieni = {chiave: valore for chiave, valore in dati.items() if valore not in (None, "", [], {}, ())}
    return pieni if set(pieni) - {"@type", "@context", "addressCountry"} else {}
