"""Pieces as data for search engines (schema.org)."""

SCHEMA = "https://schema.org/"


def dati_strutturati(pezzo, url, immagine=""):
    """The data of `pezzo`, whose address is `url` and whose picture is at `immagine`; what is empty is left out."""
    dati = _evento(pezzo, url) if pezzo.tipo == "evento" else _articolo(pezzo)
    comuni = {
        "@context": "https://schema.org",
        "url": url,
        "description": pezzo.descrizione,
        "image": [immagine] if immagine else "",
    }
    return {nome: valore for nome, valore in {**comuni, **dati}.items() if valore or valore is False}


def _organizzazione(nome):
    return {"@type": "Organization", "name": nome} if nome else ""


def _articolo(pezzo):
    return {
        "@type": "NewsArticle",
        "headline": pezzo.title,
        "datePublished": pezzo.data,
        "dateModified": pezzo.last_published_at,
        "author": _organizzazione(pezzo.organizzazione_nome),
    }


def _evento(evento, url):
    quando, stato = evento.quando, {"annullato": "EventCancelled", "spostato": "EventRescheduled"}
    return {
        "@type": "Event",
        "name": evento.title,
        "startDate": quando.inizio,
        "endDate": quando.termine,
        "eventStatus": SCHEMA + stato.get(evento.stato, "EventScheduled"),
        "previousStartDate": evento.data_prima if evento.stato == "spostato" else "",
        "eventAttendanceMode": SCHEMA + _presenza(evento),
        "location": _luoghi(evento),
        "organizer": _organizzazione(evento.organizzatore or evento.organizzazione_nome),
        "isAccessibleForFree": True if evento.gratuito else "",
        "audience": _pubblico(evento),
        "superEvent": _maggiore(evento.evento_maggiore),
    }


def _presenza(evento):
    if not evento.collegamento:
        return "OfflineEventAttendanceMode"
    return "MixedEventAttendanceMode" if evento.luogo or evento.comune else "OnlineEventAttendanceMode"


def _luoghi(evento):
    luoghi = []
    if evento.luogo or evento.comune:
        indirizzo = {
            "@type": "PostalAddress",
            "streetAddress": evento.indirizzo,
            "addressLocality": evento.comune,
            "addressCountry": "IT",
        }
        pieno = {nome: valore for nome, valore in indirizzo.items() if valore}
        luoghi.append({"@type": "Place", "name": evento.luogo or evento.comune, "address": pieno})
    if evento.collegamento:
        luoghi.append({"@type": "VirtualLocation", "url": evento.collegamento})
    return luoghi


def _pubblico(evento):
    return {"@type": "Audience", "audienceType": evento.pubblico} if evento.pubblico else ""


def _maggiore(evento):
    if evento is None:
        return ""
    dati = {
        "@type": "Event",
        "name": evento.title,
        "url": evento.full_url or "",
        "startDate": evento.quando.inizio,
        "endDate": evento.quando.termine,
        "location": _luoghi(evento),
    }
    return {nome: valore for nome, valore in dati.items() if valore}
