"""The read side of the home page and of search."""

import re

from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import Page

from base.elenchi import con_sommario
from notizie.selettori import ultimi
from organizzazioni.selettori import pubbliche
from programma.selettori.pubblici import azioni_per_area, programma_corrente

NOTIZIE_IN_HOME = 3
RISULTATI_PER_PAGINA = 10


def contesto_home(pagina):
    programma = programma_corrente()
    aree, fuori = azioni_per_area(programma) if programma else ([], [])
    return {
        "programma": programma,
        "aree": aree,
        "azioni_fuori_programma": fuori,
        "notizie": ultimi(NOTIZIE_IN_HOME),
        "aderenti": list(pubbliche().aderenti_al(timezone.localdate()).order_by("aderente_dal", "denominazione")),
    }


def cerca_pagine(testo, numero):
    """A page of live public pages that hold every word of `testo`, best first, with summary and type.

    When none does, those whose title or summary has words that begin the same: "convenzione" finds "Convenzioni".
    """
    pagina = Paginator(_trovate(testo), RISULTATI_PER_PAGINA).get_page(numero)
    chiavi = [p.pk for p in pagina.object_list]
    per_chiave = {p.pk: p for p in con_sommario(Page.objects.filter(pk__in=chiavi))}
    pagina.object_list = [per_chiave[chiave] for chiave in chiavi]
    return pagina


def _trovate(testo):
    parole = re.findall(r"\w+", testo)  # FTS5 takes quotes and asterisks as its own syntax
    if not parole:
        return []
    pagine = Page.objects.live().public().filter(depth__gt=2)
    trovate = pagine.search(" ".join(parole), operator="and")
    if trovate.count():
        return trovate
    radici = [parola[:-1] if len(parola) > 4 and parola[-1] in "aeio" else parola for parola in parole]
    return pagine.autocomplete(" ".join(radici), operator="and")
