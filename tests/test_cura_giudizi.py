# ruff: noqa: F401, F811 (fixtures that two files share)
"""«È stata utile?» of every kind that is listed: one press counts, a second page asks why, who keeps it reads."""

import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.db.migrations.state import ProjectState
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.moduli_pubblici import TIMBRO
from convenzioni.models import ConvenzionePage
from cura.models import Giudizio
from cura.operazioni import giudica, spiega
from cura.registro import cura_di, tutte
from guide.models import ServizioPage
from home.riservatezza.trattamenti import dimentica_vecchi

from .scene.convenzioni import tra
from .scene.costo import quante_query
from .scene.guida import nuovo_servizio

pytestmark = pytest.mark.django_db
OGGI = date(2026, 3, 4)
ALTRA = "cs4"


@pytest.fixture(params=[ServizioPage, ConvenzionePage], ids=["servizio", "convenzione"])
def cura(request):
    cache.clear()
    return cura_di(request.param)


@pytest.fixture
def scrivi(cura, nuovo_servizio, nuova, organizzazione_b):
    """Publish an entry of the kind, of ASIF unless it is said."""

    def una(titolo="Nido", **campi):
        if cura.modello is ServizioPage:
            return nuovo_servizio(titolo, **campi)
        return nuova(titolo, firmata=tra(-9), **campi)

    return una


@pytest.fixture
def letta(scrivi):
    return scrivi()


def indirizzo(cura, pagina, nome="giudica", *altro):
    return reverse(f"{cura.urls_pubblici}:{nome}", args=[pagina.pk, *altro])


def risponde(cura, pagina, utile):
    return Client(enforce_csrf_checks=True).post(indirizzo(cura, pagina), {"utile": utile})


def rapporto(cura):
    return reverse(f"{cura.urls_admin}:giudizi")


def test_answer__is_counted_with_one_press_and_no_cookie(cura, letta):
    assert indirizzo(cura, letta) in Client().get(letta.url).content.decode()
    risposta = risponde(cura, letta, "no")
    assert risposta.status_code == 302 and not risposta.cookies
    giudizio = Giudizio.objects.get()
    assert (giudizio.pagina_id, giudizio.utile, giudizio.perche) == (letta.pk, False, "")


def test_addresses__of_the_guide_are_where_they_were():
    assert reverse("guide:giudica", args=[7]) == "/guida/utile/7/"
    assert reverse("guide:perche", args=[7, "x"]) == "/guida/utile/7/x/"
    assert reverse("cura_convenzioni:giudica", args=[7]) == "/convenzione/utile/7/"


def test_why__is_added_to_that_answer_once_and_thanked(cura, letta, monkeypatch):
    pagina = risponde(cura, letta, "no").url
    html = Client().get(pagina).content.decode()
    dati = {TIMBRO: re.search(rf'name="{TIMBRO}" value="([^"]+)"', html)[1], "perche": "Manca il telefono"}
    grazie = Client().post(pagina, dati, follow=True)
    assert "Grazie: è arrivata" in grazie.content.decode() and "<textarea" not in grazie.content.decode()
    assert Client().post(pagina, {**dati, "perche": "Altro"}).status_code == 302
    assert Giudizio.objects.get().perche == "Manca il telefono"


@pytest.mark.parametrize("utile", ["", "forse", "\x00"])
def test_what_is_no_answer__counts_nothing_and_goes_back(cura, letta, utile):
    assert risponde(cura, letta, utile).url == letta.url and not Giudizio.objects.exists()


def test_who_insists__is_told_and_not_counted(cura, letta):
    stati = [risponde(cura, letta, "si").status_code for _ in range(11)]
    assert stati == [302] * 10 + [429] and Giudizio.objects.count() == 10


def test_what_is_not_there__has_no_answer(cura, letta):
    assert Client().get(indirizzo(cura, letta)).status_code == 405
    assert Client().get(indirizzo(cura, letta, "perche", "falso")).status_code == 404
    for altra in (c for c in tutte() if c.urls_pubblici and c is not cura):
        assert risponde(altra, letta, "si").status_code == 404
    letta.unpublish()
    assert risponde(cura, letta, "si").status_code == 404
    prima = "guida" if cura.urls_pubblici == "guide" else "convenzione"
    assert Client().post(f"/{prima}/utile/{9**25}/").status_code == 404


def test_closed_entry__is_asked_of_nobody(cura, letta, client_di, manager):
    letta.view_restrictions.create(restriction_type="login")
    assert risponde(cura, letta, "si").status_code == 404
    assert 'class="utile"' not in client_di(manager).get(letta.url).content.decode()


