"""Bringing the District and its bodies to what a set-up file states.

What the file does not say is never erased: a value left out belongs to whoever wrote it in the admin.
"""

from dataclasses import asdict

from wagtail.log_actions import log

from base.differenze import Differenza, imposta
from base.formati.schema import FileNonValido, Problema

from .models import Attore, Distretto, Organizzazione, Tappa
from .operazioni import attiva, crea_pagina


def importa_organizzazioni(impianto, differenze, lasciate=None):
    """Make or update the bodies in `impianto`, each with its page; those with an adhesion are activated.

    With `lasciate` what is written stays as it is (`imposta`).

    Returns the bodies by key. Bodies that the file does not name stay as they are. Raises `FileNonValido` when a body
    would begin to be a member after the end that the portal knows.
    """
    presenti = {organizzazione.chiave: organizzazione for organizzazione in Organizzazione.objects.all()}
    return {
        dato.chiave: _importa(dato, presenti.get(dato.chiave), f"organizzazioni[{indice}]", differenze, lasciate)
        for indice, dato in enumerate(impianto)
    }


def _importa(dato, organizzazione, percorso, differenze, lasciate):
    valori = _detti(asdict(dato))
    if organizzazione is None:
        organizzazione = Organizzazione.objects.create(**valori)
        differenze.append(Differenza(percorso, None, dato.denominazione))
        log(instance=organizzazione, action="wagtail.create")
    elif imposta(organizzazione, valori, percorso, differenze, lasciate=lasciate):
        dal, fino_al = organizzazione.aderente_dal, organizzazione.aderente_fino_al
        if dal and fino_al and fino_al < dal:
            perche = f"viene dopo la fine dell'adesione scritta nel portale, {fino_al:%d/%m/%Y}: correggi una delle due"
            raise FileNonValido([Problema(f"{percorso}.aderente_dal", perche)])
        organizzazione.save()
        log(instance=organizzazione, action="wagtail.edit")
    crea_pagina(organizzazione)
    if dato.aderente_dal and not organizzazione.gruppo_id:
        attiva(organizzazione)
    return organizzazione


def importa_distretto(dato, organizzazioni, sito, differenze, lasciate=None):
    """Bring the settings of `sito` to the District in `dato`; the body with its name is activated.

    With `lasciate` what is written stays as it is (`imposta`).
    """
    distretto = Distretto.for_site(sito)
    valori = _detti(
        {nome: valore for nome, valore in asdict(dato).items() if nome not in ("attori", "tappe", "organizzazione")}
    )
    if dato.organizzazione:
        valori["organizzazione"] = organizzazioni[dato.organizzazione]
    attori = [(attore.ruolo, attore.ufficio, attore.organizzazione) for attore in dato.attori]
    tappe = [(tappa.data, tappa.evento) for tappa in dato.tappe]
    cambiato = imposta(distretto, valori, "distretto", differenze, lasciate=lasciate)
    attori_ora = [(attore.ruolo, attore.ufficio, attore.organizzazione.chiave) for attore in distretto.attori.all()]
    if attori and attori != attori_ora and (lasciate is None or not attori_ora):
        cambiato = True
        differenze.append(Differenza("distretto.attori", attori_ora, attori))
        distretto.attori = [
            Attore(ruolo=ruolo, ufficio=ufficio, organizzazione=organizzazioni[chiave], sort_order=posto)
            for posto, (ruolo, ufficio, chiave) in enumerate(attori)
        ]
    tappe_ora = [(tappa.data, tappa.evento) for tappa in distretto.tappe.all()]
    if tappe and tappe != tappe_ora and (lasciate is None or not tappe_ora):
        cambiato = True
        differenze.append(Differenza("distretto.tappe", tappe_ora, tappe))
        distretto.tappe = [
            Tappa(data=data, evento=evento, sort_order=posto) for posto, (data, evento) in enumerate(tappe)
        ]
    if cambiato:
        distretto.save()
    if distretto.organizzazione is not None and not distretto.organizzazione.gruppo_id:
        attiva(distretto.organizzazione)
    return distretto


def _detti(valori):
    """The values that the file states."""
    return {nome: valore for nome, valore in valori.items() if valore not in (None, "")}
