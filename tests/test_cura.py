"""What every kind of entry has: a declaration is enough to be found, filtered, listed and followed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from convenzioni.models import Categoria, ConvenzionePage
from cura import registro
from cura.apps import riempi_gli_indici
from cura.dichiarazione import TITOLO, Cura
from cura.elenco import contesto_elenco
from cura.filtri import Opzione
from cura.models import Parola, RicercaVana, VoceIndice
from cura.operazioni import annota_vana, reindicizza
from cura.registro import cura_di
from cura.scheda import Luogo, Nome, Scheda, comuni_in_breve
from guide.models import ServizioPage, SezioneGuidaPage
from notizie.models import NotiziaPage, NotizieIndexPage, SezioneNotiziePage
from organizzazioni.operazioni import pubblica_nuova

from .scene.convenzioni import elenco, tra
from .scene.costo import quante_query

pytestmark = pytest.mark.django_db
ELENCO = "/convenzioni/"


class CuraDiProva(Cura):
    """News, looked after in twenty lines."""

    ambito, nome = "prova", "Prova"
    modello, indice, sezione, scheda = NotiziaPage, NotizieIndexPage, SezioneNotiziePage, Scheda
    faccette = {"anno": "Anno"}
    uno, molti, nessuno = "notizia", "notizie", "Nessuna notizia"

    def crea_scheda(self, pagina, organizzazione):
        return Scheda(pagina.title, pagina.sommario)

    def valori(self, pagina, scheda, cornice):
        return {("anno", "2026")}

    def testi(self, pagina, scheda):
        return {TITOLO: [scheda.nome]}

    def scelte(self, nomi, trovabili):
        return {"anno": [Opzione("2026", "2026")] if trovabili("anno", "2026") else []}

    def riga(self, voce, oggi):
        return voce.contenuto.title


@pytest.fixture
def tre(nuova):
    sport = Categoria.objects.get(chiave="sport")
    nuova("Palestra", categoria=sport, comuni=["Tenna"], firmata=tra(-9))
    nuova("Dentista", firmata=tra(-9))
    nuova(
        "Piscina", categoria=sport, partner="Palestre riunite", aziende_esterne="tutte", on_line=True, firmata=tra(-9)
    )


@pytest.fixture
def cura_di_prova(monkeypatch):
    """In place of that of the news, which `notizia` was indexed by."""
    cura = CuraDiProva()
    altre = {ambito: altra for ambito, altra in registro._registro.items() if ambito != "notizie"}
    monkeypatch.setattr(registro, "_registro", {**altre, cura.ambito: cura})
    VoceIndice.objects.filter(ambito="notizie").delete()
    return cura


@pytest.fixture
def notizia(organizzazione_a):
    sezione = SezioneNotiziePage.objects.get(organizzazione=organizzazione_a)
    return pubblica_nuova(
        sezione, NotiziaPage(title="Palestra di idee", sommario="In breve", data=timezone.localdate())
    )


@pytest.mark.parametrize(
    ("dati", "attesi"),
    [
        ({}, ["Dentista", "Palestra", "Piscina"]),
        ({"q": "palestre"}, ["Palestra", "Piscina"]),
        ({"q": "PALESTRA piscina"}, ["Piscina"]),
        ({"q": "dentsta"}, ["Dentista"]),
        ({"categoria": "salute"}, ["Dentista"]),
        ({"comune": "tenna"}, ["Palestra"]),
        ({"comune": "on-line"}, ["Piscina"]),
        ({"per": "esterni"}, ["Piscina"]),
        ({"categoria": "boh", "q": "\x00di"}, ["Dentista", "Palestra", "Piscina"]),
    ],
)
def test_conventions__are_found_by_words_and_facets(client, tre, dati, attesi):
    assert elenco(client, **dati) == attesi


def test_conventions__have_what_the_guide_has(client, tre):
    nessuna = client.get(ELENCO, {"q": "palestra", "comune": "on-line", "categoria": "salute"})
    assert nessuna.context["conto"] == "Nessuna convenzione"
    assert [riga.scheda.nome for riga in nessuna.context["vicini"]] == ["Palestra", "Piscina"]
    corretta = client.get(ELENCO, {"q": "dentsta"}).content.decode()
    assert "Nessuna convenzione usa la parola «dentsta»" in corretta and "/convenzione/cercato-invano/" in corretta
    assert client.post("/convenzione/cercato-invano/", {"parole": "zufolo"}).status_code == 204
    assert [(r.ambito, r.parole) for r in RicercaVana.objects.all()] == [("convenzioni", "zufolo")]


def test_what_is_out_of_force__is_neither_found_nor_counted_nor_known(client, tre):
    pagina = ConvenzionePage.objects.get(title="Palestra")
    pagina.accordo.cessata_il = timezone.localdate()
    pagina.accordo.save()
    assert elenco(client) == ["Dentista", "Piscina"] and elenco(client, q="palestra") == ["Piscina"]
    risposta = client.get(ELENCO, {"comune": "tenna"})
    assert risposta.context["ricerca"].scartate == ("comune",) and risposta.context["totale"] == 2
    assert annota_vana("convenzioni", "palestra tenna", date(2026, 3, 2))


def test_list_of_conventions__costs_the_same_whatever_the_rows(tre, nuova):
    indirizzo = f"{ELENCO}?q=studio&vista=mappa"
    poche, _ = quante_query(indirizzo)
    for n in range(12):
        nuova(f"Altra {n}", firmata=tra(-9))
    molte, quali = quante_query(indirizzo)
    assert molte == poche, quali


def test_kinds__keep_their_words_and_positions_apart(client, tre, notizia, cura_di_prova):
    reindicizza(cura_di_prova)
    prime = VoceIndice.objects.filter(posizione=0, ambito__in=("convenzioni", "notizie", "prova"))
    assert set(prime.values_list("ambito", flat=True)) == {"convenzioni", "prova"}
    Parola.objects.filter(ambito="notizie").delete()
    assert sorted(Parola.objects.filter(parola="palestra").values_list("ambito", flat=True)) == ["convenzioni", "prova"]
    assert elenco(client, q="palestra") == ["Palestra", "Piscina"] and elenco(client, q="idee") == []


def test_a_third_kind__costs_a_declaration(notizia, cura_di_prova):
    riempi_gli_indici("default")
    indice = NotizieIndexPage.objects.get()
    cura = registro.cura_dell_elenco(indice)
    contesto = contesto_elenco(cura, indice, {"q": "palestre", "anno": "2026"})
    assert list(contesto["voci"]) == [notizia.title] and contesto["conto"] == "1 notizia"
    assert contesto_elenco(cura, indice, {"anno": "1999"})["ricerca"].scartate == ("anno",)


def test_index__is_filled_by_itself_when_it_is_empty(client, tre):
    cura = cura_di(ConvenzionePage)
    cura.voci.delete()
    assert elenco(client) == []
    riempi_gli_indici("default")
    assert elenco(client) == ["Dentista", "Palestra", "Piscina"]


def test_new_services__have_a_feed_too(client, organizzazione_a):
    sezione = SezioneGuidaPage.objects.get(organizzazione=organizzazione_a)
    nido = pubblica_nuova(sezione, ServizioPage(title="Nido", sommario="In breve", natura="pubblico"))
    assert nido.title in client.get("/family-guide/novita-rss/").content.decode()
    calendario = client.get("/family-guide/novita-ics/")
    assert calendario["Content-Type"].startswith("text/calendar") and b"UID:servizio-" in calendario.content
    nido.first_published_at = timezone.now() - timedelta(days=400)
    nido.save()
    assert nido.title not in client.get("/family-guide/novita-rss/").content.decode()


def test_places__in_a_line():
    luoghi = tuple(Luogo(comune=Nome(c, c.title())) for c in ("tenna", "ala", "tenna", "avio"))
    assert comuni_in_breve(luoghi) == ["Tenna", "Ala", "Avio"]
    assert comuni_in_breve((*luoghi, Luogo(comune=Nome("x", "X")))) == ["Tenna", "Ala", "altri 2 comuni"]
    assert comuni_in_breve((Luogo(nome="Sede"),)) == []


def test_short_address__leads_to_what_everyone_reads_and_to_nothing_else(client, nido, programma):
    corto = reverse("indirizzo_breve", args=[nido.pk])
    stampato = client.get(nido.url).content.decode().partition('class="solo-stampa indirizzo-breve"')[2]
    assert "<svg" in stampato[:200] and f"{corto}</p>" in stampato
    assert client.get(corto).headers["Location"] == nido.url
    for chiave in (nido.get_parent().pk, 999_999_999, nido.pk + 1_000_000):
        assert client.get(reverse("indirizzo_breve", args=[chiave])).status_code == 404
    nido.unpublish()
    assert client.get(corto).status_code == 404
