"""What the pages that list entries, and those of the entries, are made of."""

from django.db import models
from django.shortcuts import render
from wagtail.url_routing import RouteResult

from .feeds import FEED, feed_novita
from .registro import cura_dell_elenco, cura_di


class ElencoMixin:
    """A page that lists entries: their index, or one organisation's section. To be put before the page's own class."""

    def route(self, request, path_components):
        """`novita-rss/` and `novita-ics/` are the new ones as a feed and as a calendar."""
        if len(path_components) == 1 and path_components[0] in FEED:
            return RouteResult(self, kwargs={"feed": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request, *args, feed="", **kwargs):
        if feed:
            return feed_novita(cura_dell_elenco(self), self, request, feed)
        return super().serve(request, *args, **kwargs)


class RitirabileMixin:
    """An entry that may be withdrawn: its address then says so. To be put before the page's own class.

    That of a draft is not found, as any other. The words are in the app's `ritirata.html`.
    """

    def route(self, request, path_components):
        if not self.live and not path_components and (ritiro := self.ritiri.archivio().first()):
            return RouteResult(self, kwargs={"ritirata": ritiro.nome})
        return super().route(request, path_components)

    def serve(self, request, *args, ritirata="", **kwargs):
        if ritirata:
            contesto = {"nome": ritirata, "cura": cura_di(type(self))}
            return render(request, f"{self._meta.app_label}/ritirata.html", contesto, status=410)
        return super().serve(request, *args, **kwargs)


class RaggiungibileMixin(models.Model):
    """An entry that a family can reach; where it rightly cannot, its author says why (see `cura.forms`)."""

    senza_recapito = models.CharField(
        "perché non c'è un recapito",
        max_length=200,
        blank=True,
        help_text="Solo se è giusto così, per esempio un luogo protetto a cui si arriva dai servizi sociali. Lo legge "
        "chi approva",
    )

    class Meta:
        abstract = True
