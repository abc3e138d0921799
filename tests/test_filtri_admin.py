"""The filters of the admin's lists are Wagtail's, and total: no value of theirs is an error of the server."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet

from base.filtri import FiltroAdmin, FiltroCalcolato
from convenzioni.filtri import FiltroLotti, FiltroRegistro
from cura.views.freschezza import FiltroFreschezza
from cura.views.segnalazioni import FiltroSegnalazioni
from guide.estate.filtri import FiltroRapporto
from guide.models import Segnalazione
from notizie.ped.filtri import FiltroPed
from organizzazioni.models import Organizzazione
from programma.filtri import FiltroEvidenze, FiltroPunteggio
from registri.intermediazione.filtri import FiltroIntermediazioni
from registri.progetti.filtri import FiltroProgetti
from registri.riunioni.filtri import FiltroRiunioni

ELENCHI = {
    FiltroEvidenze: ["programma:evidenze", "programma:evidenze_esporta"],
    FiltroPunteggio: ["programma:punteggio", "programma:punteggio_esporta"],
    FiltroRegistro: ["convenzioni:registro", "convenzioni:esporta"],
    FiltroLotti: ["card:lotti", "card:esporta"],
    FiltroPed: ["ped:mese", "ped:elenco", "ped:esporta"],
    FiltroSegnalazioni: ["guida:segnalazioni", "convenzioni:segnalazioni"],
    FiltroFreschezza: ["guida:freschezza", "convenzioni:freschezza"],
    FiltroRapporto: ["estate:rapporto", "estate:esporta"],
    FiltroIntermediazioni: ["intermediazione:elenco"],
    FiltroProgetti: ["progetti:elenco"],
    FiltroRiunioni: ["riunioni:elenco", "riunioni:esporta"],
}
SENZA_UTENTE = {
    FiltroSegnalazioni: lambda: [Segnalazione.objects.all()],
    FiltroFreschezza: lambda: [Organizzazione.objects.all()],
    FiltroRapporto: list,
}
"""What is given beside the data, where it is not who asks."""
NON_FILTRANO = {
    *("al", "childOf", "p", "formato", "chiusura", "id", "criterio", "lotto", "parola", "organizzazione", "documento"),
    "scheda",
}
"""What an admin view reads by itself: page, format, a list's day, one file, some pages, what a form has filled in."""
STRANI = ["non c'è", "-1", "9" * 40, "²", "a\x00b", "2025-02-30", "9999-99", "x" * 300]


def fai(filtro, dati, utente):
    return filtro(dati, *(SENZA_UTENTE[filtro]() if filtro in SENZA_UTENTE else [utente]))


@pytest.fixture
def indirizzi(programma):
    return [(filtro, reverse(nome)) for filtro, nomi in ELENCHI.items() for nome in nomi]


def test_filters__are_wagtails_and_all_here():
    assert {*FiltroAdmin.__subclasses__(), *FiltroCalcolato.__subclasses__()} == {*ELENCHI, FiltroCalcolato}
    assert issubclass(FiltroAdmin, WagtailFilterSet)


def test_admin_views__read_no_filter_by_themselves():
    pubbliche = ("views_pubbliche.py", "home/views.py", "guide/models/pagine.py")
    letti = {
        nome
        for file in settings.BASE_DIR.glob("*/**/*.py")
        if file.relative_to(settings.BASE_DIR).parts[0] not in ("tests", ".venv") and not str(file).endswith(pubbliche)
        for nome in re.findall(r"""GET\.get(?:list)?\(["'](\w+)""", file.read_text())
    }
    assert letti == NON_FILTRANO


@pytest.mark.parametrize("valore", STRANI, ids=ascii)
def test_no_value__is_an_error_of_the_server(indirizzi, client_di, manager, valore):
    for filtro in ELENCHI:
        for nome in filtro.base_filters:
            assert fai(filtro, {nome: valore}, manager).scelte is not None
    client = client_di(manager)
    for filtro, indirizzo in indirizzi:
        tutti = {nome: ["", valore] for nome in filtro.base_filters}
        assert client.get(indirizzo, {**tutti, "formato": "csv"}).status_code in (200, 302), indirizzo


def test_what_cannot_be_read__filters_nothing_and_the_rest_still_does(programma, manager):
    filtro = FiltroEvidenze({"stato": "bozza", "criterio": "9" * 40, "dal": "2025-02-30"}, manager)
    assert filtro.scelte == {"stato": "bozza", "tardive": False}
    assert set(filtro.errors) == {"criterio", "dal"}
    assert FiltroRegistro({"stato": "boh", "entro": "60"}, manager).scelte == {"entro": 60, "da_confermare": False}
    assert FiltroPed({"canale": "boh", "stato": "fatto", "mese": "2025-03"}, manager).errors.keys() >= {"canale"}


def test_what_is_no_table__gives_no_queryset(programma, manager):
    for filtro in ELENCHI:
        if issubclass(filtro, FiltroCalcolato):
            with pytest.raises(TypeError, match="`scelte`"):
                fai(filtro, {}, manager).qs  # noqa: B018
        else:
            assert list(fai(filtro, {}, manager).qs) == []


def test_referent__is_offered_nothing_of_others(programma, referente_a, organizzazione_b):
    filtro = FiltroPunteggio({"organizzazione": str(organizzazione_b.pk)}, referente_a)
    assert filtro.scelte.get("organizzazione") is None and "organizzazione" in filtro.errors
