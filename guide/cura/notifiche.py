"""Mail about the care of the entries: who is told of what."""

from base.posta import spedisci_dopo
from cura.notifiche import completo, manager

from .collegamenti import CONFERMA, indirizzo_di_conferma

MODELLI = "guide/email/"


def da_confermare(persona, verifiche):
    """Ask one person about every entry that is due, in one mail, each with its own link."""
    schede = [
        {
            "nome": verifica.servizio.title,
            "verificata_il": verifica.verificata_il,
            "conferma": indirizzo_di_conferma(verifica, persona),
            "correggi": completo("wagtailadmin_pages:edit", verifica.servizio_id),
        }
        for verifica in verifiche
    ]
    oggetto = (
        f"È ancora tutto giusto? {schede[0]['nome']}"
        if len(schede) == 1
        else f"È ancora tutto giusto? {len(schede)} schede della Family Guide"
    )
    spedisci_dopo([persona], f"{MODELLI}da_confermare", oggetto, {"schede": schede, "giorni": CONFERMA.giorni})


def non_confermate(servizi, enti):
    """Tell the managers which entries nobody confirms; `enti` says whose each is."""
    schede = [{"nome": servizio.title, "organizzazione": enti.get(servizio.pk, "")} for servizio in servizi]
    spedisci_dopo(
        manager(),
        f"{MODELLI}non_confermate",
        f"Family Guide: schede che nessuno conferma ({len(schede)})",
        {"schede": schede, "indirizzo": completo("guida:freschezza")},
    )
