"""Mail to who booked. Before the address is confirmed a message says nothing that whoever typed it has written."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import timezone

from base.formati.calendario import scrivi_ics
from base.posta import Esterno, spedisci_dopo

from ..feeds import in_evento
from ..models import EventoPage, Prenotazione
from .collegamenti import CONFERMA, indirizzo_di_conferma, indirizzo_proprio
from .selettori import in_fila

MODELLI = "notizie/prenotazioni/email/"
ICS = "text/calendar"

HA_UN_POSTO = {
    "confermata": ("Hai un posto", "la prenotazione è confermata: hai un posto."),
    "entrata": ("Si è liberato un posto", "eri in lista d'attesa: si è liberato un posto, ed è tuo."),
    "gia": ("Hai già un posto", "qualcuno, forse tu, ha chiesto un posto con questo indirizzo: ne hai già uno."),
    "promemoria": ("Ti ricordiamo", "ti ricordiamo l'evento a cui hai un posto."),
}
"""How a message to who has a place begins: its subject and its first words."""

VALE_ANCORA = {
    Prenotazione.Stato.CONFERMATA: "il tuo posto resta tuo",
    Prenotazione.Stato.IN_ATTESA: "resti in lista d'attesa",
}


def da_dire(evento: EventoPage, c_e: bool = True) -> dict[str, Any]:
    """What who booked must know of an event: when, where, whether it is on (`c_e`: whether it still has a page)."""
    parti = (evento.luogo, evento.indirizzo, evento.comune, evento.collegamento)
    dove = ", ".join(parte for parte in parti if parte)
    return {"quando": str(evento.quando), "dove": dove, "tolto": not (c_e and evento.live) or evento.annullato}


def da_confermare(una: Prenotazione) -> None:
    """Ask whether it was them, and say what confirming gives."""
    fino_a = timezone.localtime(una.tenuta_fino_a) if una.tenuta_fino_a else None
    contesto = {"conferma": indirizzo_di_conferma(una), "giorni": CONFERMA.giorni, "fino_a": fino_a}
    _manda(una, "da_confermare", f"Conferma la prenotazione: {una.posti.evento.title}", contesto)


def confermata(una: Prenotazione) -> None:
    """What confirming gave."""
    _dillo(una, "confermata")


def gia_prenotata(una: Prenotazione) -> None:
    """They asked again: the site could not say it, the mailbox can."""
    _dillo(una, "gia")


def entrata(una: Prenotazione) -> None:
    _ha_un_posto(una, "entrata")


def promemoria(evento: EventoPage, chi: Iterable[Prenotazione]) -> None:
    file = in_calendario(evento)
    for una in chi:
        una.posti.evento = evento
        _ha_un_posto(una, "promemoria", file)


def cambiato(evento: EventoPage, chi: list[Prenotazione], prima: dict[str, Any], ora: dict[str, Any]) -> int:
    """Tell these what is no longer as `prima`; how many. Called off stays called off: nothing else is told of it."""
    if ora["tolto"] and prima["tolto"]:
        return 0
    if ora["tolto"]:
        oggetto = "Annullato"
    elif prima["tolto"]:
        oggetto = "Si fa"
    else:
        oggetto = "Spostato" if prima["quando"] != ora["quando"] else "Cambia il luogo"
    file = in_calendario(evento, ora["tolto"])
    for una in chi:
        una.posti.evento = evento
        vale = VALE_ANCORA[una.stato]
        allegati = [file] if una.stato == Prenotazione.Stato.CONFERMATA else []  # who waits has it in no calendar
        contesto = {"prima": prima, "ora": ora, "vale": vale, "avviso": evento.avviso, "allegati": allegati}
        _manda(una, "cambiato", f"{oggetto}: {evento.title}", contesto, allegati)
    return len(chi)


def in_calendario(evento: EventoPage, tolto: bool = False) -> tuple[str, bytes, str]:
    """The event as a file that calendars take; `tolto` from the site, it is called off in those that have it."""
    suo = in_evento(evento, None)
    if tolto and not suo.annullato:
        suo = replace(suo, annullato=True, titolo=f"Annullato: {suo.titolo}", sequenza=(suo.sequenza or 0) + 1)
    return f"{evento.slug}.ics", scrivi_ics([suo], evento.title, settings.WAGTAIL_SITE_NAME), ICS


def _dillo(una, come):
    """That they have a place, in these words; or that they wait for one."""
    if una.stato == Prenotazione.Stato.CONFERMATA:
        _ha_un_posto(una, come)
    else:
        _in_attesa(una)


def _ha_un_posto(una, come, file=None):
    oggetto, inizio = HA_UN_POSTO[come]
    file = file or in_calendario(una.posti.evento)
    _manda(una, "ha_un_posto", f"{oggetto}: {una.posti.evento.title}", {"inizio": inizio}, [file])


def _in_attesa(una):
    _manda(una, "in_attesa", f"In lista d'attesa: {una.posti.evento.title}", {"in_fila": in_fila(una)})


def _manda(una, modello, oggetto, contesto, allegati=()):
    evento = una.posti.evento
    comune = {
        "evento": evento,
        "fatti": da_dire(evento),
        "pagina": evento.get_full_url() if evento.live else "",
        "propria": indirizzo_proprio(una),
    }
    spedisci_dopo([Esterno(una.email)], f"{MODELLI}{modello}", oggetto, {**comune, **contesto}, allegati)
