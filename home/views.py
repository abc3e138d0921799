"""Public views that are not pages."""

from django.http import HttpResponse
from django.views.defaults import page_not_found, server_error


def cerca(request):
    return HttpResponse("")


def robots(request):
    return HttpResponse("", content_type="text/plain")


def pagina_non_trovata(request, exception):
    return page_not_found(request, exception)


def errore_del_server(request):
    return server_error(request)
