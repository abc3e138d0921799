"""Mail about entries: who keeps them is told, who wrote is answered."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from base.posta import Esterno, spedisci_dopo
from organizzazioni.notifiche import approvatori

from .registro import cura_di


def completo(nome: str, *argomenti: Any) -> str:
    """The full address of a view."""
    return assoluto(reverse(nome, args=argomenti))


def assoluto(percorso: str) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + percorso


def manager() -> list:
    """The managers who are told; superusers are not, unless a group makes them managers."""
    return approvatori(set())


def chi_la_tiene(pagina: Any) -> list:
    """The people of the organisation of `pagina`, if it is active, and the managers: each once."""
    organizzazione = cura_di(type(pagina)).organizzazione_di(pagina)
    sue = organizzazione.persone if organizzazione is not None and organizzazione.attiva else []
    return sorted({*sue, *manager()}, key=lambda persona: persona.pk)


def segnalazione_arrivata(segnalazione: Any) -> None:
    """Tell the managers; of an entry its organisation too, which never reads who wrote."""
    cura = cura_di(segnalazione.modello_curato())
    contenuto = segnalazione.contenuto
    spedisci_dopo(
        manager() if contenuto is None else chi_la_tiene(contenuto),
        f"{cura.modelli_di_posta}segnalazione",
        cura.oggetto(segnalazione),
        {"segnalazione": segnalazione, "indirizzo": assoluto(segnalazione.get_absolute_url())},
    )


def risposta(segnalazione: Any, email: str) -> None:
    """Answer who wrote to us."""
    cura = cura_di(segnalazione.modello_curato())
    spedisci_dopo(
        [Esterno(email)],
        "cura/email/risposta",
        f"La tua segnalazione: {segnalazione.nome}",
        {"nome": segnalazione.nome, "testo": segnalazione.risposta, "dove": cura.scritto_da},
    )


def ritiro_chiesto(richiesta: Any) -> None:
    """Tell the managers that there is something to decide."""
    cura = cura_di(type(richiesta.contenuto))
    spedisci_dopo(
        [persona for persona in manager() if persona != richiesta.chiesta_da],
        "cura/email/ritiro_chiesto",
        f"{cura.nome}, da ritirare: {richiesta}",
        {
            "cura": cura,
            "richiesta": richiesta,
            "organizzazione": cura.organizzazione_di(richiesta.contenuto),
            "indirizzo": assoluto(richiesta.get_absolute_url()),
        },
    )


def ritiro_deciso(richiesta: Any) -> None:
    """Tell the organisation what was decided, and why not."""
    cura = cura_di(type(richiesta.contenuto))
    organizzazione = cura.organizzazione_di(richiesta.contenuto)
    sue = list(organizzazione.persone) if organizzazione is not None else []
    spedisci_dopo(
        [persona for persona in sue if persona != richiesta.decisa_da],
        "cura/email/ritiro_deciso",
        f"{richiesta.get_esito_display()}: {richiesta}",
        {
            "cura": cura,
            "richiesta": richiesta,
            "quando": timezone.localdate(),
            "indirizzo": completo("wagtailadmin_pages:edit", richiesta.contenuto.pk),
        },
    )
