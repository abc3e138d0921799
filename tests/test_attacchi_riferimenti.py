"""Attacks with keys: what a person names without having been offered it, in forms that answer with its title."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Comment, Page, get_page_models
from wagtail.rich_text import expand_db_html

from base.models import BasePage, Documento, Immagine
from base.riferimenti import PaginaForm
from notizie.models import NotiziaPage, SezioneNotiziePage

pytestmark = pytest.mark.django_db
SEGRETO = "zzsegreto"


@pytest.fixture
def notizia():
    """A news page of a body; a draft unless `live`."""

    def nuova(organizzazione, autore, titolo, live=False):
        pagina = NotiziaPage(title=titolo, data=date(2025, 5, 5), live=live, owner=autore)
        SezioneNotiziePage.objects.get(organizzazione=organizzazione).add_child(instance=pagina)
        pagina.save_revision(user=autore)
        return NotiziaPage.objects.get(pk=pagina.pk)

    return nuova


@pytest.fixture
def di_b(notizia, organizzazione_b, referente_b):
    """What B has and nobody else may read: a page, an image, a document."""
    return {
        "pagina": notizia(organizzazione_b, referente_b, SEGRETO),
        "immagine": Immagine.objects.create(
            title=SEGRETO, file=get_test_image_file(f"{SEGRETO}.png"), collection=organizzazione_b.raccolta
        ),
        "documento": Documento.objects.create(
            title=SEGRETO, file=ContentFile(b"x", f"{SEGRETO}.txt"), collection=organizzazione_b.raccolta
        ),
    }


@pytest.fixture
def di_a(notizia, organizzazione_a, referente_a):
    return notizia(organizzazione_a, referente_a, "Notizia di A")


def ricco(tipo, dati):
    """A text with one link, as the editor sends it."""
    blocco = {
        "key": "abcde",
        "text": "qui",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
    }
    return json.dumps({"blocks": [blocco], "entityMap": {"0": {"type": tipo, "mutability": "MUTABLE", "data": dati}}})


def modulo(*blocchi, **cambiati):
    """A post of the editor with these (type, fields) blocks in the body."""
    dati = {
        "title": "Notizia di A",
        "slug": "notizia-di-a",
        "data": "2025-05-05",
        "sommario": "",
        "corpo-count": len(blocchi),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for n, (tipo, campi) in enumerate(blocchi):
        dati |= {f"corpo-{n}-deleted": "", f"corpo-{n}-order": n, f"corpo-{n}-type": tipo, f"corpo-{n}-id": ""}
        dati |= {f"corpo-{n}-value{campo}": valore for campo, valore in campi.items()}
    return dati | cambiati


def con_riferimenti(di_b):
    """Every way in which a page may name what is not its author's."""
    return {
        "testo, pagina": modulo(("testo", {"": ricco("LINK", {"id": di_b["pagina"].pk, "url": "/", "parentId": 1})})),
        "testo, documento": modulo(("testo", {"": ricco("DOCUMENT", {"id": di_b["documento"].pk, "url": "/"})})),
        "immagine": modulo(immagine=di_b["immagine"].pk),
        "figura": modulo(("figura", {"-immagine": di_b["immagine"].pk, "-didascalia": ""})),
        "documento": modulo(("documento", {"": di_b["documento"].pk})),
        "accanto a un errore": modulo(
            ("figura", {"-immagine": di_b["immagine"].pk, "-didascalia": "x" * 300}), title="", data="ieri"
        ),
    }


@pytest.mark.parametrize("quale", list(con_riferimenti({k: Page(pk=1) for k in ("pagina", "immagine", "documento")})))
def test_editor__takes_no_key_that_no_chooser_offered(di_a, di_b, referente_a, client_di, quale):
    client, dati = client_di(referente_a), con_riferimenti(di_b)[quale]
    modifica = reverse("wagtailadmin_pages:edit", args=[di_a.pk])
    anteprima = reverse("wagtailadmin_pages:preview_on_edit", args=[di_a.pk])
    aggiungi = reverse("wagtailadmin_pages:add", args=["notizie", "notiziapage", di_a.get_parent().pk])
    for indirizzo in (modifica, anteprima, aggiungi):
        assert SEGRETO not in client.post(indirizzo, dati, follow=True).content.decode()
    for indirizzo in (modifica, anteprima):
        assert SEGRETO not in client.get(indirizzo).content.decode()
    assert SEGRETO not in json.dumps(NotiziaPage.objects.get(pk=di_a.pk).get_latest_revision().content)
    assert NotiziaPage.objects.get(pk=di_a.pk).latest_revision_id == di_a.latest_revision_id
    assert NotiziaPage.objects.count() == 2


