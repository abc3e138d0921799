"""How a manager runs programmes: state, criteria, a new year, sheets born during the year, the log of decisions."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, reverse
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from programma import operazioni
from programma.models import AzionePage, Criterio, Evidenza, Passaggio, ProgrammaPage, ProgrammiIndexPage
from programma.wagtail_hooks import registro_decisioni

pytestmark = pytest.mark.django_db
PROGRAMMI = reverse("programma:programmi")


def stato(programma):
    return ProgrammaPage.objects.get(pk=programma.pk).stato


def verso(programma, azione):
    return reverse("programma:stato_programma", args=[programma.pk, azione])


@pytest.fixture
def bozza_2026(manager, client_di):
    """A programme of 2026 that the manager makes in the admin."""
    indice = ProgrammiIndexPage.objects.get()
    risposta = client_di(manager).post(
        reverse("wagtailadmin_pages:add", args=["programma", "programmapage", indice.pk]),
        nested_form_data(
            {
                "title": "Programma di lavoro 2026",
                "slug": "2026",
                "sommario": "",
                "anno": "2026",
                "dal": "2026-01-01",
                "scadenza": "2026-12-31",
                "aderenti_al": "",
                "atto_tipo": "",
                "atto_numero": "",
                "atto_data": "",
                "atto_riferimento": "",
                "atto_indirizzo": "",
                "delibera_organo": "",
                "delibera_numero": "",
                "delibera_data": "",
                "protocollo_numero": "",
                "protocollo_data": "",
                "note": "",
                "comments": inline_formset([]),
            }
        ),
    )
    assert risposta.status_code == 302, risposta.context["form"].errors
    return ProgrammaPage.objects.get(anno=2026)


def dati_azione(**campi):
    vuoti = {
        "title": "Azione",
        "slug": "azione",
        "sommario": "",
        "numero": "",
        "area": "Comunità educante",
        "obiettivo_generale": "",
        "obiettivo_specifico": "",
        "azioni": "",
        "altre": [],
        "altre_testo": "",
        "tempi": "",
        "indicatori": "",
        "percentuali": "",
        "classificazioni": [],
        "referenti": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**vuoti, **campi})


def aggiungi_azione(cliente, programma, **campi):
    url = reverse("wagtailadmin_pages:add", args=["programma", "azionepage", programma.pk])
    return cliente.post(url, dati_azione(**campi))


# -- state ----------------------------------------------------------------------------------------------------


def test_close_and_reopen__ask_to_confirm_and_why(programma, manager, client_di):
    cliente = client_di(manager)
    assert "Chiudi il programma" in cliente.get(PROGRAMMI).content.decode()
    assert "nessuno potrà" in cliente.get(verso(programma, "chiudi")).content.decode()
    assert stato(programma) == "approvato"
    assert "spunta questa casella" in cliente.post(verso(programma, "chiudi")).content.decode()
    assert stato(programma) == "approvato"
    cliente.post(verso(programma, "chiudi"), {"letto": "on"})
    assert stato(programma) == "chiuso"
    assert "serve il motivo" in cliente.post(verso(programma, "riapri"), {"motivo": " "}).content.decode()
    assert stato(programma) == "chiuso"
    cliente.post(verso(programma, "riapri"), {"motivo": "Manca un verbale"})
    assert stato(programma) == "approvato"
    assert PageLogEntry.objects.get(action="programma.riapri").data == {"motivo": "Manca un verbale"}
    messaggio = cliente.post(verso(programma, "approva"), follow=True).content.decode()
    assert "è nello stato" in messaggio


def test_only_the_manager__for_others_it_does_not_exist(programma, referente_a, coordinamento, acs, client_di):
    criterio = programma.criteri.first()
    indirizzi = [
        PROGRAMMI,
        *(verso(programma, azione) for azione in ("approva", "annulla", "correggi", "chiudi")),
        reverse("programma:criteri", args=[programma.pk]),
        reverse("programma:criterio", args=[criterio.pk]),
        reverse("programma:nuovo_criterio", args=[programma.pk]),
        reverse("programma:elimina_criterio", args=[criterio.pk]),
    ]
    for utente in (referente_a, coordinamento, acs):
        for indirizzo in indirizzi:
            assert client_di(utente).get(indirizzo).status_code == 404
            assert client_di(utente).post(indirizzo, {"motivo": "x", "offerto": "1"}).status_code == 404
    assert stato(programma) == "approvato"


# -- criteria -------------------------------------------------------------------------------------------------


def test_offered__is_written_after_the_approval_too(programma, manager, client_di):
    criterio = programma.criteri.get(codice="M9")
    url, dopo = reverse("programma:criterio", args=[criterio.pk]), reverse("programma:punteggio")
    cliente = client_di(manager)
    assert f"{url}?next=" in cliente.get(dopo).content.decode()
    assert "Totale offerto" in cliente.get(url).content.decode()
    risposta = cliente.post(url, {"offerto": "40", "testo_atto": "", "percentuale": "1", "codice": "M1", "next": dopo})
    assert risposta.url == dopo
    criterio.refresh_from_db()
    assert (criterio.offerto, criterio.codice, criterio.percentuale) == (40, "M9", 50)
    assert PageLogEntry.objects.get(action="programma.criterio").data["codice"] == "M9"
    assert cliente.post(url, {"offerto": "40", "next": "https://example.org"}).url != "https://example.org"


@pytest.mark.parametrize("offerto", ["0", "-1", "molti", "99999999999999"])
def test_offered_wrong__is_told(programma, manager, client_di, offerto):
    url = reverse("programma:criterio", args=[programma.criteri.get(codice="M9").pk])
    risposta = client_di(manager).post(url, {"offerto": offerto, "testo_atto": ""})
    assert risposta.status_code == 200 and risposta.context["form"].errors["offerto"]


def test_operation__an_approved_act_does_not_change(programma, manager, referente_a):
    criterio = programma.criteri.get(codice="P1.1")
    criterio.percentuale = Decimal(99)
    with pytest.raises(PermissionDenied):
        operazioni.salva_criterio(criterio, manager)
    criterio.refresh_from_db()
    criterio.offerto = Decimal(3)
    with pytest.raises(PermissionDenied):
        operazioni.salva_criterio(criterio, referente_a)
    operazioni.chiudi_programma(programma, manager)
    with pytest.raises(PermissionDenied):
        operazioni.salva_criterio(criterio, manager)
    with pytest.raises(PermissionDenied):
        operazioni.elimina_criterio(criterio, manager)


def test_new_year__actions_criteria_approval(bozza_2026, manager, client_di, programma, organizzazione_a):
    cliente = client_di(manager)
    assert bozza_2026.stato == "bozza"
    intera = dict.fromkeys(("obiettivo_generale", "obiettivo_specifico", "azioni", "tempi"), "Scritto")
    guida = inline_formset([{"organizzazione": organizzazione_a.pk}])
    risposta = aggiungi_azione(
        cliente, bozza_2026, title="Tavolo", slug="tavolo", numero="1", referenti=guida, **intera
    )
    assert risposta.status_code == 302
    azione = AzionePage.objects.child_of(bozza_2026).get()
    nuovo = reverse("programma:nuovo_criterio", args=[bozza_2026.pk])
    assert cliente.get(nuovo).status_code == 200
    campi = {
        "azione": azione.pk,
        "codice": "p1.1",
        "indicatore": "Incontri",
        "regola": "per_unita",
        "percentuale": "20",
        "unita": "incontro",
        "unita_plurale": "incontri",
        "unita_genere": "maschile",
        "campi_richiesti": ["argomento", "persone_coinvolte|organizzazioni"],
        "link_ammessi": "facebook.com",
    }
    risposta = cliente.post(nuovo, campi)
    assert risposta.status_code == 302, risposta.context["form"].errors
    criterio = bozza_2026.criteri.get()
    assert (criterio.codice, criterio.area, criterio.titolo, criterio.posizione) == (
        "P1.1",
        "Comunità educante",
        "Tavolo",
        1,
    )
    assert criterio.campi_richiesti == ["argomento", "persone_coinvolte|organizzazioni"]
    assert cliente.post(nuovo, campi).context["form"].errors["codice"] == ["P1.1 c'è già in questo programma"]
    for sbagliato, campo in (
        ({"codice": "X9"}, "codice"),
        ({"codice": "P2.1"}, "codice"),
        ({"percentuale": ""}, "percentuale"),
        ({"azione": "", "codice": "P3.1"}, "azione"),
        ({"link_ammessi": "http://x y"}, "link_ammessi"),
        ({"azione": programma.criteri.get(codice="P1.1").azione_id, "codice": "P1.2"}, "azione"),
    ):
        assert campo in cliente.post(nuovo, {**campi, **sbagliato}).context["form"].errors
    modifica = reverse("programma:criterio", args=[criterio.pk])
    cliente.post(modifica, {**campi, "percentuale": "25"})
    criterio.refresh_from_db()
    assert criterio.percentuale == 25
    cliente.post(verso(bozza_2026, "approva"))
    assert stato(bozza_2026) == "approvato"
    assert AzionePage.objects.get(pk=azione.pk).live
    cliente.post(modifica, {**campi, "percentuale": "30"})
    criterio.refresh_from_db()
    assert criterio.percentuale == 25
    assert cliente.get(nuovo).status_code == 302
    assert Criterio.objects.aperti().first().programma.anno == 2026


def test_delete__what_something_refers_to_is_only_taken_off(bozza_2026, manager, client_di, organizzazione_a):
    criteri = [
        Criterio.objects.create(
            programma=bozza_2026,
            area="A",
            titolo="T",
            codice=f"M{n}",
            posizione=n,
            indicatore="I",
            regola="realizzazione",
            percentuale=100,
        )
        for n in (1, 2)
    ]
    Evidenza.objects.create(programma=bozza_2026, organizzazione=organizzazione_a).criteri.add(criteri[0])
    for criterio in criteri:
        client_di(manager).post(reverse("programma:elimina_criterio", args=[criterio.pk]))
    assert [(c.codice, c.tolto) for c in bozza_2026.criteri.all()] == [("M1", True)]
    with pytest.raises(PermissionDenied):
        operazioni.elimina_criterio(bozza_2026.criteri.get(), manager)


# -- actions --------------------------------------------------------------------------------------------------


def test_approved_programme__takes_only_actions_out_of_it(programma, manager, client_di):
    cliente = client_di(manager)
    risposta = aggiungi_azione(cliente, programma, title="Undicesima", slug="undici", numero="11")
    assert "fuori_programma" in risposta.context["form"].errors
    risposta = aggiungi_azione(cliente, programma, title="Nata", slug="nata", fuori_programma="on", numero="11")
    assert "numero" in risposta.context["form"].errors
    risposta = aggiungi_azione(cliente, programma, title="Nata", slug="nata", fuori_programma="on")
    assert risposta.status_code == 302
    scheda = AzionePage.objects.get(slug="nata")
    modifica = reverse("wagtailadmin_pages:edit", args=[scheda.pk])
    assert cliente.post(modifica, dati_azione(title="Nata bene", slug="nata", fuori_programma="on")).status_code == 302
    assert cliente.post(modifica, dati_azione(title="Nata male", slug="nata", numero="12")).status_code == 200
    assert AzionePage.objects.get(pk=scheda.pk).get_latest_revision_as_object().title == "Nata bene"


@pytest.mark.parametrize("chi", ["manager", "superutente"])
def test_ten_of_the_act__are_touched_by_nobody(programma, chi, request, client_di):
    cliente = client_di(request.getfixturevalue(chi))
    azione = AzionePage.objects.child_of(programma).get(numero=1)
    prima = azione.latest_revision_id
    modifica = reverse("wagtailadmin_pages:edit", args=[azione.pk])
    assert "le azioni previste dall&#x27;atto non si modificano" in cliente.get(modifica).content.decode()
    cliente.post(modifica, dati_azione(title="Cambiata", slug="x", numero="1", **{"action-publish": "1"}))
    altrove = ProgrammiIndexPage.objects.get().pk
    for nome, argomenti in (
        ("unpublish", [azione.pk]),
        ("delete", [azione.pk]),
        ("move", [azione.pk]),
        ("copy", [azione.pk]),
        ("move_confirm", [azione.pk, altrove]),
    ):
        indirizzo = reverse(f"wagtailadmin_pages:{nome}", args=argomenti)
        assert cliente.get(indirizzo).status_code in (302, 403, 404), nome
        cliente.post(indirizzo, {"new_title": "Copia", "new_slug": "copia", "new_parent_page": altrove})
    for gesto in ("unpublish", "delete", "move"):
        indirizzo = reverse("wagtail_bulk_action", args=["wagtailcore", "page", gesto])
        cliente.post(f"{indirizzo}?id={azione.pk}", {"chooser": altrove})
    dopo = AzionePage.objects.get(pk=azione.pk)
    assert (dopo.title, dopo.live, dopo.path, dopo.latest_revision_id) == (azione.title, True, azione.path, prima)
    assert AzionePage.objects.child_of(programma).count() == 10


def test_m4__from_the_page_to_the_score(programma, manager, coordinamento, client_di, distretto):
    cliente = client_di(manager)
    aggiungi_azione(
        cliente, programma, title="Orto di tutti", slug="orto", fuori_programma="on", **{"action-publish": "1"}
    )
    scheda = AzionePage.objects.get(slug="orto")
    assert scheda.live and scheda.fuori_programma
    m4 = programma.criteri.get(codice="M4")
    nuova = f"{reverse('programma:nuova')}?criterio={m4.pk}"
    assert "Orto di tutti" in cliente.get(nuova).content.decode()
    campi = {
        "organizzazione": distretto.pk,
        "criteri": m4.pk,
        "titolo": "Nasce l'orto",
        "data": "2025-05-10",
        "progettualita": scheda.pk,
        "azione": "invia",
    }
    risposta = cliente.post(nuova, campi)
    assert "La scheda è incompleta" in risposta.content.decode()
    evidenza = Evidenza.objects.get()
    completa = dati_azione(
        title="Orto di tutti",
        slug="orto",
        fuori_programma="on",
        obiettivo_generale="Comunità",
        obiettivo_specifico="Incontro",
        azioni="Un orto",
        altre_testo="Oratorio",
        indicatori="Persone",
        percentuali="10%",
        **{"action-publish": "1"},
    )
    cliente.post(reverse("wagtailadmin_pages:edit", args=[scheda.pk]), completa)
    versione = Evidenza.objects.get().versione
    cliente.post(reverse("programma:modifica", args=[evidenza.pk]), {**campi, "versione": versione})
    assert Evidenza.objects.get().stato == "inviata"
    versione = Evidenza.objects.get().versione
    deciso = {
        "azione": "approva",
        "versione": versione,
        f"criterio-{m4.pk}-quantita": "1",
        f"criterio-{m4.pk}-nota": "",
    }
    cliente.post(evidenza.get_absolute_url(), deciso)
    assert Evidenza.objects.get().stato == "inviata"  # the manager wrote it
    client_di(coordinamento).post(evidenza.get_absolute_url(), deciso)
    assert Evidenza.objects.get().stato == "approvata"


# -- log of decisions -----------------------------------------------------------------------------------------


@pytest.fixture
def passaggio(programma, organizzazione_a, referente_a):
    evidenza = Evidenza(organizzazione=organizzazione_a, titolo="Tavolo", data=date(2025, 3, 5), argomento="Estate")
    operazioni.salva_bozza(evidenza, referente_a, [programma.criteri.get(codice="P1.1")], [organizzazione_a])
    operazioni.invia(evidenza, referente_a)
    return Passaggio.objects.get()


def test_register_of_decisions__for_managers_and_to_read_only(
    passaggio, manager, superutente, referente_a, coordinamento, acs, client_di
):
    registro = registro_decisioni.url_helper.index_url
    for utente in (manager, superutente):
        assert "Tavolo" in client_di(utente).get(registro).content.decode()
    for utente in (referente_a, coordinamento, acs):
        for gesto in ("get", "post"):
            risposta = getattr(client_di(utente), gesto)(registro)
            assert risposta.status_code == 302 and risposta.url == reverse("wagtailadmin_home")
    for nome in ("create", "edit", "delete", "inspect", "history"):
        with pytest.raises(NoReverseMatch):
            registro_decisioni.url_helper.get_action_url(nome, passaggio.pk)
        for coda in (f"{nome}/", f"{nome}/{passaggio.pk}/"):
            assert client_di(superutente).post(registro + coda).status_code == 404
    assert client_di(manager).post(registro, {"action": "delete_selected"}).status_code == 405
    assert Passaggio.objects.get() == passaggio


@pytest.mark.parametrize(
    ("get", "stato"),
    [
        ({"a__exact": "inviata"}, 200),
        ({"q": "tavolo"}, 200),
        ({"o": "0"}, 200),
        ({"p": "x"}, 200),
        ({"export": "csv"}, 200),
        ({"o": "1.-2"}, 200),
        ({"ot": "boh"}, 200),
        ({"chi__id__exact": "x"}, 302),
        ({"quando__gte": "ieri"}, 302),
        ({"evidenza__autori__password__startswith": "m"}, 302),
        ({"boh": "1"}, 302),
    ],
)
def test_register_of_decisions__a_wrong_filter_is_no_error(passaggio, manager, client_di, get, stato):
    risposta = client_di(manager).get(registro_decisioni.url_helper.index_url, get)
    assert risposta.status_code == stato
    assert stato == 302 or "Registro delle decisioni" in risposta.content.decode()
