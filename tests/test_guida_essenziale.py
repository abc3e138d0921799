# ruff: noqa: F401, F811 (a fixture of other files)
"""What is essential, in other languages: pages that say which language is theirs, needs found by their names in it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from base.blocks import TESTO
from base.lingue import LINGUE
from cura.ovunque import cerca_nel_sito
from cura.parlato import lessico, segni
from guide.caricamento import crea_essenziali
from guide.models import Bisogno, EssenzialePage, GuidaIndexPage

from .scene.guida import nuovo_servizio, trovati

pytestmark = pytest.mark.django_db
CODICI = {"ar", "de", "en", "mhn", "ro", "sq", "uk", "ur"}


def righe(html):
    return " ".join(html.split())


def test_pages__are_made_once_and_name_every_need(client):
    crea_essenziali()
    pagine = EssenzialePage.objects.live().filter(show_in_menus=True)
    assert {pagina.slug for pagina in pagine} == CODICI and len(pagine) == len(CODICI) <= len(LINGUE)
    primi = set(Bisogno.objects.filter(padre=None))
    for pagina in pagine:
        assert primi <= {nome.bisogno for nome in pagina.nomi.all()}, pagina.slug
        pagina.full_clean()


@pytest.mark.parametrize(("codice", "verso"), [("de", ""), ("ar", ' dir="rtl"'), ("ur", ' dir="rtl"')])
def test_page__is_in_its_language_and_its_frame_in_italian(client, codice, verso):
    html = righe(client.get(f"/family-guide/{codice}/").content.decode())
    assert f'<html lang="{codice}"{verso}' in html
    for cornice in ("header", "footer"):
        assert re.search(rf'<{cornice} [^>]*lang="it" dir="ltr"', html), cornice
    assert set(re.findall(r'rel="alternate" hreflang="(\w+)"', html)) == {*CODICI, "it"}
    assert '<html lang="it"' in client.get("/family-guide/").content.decode()


def test_frame__leads_to_the_languages_from_everywhere_and_the_menu_does_not(client):
    html = righe(client.get("/").content.decode())
    lingue = re.search(r'<nav class="lingue".*?</nav>', html)[0]
    assert set(re.findall(r'hreflang="(\w+)"', lingue)) == CODICI
    assert "العربية" not in re.search(r'<nav id="menu".*?</nav>', html)[0]


def test_number__is_the_guide_s_with_the_words_of_the_language(client):
    guida = GuidaIndexPage.objects.get()
    numeri = [{"type": "numero", "value": {"numero": "116 117", "nome": "Guardia", "quando": ""}}]
    numeri.append({"type": "numero", "value": {"numero": "0461 000000", "nome": "Ascolto", "quando": ""}})
    guida.emergenze = numeri
    guida.save_revision().publish()
    html = righe(client.get("/family-guide/de/").content.decode())
    assert "Ärztliche Hilfe ohne Notfall" in html and "Europäischer Notruf" not in html
    assert re.search(r'<span class="nome" lang="it" dir="ltr">Ascolto</span>', html)


def test_notice__stays_until_a_native_speaker_read_it(client):
    pagina = EssenzialePage.objects.get(slug="uk")
    assert pagina.attesa in client.get("/family-guide/uk/").content.decode()
    pagina.riletta_il = timezone.localdate()
    pagina.save_revision().publish()
    assert pagina.attesa not in client.get("/family-guide/uk/").content.decode()


def test_address__is_the_code_of_the_language():
    pagina = EssenzialePage.objects.get(slug="sq")
    for sbagliato in ("shqip", "a", "sq-al"):
        pagina.slug = sbagliato
        with pytest.raises(ValidationError, match="codice della lingua"):
            pagina.clean()


@pytest.mark.parametrize("detto", ["Kinderkrippe", "дитячий садок", "САДОК", "حضانة", "çerdhe", "Grădiniță", "نرسری"])
def test_need__is_found_by_its_name_in_another_language(client, nuovo_servizio, detto):
    nuovo_servizio("Il bruco", bisogni=["nido"])
    nuovo_servizio("La foglia", bisogni=["sport"])
    assert trovati(client, q=detto)[:1] == ["Il bruco"]
    trovato = cerca_nel_sito(detto, timezone.localdate())
    assert trovato and not trovato.esito.corrette


def test_word_that_is_italian__keeps_its_meaning():
    parlato = lessico().con({}, [("salute", "casa"), ("salute", "legame"), ("salute", "садок")])
    assert "@salute" not in parlato.frase(segni("casa"), 0)[1]
    assert parlato.frase(segni("legami"), 0)[1] != ("@salute",)
    assert parlato.frase(segni("садок"), 0) == (1, ("@salute",))


def test_passage__keeps_the_language_that_it_was_marked_with():
    convertitore = ContentstateConverter(features=TESTO)
    testo = "".join(f'<p>qui <span lang="{codice}">parole</span></p>' for codice in LINGUE)
    scritto = convertitore.to_database_format(convertitore.from_database_format(testo))
    assert re.findall(r'<span lang="(\w+)">parole</span>', scritto) == [*LINGUE]
    altro = convertitore.from_database_format('<p><span lang="xx" class="a">parole</span></p>')
    assert "span" not in convertitore.to_database_format(altro)


def test_language__is_found_by_its_name_and_not_by_the_italian_that_is_in_its_page(client):
    titoli = {pagina.title for pagina in EssenzialePage.objects.all()}

    def trovate(testo):
        return titoli & {voce.dati["nome"] for voce in cerca_nel_sito(testo, timezone.localdate()).voci.values()}

    assert trovate("Deutsch") == {"Deutsch"} and not trovate("sportello sociale")
