"""Mail about the care of conventions: the partner is asked, who keeps them is told."""

from base.posta import Esterno, spedisci_dopo
from organizzazioni.notifiche import approvatori

from .collegamenti import CONFERMA, completo, indirizzo_di_conferma

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
            "organizzazione": _organizzazione(convenzione),
            "giorni": CONFERMA.giorni,
            "indirizzo": indirizzo_di_conferma(accordo),
            "confermata_il": accordo.confermata_il,
        },
    )


def non_confermata(accordo):
    """Tell who keeps the convention, and the managers, that the partner does not answer, or has no address."""
    convenzione = accordo.convenzione
    spedisci_dopo(
        _chi_la_tiene(convenzione),
        f"{MODELLI}non_confermata",
        f"Non confermata dal partner: {convenzione.title}",
        {
            "convenzione": convenzione,
            "a_chi": accordo.a_chi_chiedere,
            "indirizzo": completo("convenzioni:convenzione", convenzione.pk),
        },
    )


def segnalazione_arrivata(segnalazione):
    """Tell the managers; of a convention its organisation too, which never reads who wrote."""
    destinatari = _chi_la_tiene(segnalazione.convenzione) if segnalazione.convenzione_id else approvatori(set())
    spedisci_dopo(
        destinatari,
        f"{MODELLI}segnalazione",
        str(segnalazione),
        {"segnalazione": segnalazione, "indirizzo": completo("convenzioni:segnalazione", segnalazione.pk)},
    )


def risposta(email, nome, testo):
    """Answer who wrote to us."""
    spedisci_dopo(
        [Esterno(email)], f"{MODELLI}risposta", f"La tua segnalazione: {nome}", {"nome": nome, "testo": testo}
    )


def _chi_la_tiene(convenzione):
    """The people of its organisation and the managers, each once."""
    organizzazione = _organizzazione(convenzione)
    sue = organizzazione.persone if organizzazione.attiva else []
    return sorted({*sue, *approvatori(set())}, key=lambda persona: persona.pk)


def _organizzazione(convenzione):
    return convenzione.get_parent().specific.organizzazione