def test_editor__keeps_what_who_may_choose_has_put_there(di_a, di_b, referente_a, manager, client_di):
    modifica = reverse("wagtailadmin_pages:edit", args=[di_a.pk])
    figura = modulo(("figura", {"-immagine": di_b["immagine"].pk, "-didascalia": ""}))
    assert client_di(manager).post(modifica, figura).status_code == 302
    assert client_di(referente_a).post(modifica, {**figura, "sommario": "Rivisto"}).url == modifica
    contenuto = NotiziaPage.objects.get(pk=di_a.pk).get_latest_revision().content
    assert contenuto["sommario"] == "Rivisto" and str(di_b["immagine"].pk) in contenuto["corpo"]


def test_editor__takes_ones_own_and_what_is_public(
    di_a, notizia, organizzazione_a, organizzazione_b, referente_a, referente_b, client_di
):
    immagine = Immagine.objects.create(title="Di A", file=get_test_image_file(), collection=organizzazione_a.raccolta)
    pubblica = notizia(organizzazione_b, referente_b, "Pubblica", live=True)
    bozza = notizia(organizzazione_a, referente_a, "Altra bozza di A")
    modifica = reverse("wagtailadmin_pages:edit", args=[di_a.pk])
    dati = modulo(*(("testo", {"": ricco("LINK", {"id": p.pk})}) for p in (pubblica, bozza)), immagine=immagine.pk)
    assert client_di(referente_a).post(modifica, dati).url == modifica


def test_links__of_a_page_that_is_not_public_lead_nowhere(di_b, client, notizia, organizzazione_b, referente_b):
    bozza = di_b["pagina"]
    pubblica = notizia(organizzazione_b, referente_b, "Pubblica", live=True)
    testo = "".join(f'<p><a linktype="page" id="{pk}">qui</a></p>' for pk in (bozza.pk, pubblica.pk))
    assert expand_db_html(testo) == f'<p><a>qui</a></p><p><a href="{pubblica.url}">qui</a></p>'
    stato = ContentstateConverter(features=["link"]).from_database_format(testo)
    assert SEGRETO not in stato and pubblica.url in stato
    nascosto, detto = (voce["data"] for voce in json.loads(stato)["entityMap"].values())
    assert (nascosto["url"], nascosto["parentId"], int(nascosto["id"])) == (None, None, bozza.pk)
    assert detto["parentId"] == pubblica.get_parent().pk


@pytest.mark.parametrize("tipo", ["page", "document"])
@pytest.mark.parametrize("chiave", ["", "abc", "²", "9" * 30, "-1", "1 OR 1"])
def test_links__with_a_key_that_cannot_be_one_lead_nowhere(tipo, chiave):
    testo = f'<p><a linktype="{tipo}" id="{chiave}">qui</a><a linktype="{tipo}">là</a></p>'
    assert expand_db_html(testo) == "<p><a>qui</a><a>là</a></p>"
    if tipo == "page":
        ContentstateConverter(features=["link"]).from_database_format(testo)


def test_document__is_read_by_everyone_once_a_public_page_names_it(
    di_b, notizia, organizzazione_b, referente_a, referente_b, client, client_di
):
    documento, pagina = di_b["documento"], notizia(organizzazione_b, referente_b, "Con allegato")
    pagina.corpo = [("documento", documento)]

    def leggono():
        return [chi.get(documento.url).status_code for chi in (client, client_di(referente_a), client_di(referente_b))]

    assert leggono() == [404, 404, 200]
    revisione = pagina.save_revision(user=referente_b)
    assert leggono() == [404, 404, 200]
    revisione.publish()
    assert leggono() == [200, 200, 200]
    NotiziaPage.objects.get(pk=pagina.pk).unpublish()
    assert leggono() == [404, 404, 200]


