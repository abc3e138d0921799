"""Mail about the care of the entries: who is told of what."""

from django.utils import timezone

from base.posta import Esterno, spedisci_dopo
from organizzazioni.notifiche import approvatori

from ..permissions import organizzazione_di
from .collegamenti import CONFERMA, completo, indirizzo_di_conferma

MODELLI = "guide/email/"


def manager():
    """The managers who are told; superusers are not, unless a group makes them managers."""
    return approvatori(set())


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


def segnalazione_arrivata(segnalazione):
    """Tell the managers; of an error in an entry its organisation too, which never reads who wrote it."""
    contesto = {"segnalazione": segnalazione, "indirizzo": completo("guida:segnalazione", segnalazione.pk)}
    destinatari = manager()
    spedisci_dopo(destinatari, f"{MODELLI}segnalazione", f"Family Guide, {segnalazione}", contesto)
    organizzazione = organizzazione_di(segnalazione.servizio) if segnalazione.servizio_id else None
    if organizzazione is not None and organizzazione.attiva:
        sue = [persona for persona in organizzazione.persone if persona not in destinatari]
        spedisci_dopo(sue, f"{MODELLI}segnalazione", f"Family Guide, {segnalazione}", contesto)


def risposta(email, nome, testo):
    """Answer who wrote to us."""
    spedisci_dopo(
        [Esterno(email)], f"{MODELLI}risposta", f"La tua segnalazione: {nome}", {"nome": nome, "testo": testo}
    )


def ritiro_chiesto(richiesta):
    """Tell the managers that there is something to decide."""
    spedisci_dopo(
        [persona for persona in manager() if persona != richiesta.chiesta_da],
        f"{MODELLI}ritiro_chiesto",
        f"Family Guide, da ritirare: {richiesta}",
        {
            "richiesta": richiesta,
            "organizzazione": organizzazione_di(richiesta.servizio),
            "indirizzo": completo("guida:ritiro", richiesta.pk),
        },
    )


def ritiro_deciso(richiesta):
    """Tell the organisation what was decided, and why not."""
    organizzazione = organizzazione_di(richiesta.servizio)
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