def test_alias__is_judged_as_what_it_repeats(cura, letta):
    """A convention holds by its agreement, which is of the page alone: its alias is never in force, nor asked of."""
    copia = letta.create_alias(update_slug="copia")
    html = Client().get(copia.url).content.decode()
    assert (indirizzo(cura, letta) in html) is (cura.modello is ServizioPage) and indirizzo(cura, copia) not in html
    assert risponde(cura, copia, "si").status_code == 404
    errore = re.search(r'href="([^"]*segnala-un-errore[^"]*)"', html)[1]
    assert Client().get(errore).status_code == 200


def test_convention__that_does_not_hold_is_asked_of_nobody(nuova):
    assert 'class="utile"' not in Client().get(nuova(firmata=tra(-9), cessata=tra(-1)).url).content.decode()


def test_answers__older_than_a_year_go_away(cura, letta):
    oggi = timezone.localdate()
    for giorni in (366, 365, 0):
        giudica(letta, True, oggi - timedelta(days=giorni))
    assert dimentica_vecchi()["Giudizi sulle pagine"] == 1 and Giudizio.objects.count() == 2


def test_report__is_of_who_keeps_the_entry(cura, scrivi, client_di, manager, referente_a, referente_b, acs):
    sua, altrui = scrivi("Nido di ASIF"), scrivi("Nido di CS4", di=ALTRA)
    for pagina in (sua, altrui):
        spiega(giudica(pagina, False, OGGI).pk, f"Perché di {pagina.title}")
    letto = {u: client_di(u).get(rapporto(cura)).content.decode() for u in (manager, referente_a, referente_b)}
    assert all(testo in letto[manager] for testo in ("Perché di Nido di ASIF", "Perché di Nido di CS4"))
    assert "Perché di Nido di ASIF" in letto[referente_a] and "Nido di CS4" not in letto[referente_a]
    assert "Perché di Nido di CS4" in letto[referente_b] and "Nido di ASIF" not in letto[referente_b]
    assert client_di(acs).get(rapporto(cura)).status_code in (302, 403)


def test_report__is_of_one_kind_and_costs_the_same(cura, letta, client_di, manager):
    spiega(giudica(letta, False, OGGI).pk, "Perché 0")
    suo = client_di(manager)
    con_uno, _ = quante_query(rapporto(cura), suo)
    for n in range(5):
        spiega(giudica(letta, n % 2 == 0, OGGI).pk, f"Perché {n}")
    con_molti, elenco = quante_query(rapporto(cura), suo)
    assert con_molti == con_uno, elenco
    righe = suo.get(rapporto(cura)).context["righe"]
    assert [(r.pk, r.si, r.no) for r in righe] == [(letta.pk, 3, 3)]
    assert all(not suo.get(rapporto(c)).context["righe"] for c in tutte() if c.urls_pubblici and c is not cura)


def test_move_to_cura__loses_no_answer(nuovo_servizio, nuova):
    """The rows of the guide's own table, forth and back, in their order; what is of other kinds stays in `cura`."""
    servizio, convenzione = nuovo_servizio("Nido"), nuova()
    stato = ProjectState.from_apps(apps)
    import_module("guide.migrations.0017_giudizi").Migration.operations[0].state_forwards("guide", stato)
    mossa, vecchie = import_module("guide.migrations.0018_giudizi_in_cura"), stato.apps.get_model("guide", "Giudizio")
    editor = connection.schema_editor()
    editor.deferred_sql = []  # not entered: SQLite takes no schema editor inside a transaction
    editor.create_model(vecchie)
    detti = [(servizio.pk, n % 2 == 0, f"Perché {n}" if n % 3 else "", OGGI - timedelta(n)) for n in range(1203)]
    nomi, campi = ("servizio_id", "utile", "perche", "giorno"), ("pagina_id", "utile", "perche", "giorno")
    vecchie.objects.bulk_create(vecchie(**dict(zip(nomi, detto, strict=True))) for detto in detti)
    mossa.porta(stato.apps, editor)
    assert list(Giudizio.objects.order_by("pk").values_list(*campi)) == detti
    giudica(convenzione, True, OGGI)
    vecchie.objects.all().delete()
    mossa.riporta(stato.apps, editor)
    assert list(vecchie.objects.order_by("pk").values_list(*nomi)) == detti
    assert Giudizio.objects.get().pagina_id == convenzione.pk