@pytest.mark.parametrize(
    ("vista", "campo"),
    [
        ("wagtailadmin_pages:copy", "new_parent_page"),
        ("wagtailadmin_pages:move", "new_parent_page"),
        ("wagtailadmin_pages:choose_parent", "parent_page"),
        ("wagtail_bulk_action", "chooser"),
    ],
)
def test_copy_and_move__never_name_where_one_cannot_go(di_a, di_b, referente_a, client_di, vista, campo):
    argomenti = {
        "wagtail_bulk_action": ["wagtailcore", "page", "move"],
        "wagtailadmin_pages:choose_parent": ["notizie", "notiziapage"],
    }.get(vista, [di_a.pk])
    indirizzo = f"{reverse(vista, args=argomenti)}?id={di_a.pk}"
    dati = {campo: di_b["pagina"].pk, "new_title": "x", "new_slug": "x"}
    assert SEGRETO not in client_di(referente_a).post(indirizzo, dati, follow=True).content.decode()


def test_explorer__offers_no_author_of_others_and_the_manager_finds_all(di_a, di_b, referente_a, manager, client_di):
    radice = Page.objects.get(depth=2)
    indirizzi = [reverse("wagtailadmin_explore", args=[pagina.pk]) for pagina in (radice, di_a.get_parent())]
    indirizzi.append(reverse("wagtailadmin_pages:type_use", args=["notizie", "notiziapage"]))
    for indirizzo in indirizzi:
        html = client_di(referente_a).get(indirizzo).content.decode()
        assert "Referente A" in html and "Referente B" not in html
    assert "Referente B" in client_di(manager).get(indirizzi[0]).content.decode()


def test_usage__of_ones_own_names_no_draft_of_others(di_b, notizia, organizzazione_a, referente_a, manager, client_di):
    pubblica = notizia(organizzazione_a, referente_a, "Pubblica di A", live=True)
    immagine = Immagine.objects.create(title="Di A", file=get_test_image_file(), collection=organizzazione_a.raccolta)
    bozza = di_b["pagina"]
    bozza.immagine, bozza.corpo = immagine, [("testo", f'<p><a linktype="page" id="{pubblica.pk}">qui</a></p>')]
    bozza.save()
    usi = [("wagtailadmin_pages:usage", pubblica.pk), ("wagtailimages:image_usage", immagine.pk)]
    for vista, chiave in usi:
        suo, del_manager = (
            client_di(chi).get(reverse(vista, args=[chiave])).content.decode() for chi in (referente_a, manager)
        )
        assert SEGRETO not in suo and SEGRETO in del_manager, vista


def test_page__opens_no_revision_and_takes_no_comment_of_another(di_a, di_b, referente_a, referente_b, client_di):
    client, bozza = client_di(referente_a), di_b["pagina"]
    altrui = bozza.latest_revision_id
    for vista, argomenti in (
        ("revisions_view", [altrui]),
        ("revisions_revert", [altrui]),
        ("revisions_unschedule", [altrui]),
        ("revisions_compare", [altrui, "latest"]),
        ("revisions_compare", ["earliest", altrui]),
    ):
        indirizzo = reverse(f"wagtailadmin_pages:{vista}", args=[di_a.pk, *map(str, argomenti)])
        assert client.get(indirizzo).status_code in (302, 404)
        assert client.post(indirizzo).status_code in (302, 404, 405)
    commento = Comment.objects.create(page=bozza, user=referente_b, text=SEGRETO, contentpath="title")
    campi = {
        "id": commento.pk,
        "text": "preso",
        "contentpath": "title",
        "position": "",
        "resolved": "1",
        "DELETE": "",
        "replies-TOTAL_FORMS": 0,
        "replies-INITIAL_FORMS": 0,
    }
    rubato = {
        "comments-TOTAL_FORMS": 1,
        "comments-INITIAL_FORMS": 1,
        **{f"comments-0-{nome}": valore for nome, valore in campi.items()},
    }
    for dati in (rubato, {"overwrite_revision_id": altrui, "loaded_revision_id": altrui}, {"revision": altrui}):
        risposta = client.post(reverse("wagtailadmin_pages:edit", args=[di_a.pk]), modulo(**dati), follow=True)
        assert SEGRETO not in risposta.content.decode()
    commento.refresh_from_db()
    assert (commento.text, commento.resolved_at) == (SEGRETO, None)
    assert SEGRETO in bozza.revisions.get(pk=altrui).content["title"]


def test_every_page__is_written_through_the_form_that_asks():
    nostre = [modello for modello in get_page_models() if issubclass(modello, BasePage)]
    assert len(nostre) > 10
    for modello in nostre:
        assert issubclass(modello.get_edit_handler().get_form_class(), PaginaForm), modello
