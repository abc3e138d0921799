"""The open data: answers to anyone who asks, from any site, without cookies."""

import json
from functools import wraps
from uuid import UUID

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import conditional_page, require_safe
from wagtail.models import Site

from base.formati import tabelle
from cura.registro import cura_di
from organizzazioni.models import Distretto

from ..models import ServizioPage
from . import hsds, identita
from .letture import Introvabile, Letture, versione
from .openapi import ELENCHI, PARAMETRI, SINGOLI, documento
from .parametri import PER_PAGINA_MASSIMO, ParametroNonValido, Richiesta, leggi
from .tabella import COLONNE, PER_PERSONE, riga, riga_per_persone

FRESCO = 300
"""Seconds for which an answer may be kept without asking again."""


def aperta(*parametri, tutte=False):
    """Decorator of a view that takes what is asked and gives data: GET alone, any origin, errors in JSON too.

    `tutte`: it may give every entry. Who has them as they are now gets a 304 before any is read.
    """

    def decora(view):
        @conditional_page
        @wraps(view)
        def con_risposta(request, **argomenti):
            if request.method not in ("GET", "HEAD"):
                risposta = _errore("Qui si legge soltanto: usa GET", 405)
                risposta["Allow"] = "GET, HEAD"
                return _aperta(risposta)
            try:
                richiesta = leggi(request.GET.dict(), parametri)
                risposta = _con_versione(view, request, richiesta) if tutte else view(request, richiesta, **argomenti)
            except ParametroNonValido as errore:
                risposta = _errore(str(errore), 400)
            except Introvabile as errore:
                risposta = _errore(str(errore), 404)
            return _aperta(risposta)

        con_risposta.csrf_exempt = True  # nothing is ever written: a POST gets its 405
        return con_risposta

    return decora


def _con_versione(view, request, richiesta):
    """The answer, marked with the version of the guide; or that it has not changed."""
    etichetta = f'W/"{versione()}"'
    risposta = get_conditional_response(request, etag=etichetta) or view(request, richiesta)
    risposta["ETag"] = etichetta
    return risposta


def _aperta(risposta):
    risposta["Access-Control-Allow-Origin"] = "*"
    risposta["Cache-Control"] = f"public, max-age={FRESCO}" if risposta.status_code in (200, 304) else "no-store"
    return risposta


def _errore(motivo, stato):
    return _json({"errore": motivo}, stato)


def _json(dati, stato=200):
    return JsonResponse(dati, status=stato, json_dumps_params={"ensure_ascii": False})


def _letture(request):
    sito = Site.find_for_request(request)
    if sito is None:
        raise Introvabile("Il sito non c'è ancora")
    return Letture(sito)


def _uuid(testo):
    try:
        return UUID(testo)
    except ValueError:
        raise Introvabile("Questo non è un identificativo (UUID)") from None


def _elenco(richiesta: Richiesta, voci, quanti, in_dati):
    """The page of `voci` (a sliceable of `quanti` rows) that is asked for, or all of them, a row to a line."""
    if richiesta.ndjson:
        righe = (json.dumps(dato, ensure_ascii=False) + "\n" for dato in in_dati(voci))
        return StreamingHttpResponse(righe, content_type="application/x-ndjson; charset=utf-8")
    inizio = (richiesta.pagina - 1) * richiesta.per_pagina
    if inizio and inizio >= quanti:
        raise Introvabile(f"La pagina {richiesta.pagina} non c'è: i risultati sono {quanti}")
    contenuti = list(in_dati(voci[inizio : inizio + richiesta.per_pagina]))
    return _json(hsds.pagina(contenuti, quanti, richiesta.pagina, richiesta.per_pagina))


@aperta()
def radice(request, richiesta):
    """What this is, and where its description is."""
    return _json(
        {
            "version": hsds.VERSIONE,
            "profile": request.build_absolute_uri(reverse("dati_aperti")),
            "openapi_url": request.build_absolute_uri(reverse("hsds:openapi")),
        }
    )


@aperta()
def openapi(request, richiesta):
    distretto = Distretto.for_request(request)
    return _json(
        documento(
            request.build_absolute_uri(reverse("hsds:radice")).rstrip("/"),
            request.build_absolute_uri(reverse("dati_aperti")),
            str(distretto),
            distretto.email,
        )
    )


@aperta(*ELENCHI["services"].parametri, tutte=True)
def servizi(request, richiesta):
    letture = _letture(request)
    voci = letture.voci(richiesta)
    forma = hsds.servizio if richiesta.intero else hsds.servizio_in_elenco

    def in_dati(righe):
        return (forma(voce, letture.guida) for voce in letture.lette(righe))

    if richiesta.minimo:
        tutti = [hsds.servizio_minimo(voce, letture.guida) for voce in letture.lette(voci)]
        return _json(hsds.pagina(tutti, len(tutti), 1, max(1, len(tutti))))
    return _elenco(richiesta, voci, voci.count(), in_dati)


@aperta()
def servizio(request, richiesta, chiave):
    letture = _letture(request)
    return _json(hsds.servizio(letture.voce(_uuid(chiave)), letture.guida))


