"""Who writes in the guide, who edits its categories, and what the editor says and stores."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from cura.models import InsiemeFaccetta, Sinonimo
from cura.registro import cura_di
from guide.caricamento import carica_categorie
from guide.models import (
    CATEGORIE,
    Bisogno,
    Comune,
    FaseVita,
    Luogo,
    ServizioPage,
    SezioneGuidaPage,
)
from organizzazioni.operazioni import pubblica_nuova, restituisci_pagina

pytestmark = pytest.mark.django_db

INLINE = ("luoghi", "orari", "periodi", "tariffe", "scadenze", "contatti", "allegati", "settimane_estive")


@pytest.fixture
def sezione_a(organizzazione_a):
    return SezioneGuidaPage.objects.get(organizzazione=organizzazione_a)


@pytest.fixture
def servizio_a(sezione_a):
    return pubblica_nuova(sezione_a, ServizioPage(title="Nido", sommario="In breve", natura="pubblico"))


def modulo(**campi):
    """What the editor posts: the management of every inline, and the fields given."""
    gestione = {f"{nome}-{cosa}": "0" for nome in INLINE for cosa in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {
        **gestione,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "title": "Nido",
        "sommario": "In breve",
        "natura": "pubblico",
        "testo": "null",
        "come_accedere": "null",
        **campi,
    }


def riga(nome, **campi):
    """The only row called `nome`, as the editor posts it."""
    dati = {"id": "", "ORDER": "1", "DELETE": "", **campi}
    return {f"{nome}-TOTAL_FORMS": "1", **{f"{nome}-0-{campo}": valore for campo, valore in dati.items()}}


INVIA = {"action-submit": "1"}
TELEFONO = riga("contatti", ruolo="Segreteria", telefono="0461 000123")


def scrivi(client, sezione, **campi):
    """Create an entry from the editor; the page, or the errors of its form."""
    indirizzo = reverse("wagtailadmin_pages:add", args=["guide", "serviziopage", sezione.pk])
    risposta = client.post(indirizzo, modulo(**campi))
    if risposta.status_code == 200:
        return risposta.context["form"].errors
    return ServizioPage.objects.child_of(sezione).get(title=campi.get("title", "Nido"))


# Who


def test_referent__writes_in_their_own_section_and_never_publishes(client_di, referente_a, referente_b, sezione_a):
    servizio = scrivi(client_di(referente_a), sezione_a)
    assert isinstance(servizio, ServizioPage) and not servizio.live
    scrivi_altri = reverse("wagtailadmin_pages:add", args=["guide", "serviziopage", sezione_a.pk])
    assert client_di(referente_b).get(scrivi_altri).status_code == 302
    assert not servizio.permissions_for_user(referente_a).can_publish()
    assert servizio.permissions_for_user(referente_a).can_edit()


@pytest.mark.parametrize("azione", ["edit", "delete", "move", "copy", "unpublish", "history"])
def test_referent__of_another_body_opens_nothing(client_di, referente_b, servizio_a, azione):
    indirizzo = reverse(f"wagtailadmin_pages:{azione}", args=[servizio_a.pk])
    assert client_di(referente_b).get(indirizzo).status_code == 302


def test_section__is_a_place_and_not_a_content(referente_a, manager, sezione_a):
    for utente in (referente_a, manager):
        permessi = sezione_a.permissions_for_user(utente)
        assert not permessi.can_edit() and not permessi.can_copy() and not permessi.can_delete()
        assert permessi.can_add_subpage()


def test_every_body__has_its_section_once(organizzazione_a, organizzazione_b, distretto):
    for organizzazione in (organizzazione_a, organizzazione_b, distretto):
        assert SezioneGuidaPage.objects.filter(organizzazione=organizzazione).count() == 1


def test_workflow__the_approved_entry_is_found_and_the_waiting_one_is_not(
    client, client_di, referente_a, manager, sezione_a
):
    servizio = scrivi(client_di(referente_a), sezione_a)
    servizio.get_workflow().start(servizio, referente_a)
    assert not cura_di(ServizioPage).voci.exists()
    stato = ServizioPage.objects.get(pk=servizio.pk).current_workflow_task_state
    stato.task.specific.on_action(stato, manager, "approve")
    assert cura_di(ServizioPage).voci.get().pagina_id == servizio.pk


@pytest.mark.parametrize("modello", CATEGORIE)
@pytest.mark.parametrize(
    ("ruolo", "esito"), [("referente_a", 302), ("coordinamento", 302), ("acs", 302), ("manager", 200)]
)
def test_categories__are_only_for_the_manager(request, client_di, modello, ruolo, esito):
    client = client_di(request.getfixturevalue(ruolo))
    nome, primo = modello._meta.model_name, modello.objects.first().pk
    for vista, argomenti in (("index", []), ("add", []), ("edit", [primo]), ("delete", [primo])):
        assert client.get(reverse(f"{nome}:{vista}", args=argomenti)).status_code == esito, vista


# Categories


def test_category__renamed_is_found_under_its_new_name(
    client, client_di, manager, sezione_a, django_capture_on_commit_callbacks
):
    servizio = ServizioPage(title="Nido", sommario="x", natura="pubblico")
    servizio.bisogni = Bisogno.objects.filter(chiave="nido")
    pubblica_nuova(sezione_a, servizio)
    bisogno = Bisogno.objects.get(chiave="nido")
    dati = {"nome": "Servizi zero-tre", "chiave": "altra", "ordine": 0, "padre": bisogno.padre_id}
    with django_capture_on_commit_callbacks(execute=True):
        assert client_di(manager).post(reverse("bisogno:edit", args=[bisogno.pk]), dati).status_code == 302
    bisogno.refresh_from_db()
    assert (bisogno.nome, bisogno.chiave) == ("Servizi zero-tre", "nido")
    assert len(client.get("/family-guide/", {"q": "zero"}).context["voci"].object_list) == 1


def test_category__new_holds_at_once_what_is_already_there(
    client, client_di, manager, sezione_a, django_capture_on_commit_callbacks
):
    servizio = ServizioPage(title="Nido", sommario="x", natura="pubblico", eta_minima=3, eta_massima=36)
    servizio.tutto_il_territorio = True
    pubblica_nuova(sezione_a, servizio)
    manager = client_di(manager)
    fascia = {"nome": "Primo anno", "chiave": "primo-anno", "ordine": 9}
    eta = {"dal_mesi_0": 0, "dal_mesi_1": "mesi", "al_mesi_0": 12, "al_mesi_1": "mesi"}
    with django_capture_on_commit_callbacks(execute=True):
        assert manager.post(reverse("fasciaeta:add"), fascia | eta).status_code == 302
        assert manager.post(reverse("comune:add"), {"nome": "Nuovo", "chiave": "nuovo", "ordine": 9}).status_code == 302
    for ricerca in ({"eta": "primo-anno"}, {"comune": "nuovo"}):
        assert len(client.get("/family-guide/", ricerca).context["voci"].object_list) == 1


def test_category__is_written_without_waiting_for_its_entries(
    settings, client_di, manager, servizio_a, django_capture_on_commit_callbacks
):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {**settings.TASKS, "lenti": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    bisogno = Bisogno.objects.get(chiave="nido")
    dati = {"nome": "Servizi zero-tre", "ordine": 0, "padre": bisogno.padre_id}
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client_di(manager).post(reverse("bisogno:edit", args=[bisogno.pk]), dati, follow=True)
    assert "si aggiornano tra poco" in risposta.content.decode()
    assert DBTaskResult.objects.get().args_kwargs["args"] == ["guide", "guide.Bisogno", bisogno.pk]


def test_organisation__renamed_is_so_in_its_entries(servizio_a, organizzazione_a, django_capture_on_commit_callbacks):
    ServizioPage.objects.filter(pk=servizio_a.pk).update(erogatore=organizzazione_a)
    organizzazione_a.denominazione = "Nuova denominazione"
    with django_capture_on_commit_callbacks(execute=True):
        organizzazione_a.save()
    assert cura_di(ServizioPage).voci.get().scheda.erogatore == "Nuova denominazione"


@pytest.mark.parametrize(("modello", "chiave"), [(Bisogno, "nido"), (FaseVita, "attesa"), (Comune, "tenna")])
@pytest.mark.parametrize("in_bozza", [False, True])
def test_category__in_use_is_not_deleted_and_says_where(client_di, manager, servizio_a, modello, chiave, in_bozza):
    categoria = modello.objects.get(chiave=chiave)
    if modello is Comune:
        servizio_a.luoghi = [Luogo(comune=categoria)]
    else:
        getattr(servizio_a, {Bisogno: "bisogni", FaseVita: "fasi"}[modello]).set([categoria])
    revisione = servizio_a.save_revision()
    if not in_bozza:
        revisione.publish()
    client = client_di(manager)
    indirizzo = reverse(f"{modello._meta.model_name}:delete", args=[categoria.pk])
    for risposta in (client.get(indirizzo), client.post(indirizzo)):
        testo = risposta.content.decode()
        assert "Non si può eliminare: è in uso" in testo and servizio_a.title in testo
        assert reverse("wagtailadmin_pages:edit", args=[servizio_a.pk]) in testo
    assert modello.objects.filter(pk=categoria.pk).exists()
    padre = Bisogno.objects.get(chiave="nido").padre
    assert "Contiene altri bisogni" in client.post(reverse("bisogno:delete", args=[padre.pk])).content.decode()


def test_category__of_nobody_is_deleted_with_its_place_in_the_search(client_di, manager, sezione_a):
    servizio = ServizioPage(title="Nido", sommario="x", natura="pubblico", tutto_il_territorio=True)
    pubblica_nuova(sezione_a, servizio)
    tenna = Comune.objects.get(chiave="tenna")
    assert client_di(manager).post(reverse("comune:delete", args=[tenna.pk])).status_code == 302
    assert not Comune.objects.filter(chiave="tenna").exists()
    assert not InsiemeFaccetta.objects.filter(faccetta="comune", valore="tenna").exists()


def test_category__in_two_levels_and_no_more(client_di, manager):
    figlio = Bisogno.objects.get(chiave="nido")
    dati = {"nome": "Terzo", "chiave": "terzo", "ordine": 0, "padre": figlio.pk}
    assert client_di(manager).post(reverse("bisogno:add"), dati).status_code == 200
    assert not Bisogno.objects.filter(chiave="terzo").exists()


@pytest.mark.parametrize(
    ("parola", "anche", "esito"),
    [
        ("due parole", "nido", 200),
        ("di", "nido", 200),
        ("pupo", "di", 200),
        ("pupo", "nido, bambini", 302),
    ],
)
def test_synonym__is_one_word_for_some(client_di, manager, parola, anche, esito):
    dati = {"parola": parola, "cerca_anche": anche}
    assert client_di(manager).post(reverse("sinonimo:add"), dati).status_code == esito
    assert Sinonimo.objects.filter(parola=parola).exists() is (esito == 302)


def test_categories__are_loaded_once_and_never_written_over():
    assert Comune.objects.count() == 15
    Comune.objects.filter(chiave="tenna").update(nome="Tenna!")
    Comune.objects.filter(chiave="bedollo").delete()
    assert not any(carica_categorie().values())
    assert Comune.objects.count() == 14 and Comune.objects.get(chiave="tenna").nome == "Tenna!"
    Sinonimo.objects.all().delete()
    assert carica_categorie()["sinonimi"] == Sinonimo.objects.count() > 20


# What the editor stores


@pytest.mark.parametrize(("numero", "unita", "mesi"), [("3", "mesi", 3), ("3", "anni", 36), ("", "anni", None)])
def test_age__is_written_in_months_or_years(client_di, referente_a, sezione_a, numero, unita, mesi):
    servizio = scrivi(client_di(referente_a), sezione_a, eta_minima_0=numero, eta_minima_1=unita)
    assert servizio.get_latest_revision_as_object().eta_minima == mesi


def test_provider__left_out_is_who_writes(client_di, referente_a, sezione_a, organizzazione_a, organizzazione_b):
    client = client_di(referente_a)
    assert scrivi(client, sezione_a).erogatore == organizzazione_a
    altro = scrivi(client, sezione_a, title="Altro", slug="altro", erogatore_esterno="Associazione")
    assert altro.erogatore is None and altro.erogatore_esterno == "Associazione"
    entrambi = {"erogatore": organizzazione_b.pk, "erogatore_esterno": "Associazione"}
    assert "erogatore_esterno" in scrivi(client, sezione_a, title="X", slug="x", **entrambi)


@pytest.mark.parametrize(
    ("campi", "sbagliato"),
    [
        ({"eta_minima_0": "5", "eta_minima_1": "anni", "eta_massima_0": "3", "eta_massima_1": "anni"}, "eta_massima"),
        ({"eta_minima_0": "500", "eta_minima_1": "anni"}, "eta_minima"),
        ({"sospeso": "on"}, "sospeso_motivo"),
        ({"sommario": "x" * 161}, "sommario"),
    ],
)
def test_editor__refuses_what_makes_no_sense(client_di, referente_a, sezione_a, campi, sbagliato):
    assert sbagliato in scrivi(client_di(referente_a), sezione_a, **campi)


def test_editor__says_what_a_family_would_miss(client_di, referente_a, servizio_a):
    html = client_di(referente_a).get(reverse("wagtailadmin_pages:edit", args=[servizio_a.pk])).content.decode()
    assert "Che cosa mancherebbe a una famiglia" in html and "Quando è aperto?" in html
    nuova = reverse("wagtailadmin_pages:add", args=["guide", "serviziopage", servizio_a.get_parent().pk])
    assert "Le domande di una famiglia" in client_di(referente_a).get(nuova).content.decode()


def test_referent__sends_from_home_and_reads_in_the_editor_why_it_came_back(client_di, referente_a, manager, sezione_a):
    client = client_di(referente_a)
    nuova = re.search(
        rf'href="(/admin/pages/add/guide/serviziopage/{sezione_a.pk}/[^"]*)"[^>]*>Aggiungi un servizio',
        client.get("/admin/").content.decode(),
    )[1]
    assert "/admin/" in client.get(nuova).context["next"]
    assert client.post(nuova, modulo(**INVIA, **TELEFONO, next="/admin/"))["Location"] == "/admin/"
    servizio = ServizioPage.objects.get(title="Nido")
    assert servizio.slug == "nido"
    restituisci_pagina(servizio, manager, "Manca il telefono")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[servizio.pk])).content.decode()
    assert "Da rivedere:</strong> Manca il telefono" in html


def luogo(**campi):
    return riga("luoghi", comune=str(Comune.objects.get(chiave="civezzano").pk), accessibilita="si", **campi)


@pytest.mark.parametrize(
    "campi",
    [
        lambda: TELEFONO,
        lambda: riga("contatti", ruolo="Segreteria", email="ufficio@example.org"),
        lambda: {"sito": "https://example.org/iscrizioni"},
        lambda: luogo(indirizzo="Via Roma 1") | {"note_orari": "il martedì mattina"},
        lambda: luogo(protetto="on") | {"senza_recapito": "Casa protetta: ci si arriva dai servizi sociali"},
    ],
    ids=["phone", "e-mail", "page", "place and hours", "why not"],
)
def test_entry_that_can_be_reached__is_sent(client_di, referente_a, sezione_a, campi):
    assert scrivi(client_di(referente_a), sezione_a, **INVIA, **campi()).workflow_in_progress


@pytest.mark.parametrize(
    "campi",
    [
        dict,
        lambda: riga("contatti", ruolo="Segreteria", nota="allo sportello"),
        lambda: TELEFONO | {"contatti-0-nascosto": "on"},
        lambda: TELEFONO | {"contatti-0-DELETE": "1"},
        lambda: luogo(indirizzo="Via Roma 1"),
        lambda: luogo(indirizzo="Via Roma 1", protetto="on") | {"su_appuntamento": "on"},
    ],
    ids=["nothing", "a note", "hidden", "taken away", "a place without hours", "a protected place"],
)
def test_entry_that_nobody_can_reach__is_a_draft_and_is_not_sent(client_di, referente_a, sezione_a, campi):
    client = client_di(referente_a)
    errori = scrivi(client, sezione_a, **INVIA, **campi())
    assert list(errori) == ["senza_recapito"] and "come raggiungervi" in str(errori)
    assert not scrivi(client, sezione_a, **campi()).workflow_in_progress


def test_entry_of_before__stays_public_without_a_contact(client_di, referente_a, servizio_a):
    assert not servizio_a.contatti.exists()
    modifica = reverse("wagtailadmin_pages:edit", args=[servizio_a.pk])
    campi = {"title": servizio_a.title, "slug": servizio_a.slug}
    assert client_di(referente_a).post(modifica, modulo(**campi)).status_code == 302
    rifiutata = client_di(referente_a).post(modifica, modulo(**campi, **INVIA))
    assert "senza_recapito" in rifiutata.context["form"].errors
    assert ServizioPage.objects.get(pk=servizio_a.pk).live


def test_editor__offers_needs_of_the_second_level_by_group(client_di, referente_a, servizio_a):
    html = client_di(referente_a).get(reverse("wagtailadmin_pages:edit", args=[servizio_a.pk])).content.decode()
    figli = Bisogno.objects.exclude(padre=None).count()
    assert html.count('name="bisogni"') == figli


def test_every_page_type__answers_in_the_admin_of_who_may(client_di, manager, servizio_a):
    indice = Page.objects.get(slug="family-guide")
    for pagina in (indice, servizio_a):
        assert client_di(manager).get(reverse("wagtailadmin_pages:edit", args=[pagina.pk])).status_code == 200
