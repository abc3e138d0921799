"""What people write about conventions."""

from cura.operazioni import ricevi

from ..models import Categoria, ConvenzionePage, Segnalazione

Tipo = Segnalazione.Tipo


def proponi_convenzione(
    nome: str, testo: str, categoria: Categoria | None = None, dove: str = "", contatti: str = "", email: str = ""
) -> Segnalazione:
    """Keep a convention that someone would like to have, and tell the managers."""
    return ricevi(
        Segnalazione(
            tipo=Tipo.PROPOSTA, nome=nome, testo=testo, categoria=categoria, dove=dove, contatti=contatti, email=email
        )
    )


def segnala_rifiuto(convenzione: ConvenzionePage, testo: str, email: str = "") -> Segnalazione:
    """Keep that a discount was refused, and tell the managers and the organisation."""
    return ricevi(Segnalazione(tipo=Tipo.RIFIUTO, convenzione=convenzione, testo=testo, email=email))


def segnala_errore(convenzione: ConvenzionePage, testo: str, email: str = "") -> Segnalazione:
    """Keep an error that someone saw in a convention, and tell the managers and the organisation."""
    return ricevi(Segnalazione(tipo=Tipo.ERRORE, convenzione=convenzione, testo=testo, email=email))
