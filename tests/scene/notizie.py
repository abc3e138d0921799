"""Pieces: news, press releases and events, in the section of an organisation."""

import json
import re
from datetime import date

import pytest
from wagtail.models import Workflow

from notizie.models import SezioneNotiziePage
from organizzazioni.operazioni import approva_pagina


@pytest.fixture
def nuovo_pezzo():
    """Put a live page in an organisation's section."""

    def nuovo(modello, titolo, di="asif-chimelli", **campi):
        campi = {"data": date(2025, 5, 1), **campi}
        return SezioneNotiziePage.objects.get(organizzazione__chiave=di).add_child(
            instance=modello(title=titolo, **campi)
        )

    return nuovo


def approva(pagina, autore, manager):
    """Write `pagina` as a draft of ASIF, submit it, approve it; read again."""
    SezioneNotiziePage.objects.get(organizzazione__chiave="asif-chimelli").add_child(instance=pagina)
    pagina.full_clean()
    pagina.save_revision(user=autore)
    Workflow.objects.get(active=True).start(pagina, autore)
    approva_pagina(type(pagina).objects.get(pk=pagina.pk), manager)
    return type(pagina).objects.get(pk=pagina.pk)


def ripubblica(pagina, **campi):
    bozza = type(pagina).objects.get(pk=pagina.pk).get_latest_revision_as_object()
    for nome, valore in campi.items():
        setattr(bozza, nome, valore)
    bozza.save_revision().publish()
    return type(pagina).objects.get(pk=pagina.pk)


def dati_di(html):
    """What a search engine reads in a page."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html).group(1))
