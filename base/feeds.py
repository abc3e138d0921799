"""Feeds and calendars: files that programs ask for again and again."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag


def se_cambiato(request, contenuto, tipo):
    """`contenuto` as the media type `tipo`, in UTF-8; who has it as it is gets a 304 instead."""
    risposta = set_response_etag(HttpResponse(contenuto, f"{tipo}; charset=utf-8"))
    return get_conditional_response(request, etag=risposta["ETag"], response=risposta)
