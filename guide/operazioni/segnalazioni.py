"""What people report about services."""

from cura.operazioni import ricevi

from ..models import Segnalazione, ServizioPage

Tipo = Segnalazione.Tipo


def segnala_errore(servizio: ServizioPage, testo: str, email: str = "") -> Segnalazione:
    """Keep an error that someone saw in an entry, and tell the managers and its organisation."""
    return ricevi(Segnalazione(tipo=Tipo.ERRORE, servizio=servizio, testo=testo, email=email))


def segnala_problema(pagina: str, testo: str, email: str = "") -> Segnalazione:
    """Keep what does not work in the site, or cannot be used, and tell the managers. `pagina`: where, in words."""
    return ricevi(Segnalazione(tipo=Tipo.PROBLEMA, nome=pagina or "Il sito", testo=testo, email=email))


def proponi_servizio(
    nome: str, testo: str, ente: str = "", dove: str = "", contatti: str = "", email: str = ""
) -> Segnalazione:
    """Keep a service that someone would like to find in the guide, and tell the managers."""
    return ricevi(
        Segnalazione(tipo=Tipo.PROPOSTA, nome=nome, testo=testo, ente=ente, dove=dove, contatti=contatti, email=email)
    )
