"""A page that waits for a decision, as who decides reads it: in the admin and behind the link of a mail."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from base.riferimenti import documenti_nominati
from organizzazioni.decisioni_dalla_posta import letta
from organizzazioni.selettori import organizzazioni_delle_pagine

from ..models import CollegamentoCriterio, Criterio, Passaggio
from .coda import che_cosa_cambia
from .punteggio import prima_e_dopo_di


class PaginaInAttesa:
    """What waits on `pagina`: the words that were sent, what they change, when they go out, what they would prove."""

    def __init__(self, pagina: Page) -> None:
        self.pagina = pagina.specific
        self.stato = self.pagina.current_workflow_task_state

    @property
    def aspetta(self) -> bool:
        return self.stato is not None and self.stato.status == self.stato.STATUS_IN_PROGRESS

    @property
    def letta(self) -> str:
        return letta(self.stato)

    @property
    def titolo(self) -> str:
        return self.stato.revision.content["title"]

    @cached_property
    def proposta(self) -> Any:
        return self.stato.revision.as_object()

    @property
    def esce(self) -> datetime | None:
        """When what waits goes out by itself, in local time; None when its approval publishes it."""
        quando = self.proposta.go_live_at
        return timezone.localtime(quando) if quando and quando > timezone.now() else None

    def differenze(self, request: HttpRequest) -> list[Any]:
        """Wagtail's own comparisons, field by field, between the public page and what waits; none of a new page."""
        return self._confronti(self.pagina, request) if self.pagina.live else []

    def contenuto(self, request: HttpRequest) -> list[Any]:
        """The same comparisons with an empty page: every field in which something is written."""
        return self._confronti(type(self.pagina)(), request)

    def documenti(self) -> list[Any]:
        """The documents that it names, which the public may read once it is out."""
        return documenti_nominati(self.proposta)

    def _confronti(self, prima: Page, request: HttpRequest) -> list[Any]:
        pannelli = self.pagina.get_edit_handler().get_bound_panel(instance=self.pagina, request=request, form=None)
        confronti = [confronto(prima, self.proposta) for confronto in pannelli.get_comparison()]
        return [confronto for confronto in confronti if confronto.has_changed()]

    def contesto(self, request: HttpRequest) -> dict[str, Any]:
        """What a template says of it."""
        return {
            "pagina": self.pagina,
            "stato": self.stato,
            "letta": self.letta,
            "tipo": self.pagina._meta.verbose_name,
            "organizzazione": organizzazioni_delle_pagine([self.pagina]).get(self.pagina.pk),
            "cambia": che_cosa_cambia(self.pagina, self.stato.revision),
            "differenze": self.differenze(request),
            "esce": self.esce,
            **self._collegamenti(),
        }

    def _collegamenti(self) -> dict[str, Any]:
        """The actions that the page would realise and the criteria it would serve, named by it or fed by its kind."""
        if not issubclass(type(self.proposta), CollegamentoCriterio):
            return {}
        fatti = [fatto for fatto in self.proposta.fatti() if fatto.criterio.programma.comprende(fatto.data)]
        serviti = [fatto.criterio.pk for fatto in fatti if not fatto.a_parte]
        criteri = list(Criterio.objects.aperti().filter(pk__in=serviti).select_related("azione", "programma"))
        no = [Passaggio.objects.di_no(self.pagina, criterio).select_related("chi").first() for criterio in criteri]
        return {
            "azioni": self.proposta.azioni_realizzate.all(),
            "perche_insieme": self.proposta.perche_insieme,
            "criteri": criteri,
            "prima_e_dopo": prima_e_dopo_di(self.pagina, [f for f in fatti if not f.criterio.programma.chiuso]),
            "revoche": [passaggio for passaggio in no if passaggio and not passaggio.caduta],
        }