@aperta(*ELENCHI["organizations"].parametri, tutte=True)
def organizzazioni(request, richiesta):
    letture = _letture(request)
    enti = letture.enti(richiesta.testo)

    def in_dati(suoi):
        if not (richiesta.intero or richiesta.servizi_interi):
            return map(hsds.ente_in_elenco, suoi)
        per_ente = letture.voci_per_ente(suoi)
        return (_con_servizi(ente, per_ente, letture, richiesta) for ente in suoi)

    return _elenco(richiesta, enti, len(enti), in_dati)


@aperta(*SINGOLI["organizations"].parametri)
def organizzazione(request, richiesta, chiave):
    letture = _letture(request)
    chiave = _uuid(chiave)
    ente = next((ente for ente in letture.enti() if ente.id == chiave), None)
    if ente is None:
        raise Introvabile("Nessuna organizzazione con servizi nella guida ha questo identificativo")
    return _json(_con_servizi(ente, letture.voci_per_ente([ente]), letture, richiesta))


def _con_servizi(ente, per_ente, letture, richiesta):
    return hsds.ente_completo(ente, per_ente[ente.id], letture.guida, servizi_interi=richiesta.servizi_interi)


@aperta(*ELENCHI["service_at_locations"].parametri, tutte=True)
def sedi(request, richiesta):
    """A row for each place of each service."""
    letture = _letture(request)
    righe = letture.sedi(letture.voci(richiesta))
    forma = hsds.sedi_complete if richiesta.intero else hsds.sedi
    return _elenco(richiesta, righe, len(righe), lambda scelte: _sedi(letture, scelte, forma))


@aperta()
def sede(request, richiesta, chiave):
    letture = _letture(request)
    chiave = _uuid(chiave)
    righe = [riga for riga in letture.sedi(letture.cura.voci) if riga[2] == chiave]
    if not righe:
        raise Introvabile("Nessuna sede ha questo identificativo")
    return _json(next(_sedi(letture, righe, hsds.sedi_complete)))


def _sedi(letture, righe, forma):
    """The data of these rows of `Letture.sedi`, in one query."""
    voci = letture.cura.voci.filter(posizione__in={posizione for posizione, _, _ in righe}).order_by("posizione")
    posizioni = sorted({posizione for posizione, _, _ in righe})
    per_posizione = dict(zip(posizioni, letture.lette(voci), strict=True))
    return (forma(per_posizione[posizione], letture.guida)[posto] for posizione, posto, _ in righe)


@aperta(*ELENCHI["taxonomies"].parametri)
def tassonomie(request, richiesta):
    letture = _letture(request)
    nomi = [nome for nome, (titolo, _) in hsds.TASSONOMIE.items() if richiesta.testo.casefold() in titolo.casefold()]
    return _elenco(richiesta, nomi, len(nomi), lambda suoi: (hsds.tassonomia(nome, letture.guida) for nome in suoi))


@aperta()
def tassonomia(request, richiesta, chiave):
    letture = _letture(request)
    chiave = _uuid(chiave)
    for nome in hsds.TASSONOMIE:
        if identita.id_tassonomia(letture.guida.id_guida, nome) == chiave:
            return _json(hsds.tassonomia(nome, letture.guida))
    raise Introvabile("Nessuna tassonomia ha questo identificativo")


@aperta(*ELENCHI["taxonomy_terms"].parametri)
def termini(request, richiesta):
    letture = _letture(request)
    trovati = letture.termini(richiesta)
    return _elenco(richiesta, trovati, len(trovati), lambda suoi: (hsds.termine(voce, letture.guida) for voce in suoi))


@aperta()
def termine(request, richiesta, chiave):
    letture = _letture(request)
    chiave = _uuid(chiave)
    for voce in letture.guida.termini.values():
        if identita.id_termine(letture.guida.id_guida, voce.tassonomia, voce.chiave) == chiave:
            return _json(hsds.termine(voce, letture.guida))
    raise Introvabile("Nessun termine ha questo identificativo")


@aperta(*PARAMETRI)
def niente(request, richiesta, resto):
    raise Introvabile("Questo indirizzo non c'è: quelli che ci sono li elenca openapi.json")


@aperta(tutte=True)
def guida_csv(request, richiesta):
    """Every entry, one to a row, for programs."""
    return _tabella(request, richiesta, riga, COLONNE, tabelle.csv_per_programmi, 'inline; filename="family-guide.csv"')


@aperta(tutte=True)
def guida_per_excel(request, richiesta):
    """Every entry, one to a row, for who opens it with a double click."""
    intestazione = 'attachment; filename="family-guide-excel.csv"'
    return _tabella(request, richiesta, riga_per_persone, PER_PERSONE, tabelle.csv_per_excel, intestazione)


def _tabella(request, richiesta, forma, colonne, scrivi, nome):
    letture = _letture(request)
    righe = (forma(voce) for voce in letture.lette(letture.voci(richiesta)))
    return HttpResponse(scrivi(colonne, righe), tabelle.TIPO_CSV, headers={"Content-Disposition": nome})


@require_safe
def pagina(request):
    """What the open data are, in words."""
    return render(
        request,
        "guide/dati_aperti.html",
        {
            "colonne": COLONNE,
            "base": request.build_absolute_uri("/").rstrip("/"),
            "quanti": cura_di(ServizioPage).voci.count(),
            "oggi": timezone.localdate(),
            "massimo": PER_PAGINA_MASSIMO,
        },
    )
