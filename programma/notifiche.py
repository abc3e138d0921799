"""Mail about evidence, in words: who is told of what, and why."""

from django.conf import settings

from base.posta import spedisci_dopo
from organizzazioni.notifiche import approvatori

MODELLI = "programma/email/"


def indirizzo(oggetto):
    """The full address of a thing's own page in the portal."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + oggetto.get_absolute_url()


def evidenza_inviata(evidenza):
    """Tell who decides that there is work; never the author."""
    _spedisci(
        approvatori(evidenza.id_autori(), evidenza.del_manager_senza_firma),
        "inviata",
        f"Da approvare: {evidenza} ({evidenza.organizzazione})",
        evidenza,
    )


def evidenza_decisa(evidenza, passaggio):
    """Tell every active person of the organisation what was decided and why; its authors too.

    What counted and does not any more is told to the managers as well.
    """
    oggetto = {
        "approvata": f"Approvata: {evidenza}",
        "da_integrare": f"Da integrare: {evidenza}",
        "revocata": f"Revocata: {evidenza}",
    }[evidenza.stato]
    destinatari = {*evidenza.organizzazione.persone, *evidenza.autori.all()}
    if passaggio.a == passaggio.evidenza.Stato.REVOCATA:
        destinatari.update(approvatori(set()))
    destinatari -= {passaggio.chi}
    _spedisci(sorted(destinatari, key=lambda persona: persona.pk), "decisa", oggetto, evidenza, passaggio=passaggio)


def evidenze_importate(importate, approvate):
    """One summary for a whole file, what it added and what was approved with it: to whoever decides on some of it."""
    destinatari = approvatori(set())
    if any(evidenza.del_manager_senza_firma for evidenza in {*importate, *approvate}):
        destinatari += [persona for persona in approvatori(set(), del_manager=True) if persona not in destinatari]
    spedisci_dopo(
        destinatari,
        f"{MODELLI}importate",
        f"Importazione di evidenze: {len(importate)} aggiunte, {len(approvate)} approvate",
        {"importate": importate, "approvate": approvate, "indirizzo": settings.WAGTAILADMIN_BASE_URL},
    )


def _spedisci(destinatari, modello, oggetto, evidenza, **contesto):
    spedisci_dopo(
        destinatari, MODELLI + modello, oggetto, {"evidenza": evidenza, "indirizzo": indirizzo(evidenza), **contesto}
    )
