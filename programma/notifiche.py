"""Mail about evidence, in words: who is told of what, and why."""

from django.conf import settings
from django.urls import reverse

from base.posta import spedisci_dopo
from organizzazioni.notifiche import approvatori
from organizzazioni.permissions import e_coordinamento

from .collegamenti_di_posta import DECISIONE, indirizzo_di_decisione

MODELLI = "programma/email/"


def indirizzo(oggetto):
    """The full address of a thing's own page in the portal."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + oggetto.get_absolute_url()


def evidenza_inviata(evidenza):
    """Tell who decides that there is work; never the author. Coordinamento may decide from the message itself."""
    for persona in approvatori(evidenza.id_autori(), evidenza.del_manager_senza_firma):
        decidi = indirizzo_di_decisione(evidenza, persona) if e_coordinamento(persona) else ""
        oggetto = f"Da approvare: {evidenza} ({evidenza.organizzazione})"
        _spedisci([persona], "inviata", oggetto, evidenza, decidi=decidi, giorni=DECISIONE.giorni)


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


def sollecito(persone, oggetto, testo, chi):
    """What the manager writes to the people of a body, in their own words; they answer to the manager."""
    rispondi_a = [chi.email] if chi.email else []
    contesto = {"testo": testo, "chi": chi, "indirizzo": _intero("wagtailadmin_home")}
    spedisci_dopo(persone, f"{MODELLI}sollecito", oggetto, contesto, rispondi_a=rispondi_a)


def riassunto(persona, dati):
    """The digest of the week (`selettori.riassunto.Riassunto`)."""
    contesto = {"riassunto": dati, "indirizzo": _intero("wagtailadmin_home"), "scelta": _intero("programma:scadenze")}
    spedisci_dopo([persona], f"{MODELLI}riassunto", "Che cosa c'è da fare questa settimana", contesto)


def lettera_ricevuta(persona, spunto):
    """What was made of the mail that `persona` sent on, and where they confirm it; to their own address, always."""
    bozza = spunto.evidenza
    scelta = f"{reverse('programma:nuova')}?spunto={spunto.chiave}"
    dove = reverse("programma:modifica", args=[bozza.pk]) if bozza else scelta
    file = [uno.nome for uno in (bozza.allegati if bozza else spunto.file).all()]
    contesto = {"bozza": bozza, "spunto": spunto, "file": file, "rifiuti": spunto.rifiuti}
    contesto["indirizzo"] = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + dove
    titolo = (bozza or spunto).titolo or "senza titolo"
    spedisci_dopo([persona], f"{MODELLI}lettera_ricevuta", f"Bozza da confermare: {titolo}", contesto)


def lettera_non_presa(persona, oggetto):
    """That a mail was not taken, because whoever sent it acts for no body that is active."""
    contesto = {"oggetto_della_mail": oggetto, "indirizzo": _intero("wagtailadmin_home")}
    spedisci_dopo([persona], f"{MODELLI}lettera_non_presa", "La tua mail non è diventata una bozza", contesto)


def _intero(nome):
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse(nome)


def _spedisci(destinatari, modello, oggetto, evidenza, **contesto):
    spedisci_dopo(
        destinatari, MODELLI + modello, oggetto, {"evidenza": evidenza, "indirizzo": indirizzo(evidenza), **contesto}
    )
