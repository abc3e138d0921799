"""The read side of the home page and of search."""

import re

from django.core.paginator import Page as Foglio
from django.core.paginator import Paginator
from django.utils import timezone
from wagtail.models import Page

from base.elenchi import con_sommario
from convenzioni.selettori import ultime_convenzioni
from guide.selettori import ultimi_servizi
from notizie.selettori import prossimi_eventi, ultimi
from organizzazioni.selettori import pubbliche
from programma.selettori.pubblici import azioni_per_area, programma_corrente

RISULTATI_PER_PAGINA = 10


def contesto_home(pagina) -> dict:
    """The sections that the manager chose, in their order: (kind, what it shows), each kind once, none empty."""
    scelte = {sezione.tipo: sezione.quanti for sezione in pagina.sezioni.all()}
    lette = [(tipo, LETTORI[tipo](pagina, quanti)) for tipo, quanti in scelte.items()]
    return {"sezioni": [(tipo, voci) for tipo, voci in lette if voci]}


def _programma(pagina, quanti) -> dict | None:
    programma = programma_corrente()
    if programma is None:
        return None
    aree, fuori = azioni_per_area(programma)
    return {"programma": programma, "aree": aree, "azioni_fuori_programma": fuori}


def _aderenti(pagina, quanti) -> list:
    return list(pubbliche().aderenti_al(timezone.localdate()).order_by("aderente_dal", "denominazione"))


LETTORI = {
    "programma": _programma,
    "notizie": lambda pagina, quanti: ultimi(quanti),
    "eventi": lambda pagina, quanti: prossimi_eventi(quanti),
    "convenzioni": lambda pagina, quanti: ultime_convenzioni(pagina, quanti),
    "servizi": lambda pagina, quanti: ultimi_servizi(quanti),
    "aderenti": _aderenti,
}


def cerca_pagine(testo, numero) -> Foglio:
    """A page of live public pages that hold every word of `testo`, best first, with summary and type.

    After them come those whose title or summary has words that begin the same: "convenzione" finds "Convenzioni".
    """
    pagina = Paginator(_trovate(testo), RISULTATI_PER_PAGINA).get_page(numero)
    per_chiave = {p.pk: p for p in con_sommario(Page.objects.filter(pk__in=pagina.object_list))}
    pagina.object_list = [per_chiave[chiave] for chiave in pagina.object_list]
    return pagina


def _trovate(testo) -> list:
    """Keys of the pages found, each once."""
    parole = re.findall(r"\w+", testo)  # FTS5 takes quotes and asterisks as its own syntax
    if not parole:
        return []
    pagine = Page.objects.live().public().filter(depth__gt=2).only("pk")
    radici = [parola[:-1] if len(parola) > 4 and parola[-1] in "aeio" else parola for parola in parole]
    trovate = pagine.search(" ".join(parole), operator="and")
    simili = pagine.autocomplete(" ".join(radici), operator="and")
    return list(dict.fromkeys(pagina.pk for pagina in (*trovate, *simili)))
