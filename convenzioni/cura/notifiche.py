"""Mail about the care of conventions: the partner is asked, who keeps them is told."""

from base.posta import Esterno, spedisci_dopo
from cura.notifiche import chi_la_tiene, completo
from cura.registro import cura_di

from ..models import ConvenzionePage
from .collegamenti import CONFERMA, indirizzo_di_conferma

MODELLI = "convenzioni/email/"


def da_confermare(accordo):
    """Ask the partner, at the address that it gave, with its own link."""
    convenzione = accordo.convenzione
    spedisci_dopo(
        [Esterno(accordo.a_chi_chiedere)],
        f"{MODELLI}da_confermare",
        f"È ancora tutto giusto? {convenzione.title}",
        {
            "convenzione": convenzione,
            "organizzazione": cura_di(ConvenzionePage).organizzazione_di(convenzione),
            "giorni": CONFERMA.giorni,
            "indirizzo": indirizzo_di_conferma(accordo),
            "confermata_il": accordo.confermata_il,
        },
    )


def non_confermata(accordo):
    """Tell who keeps the convention, and the managers, that the partner does not answer, or has no address."""
    convenzione = accordo.convenzione
    spedisci_dopo(
        chi_la_tiene(convenzione),
        f"{MODELLI}non_confermata",
        f"Non confermata dal partner: {convenzione.title}",
        {
            "convenzione": convenzione,
            "a_chi": accordo.a_chi_chiedere,
            "indirizzo": completo("convenzioni:convenzione", convenzione.pk),
        },
    )
