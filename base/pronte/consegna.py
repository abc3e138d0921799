"""Who is given a page that is ready, and which answers become one. Where in doubt, nobody and none."""

import logging
import re

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error
from django.http import HttpResponse
from django.template.response import TemplateResponse

from ..models import BasePage
from . import deposito, guardia, tabelle_scritte
from .deposito import Chiave, Pronta
from .interrogazioni import prova_di, registra

PERCORSO = re.compile(r"/(?:[\w-]{1,100}/){0,12}")
"""Addresses of pages, all of which the web server finds as files by the same name."""
DI_SEMPRE = {"content-type", "content-length"}
"""Headers of an answer that is the same for everybody; the others are said by who is outside of this."""
TIPO = "text/html; charset=utf-8"

logger = logging.getLogger(__name__)


class PagineProntaMiddleware:
    """Give a ready page to whoever is nobody; make one of each answer that would be the same for everybody."""

    def __init__(self, get_response):
        if not settings.PAGINE_PRONTE:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        chiave = chiave_di(request)
        if chiave is None:
            return self.get_response(request)
        guardia.Guardia.avvia()
        if not guardia.veglia():
            return self._senza_sapere(request, chiave)
        accetta = request.headers.get("Accept-Encoding", "")
        pronta = deposito.leggi(chiave, accetta)
        if pronta is None and request.method == "GET":
            risposta, contenuto = self._disegna(request, chiave)
            pronta = deposito.leggi(chiave, accetta) if contenuto else None
            if pronta is None:
                return risposta
        return _risposta(request, pronta) if pronta else self.get_response(request)

    def _senza_sapere(self, request, chiave):
        """The page drawn now; the one that was ready only if it cannot be, as while the database is down."""
        risposta = self.get_response(request)
        pronta = (
            deposito.leggi(chiave, request.headers.get("Accept-Encoding", "")) if risposta.status_code >= 500 else None
        )
        return _risposta(request, pronta) if pronta else risposta

    def _disegna(self, request, chiave):
        """The answer, and whether it was kept."""
        try:
            prima = tabelle_scritte.versioni()
        except Error:
            return self.get_response(request), False
        with registra() as letture:
            risposta = self.get_response(request)
        if not uguale_per_tutti(request, risposta):
            return risposta, False
        try:
            return risposta, _tieni(chiave, risposta.content, letture, prima)
        except Exception:  # whatever it is, who asked has the page
            logger.exception("Una pagina non si è potuta tenere pronta")
            return risposta, False


def _tieni(chiave, contenuto, letture, prima) -> bool:
    """Keep the page if nobody wrote anything while it was drawn and its queries were asked again."""
    prova = prova_di(letture)
    if prova is None:
        return False
    with deposito.serratura(aspetta=False) as soli:
        if not soli or not guardia.veglia() or tabelle_scritte.versioni() != prima:
            return False
        deposito.metti(chiave, contenuto, prova)
    return True


def chiave_di(request) -> Chiave | None:
    """Where the page would be that answers `request`; None for who may have another, or asks for more than a page."""
    if request.method not in ("GET", "HEAD") or request.META.get("QUERY_STRING") or "Authorization" in request.headers:
        return None
    if {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name} & request.COOKIES.keys():
        return None
    host = request.META.get("HTTP_HOST") or request.META["SERVER_NAME"]
    if host not in settings.ALLOWED_HOSTS or not PERCORSO.fullmatch(request.path):
        return None
    return Chiave(request.scheme, host, request.path)


def uguale_per_tutti(request, risposta) -> bool:
    """Whether the answer is a published page, at its own address, that says nothing of who asks for it."""
    if not isinstance(risposta, TemplateResponse) or risposta.status_code != 200 or risposta.cookies:
        return False
    if {nome.lower() for nome in risposta.headers} - DI_SEMPRE or risposta.headers["Content-Type"] != TIPO:
        return False
    pagina = (risposta.context_data or {}).get("page")
    if not isinstance(pagina, BasePage) or not pagina.pk or not pagina.live or getattr(request, "is_preview", False):
        return False
    return pagina.via_libera and pagina.get_url(request) == request.path


def _risposta(request, pronta: Pronta) -> HttpResponse:
    if pronta.etag in request.headers.get("If-None-Match", ""):
        risposta = HttpResponse(status=304)
        del risposta.headers["Content-Type"]
    else:
        risposta = HttpResponse(pronta.contenuto, TIPO)
        if pronta.codifica:
            risposta.headers["Content-Encoding"] = pronta.codifica
        risposta.headers["Content-Length"] = str(len(pronta.contenuto))
    risposta.headers["ETag"] = pronta.etag
    risposta.headers["Vary"] = "Accept-Encoding"
    risposta.headers["Cache-Control"] = "no-cache"
    return risposta
