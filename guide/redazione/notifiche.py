"""Mail about the care of the entries: who is told of what."""

from django.utils import timezone

from base.posta import spedisci_dopo
from cura.notifiche import completo, manager
from cura.registro import cura_di

from ..models import ServizioPage
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


def ritiro_chiesto(richiesta):
    """Tell the managers that there is something to decide."""
    spedisci_dopo(
        [persona for persona in manager() if persona != richiesta.chiesta_da],
        f"{MODELLI}ritiro_chiesto",
        f"Family Guide, da ritirare: {richiesta}",
        {
            "richiesta": richiesta,
            "organizzazione": cura_di(ServizioPage).organizzazione_di(richiesta.servizio),
            "indirizzo": completo("guida:ritiro", richiesta.pk),
        },
    )


def ritiro_deciso(richiesta):
    """Tell the organisation what was decided, and why not."""
    organizzazione = cura_di(ServizioPage).organizzazione_di(richiesta.servizio)
    sue = list(organizzazione.persone) if organizzazione is not None else []
    spedisci_dopo(
        [persona for persona in sue if persona != richiesta.decisa_da],
        f"{MODELLI}ritiro_deciso",
        f"{richiesta.get_esito_display()}: {richiesta}",
        {
            "richiesta": richiesta,
            "quando": timezone.localdate(),
            "indirizzo": completo("wagtailadmin_pages:edit", richiesta.servizio_id),
        },
    )
