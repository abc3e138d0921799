# ruff: noqa: F401 (fixtures that two files share)
"""Conventions: who writes, signs and reads what; what is public, and when; what feeds the score; who is reminded."""

import io
from xml.etree import ElementTree

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from convenzioni import operazioni, validita
from convenzioni.caricamento import carica_categorie
from convenzioni.cura.collegamenti import CONFERMA
from convenzioni.models import (
    Accordo,
    Categoria,
    ConvenzionePage,
    LuogoConvenzione,
    Offerta,
    SezioneConvenzioniPage,
)
from cura.registro import cura_di

from .scene.convenzioni import OGGI, elenco, tra
from .scene.convenzioni_registro import allegati_altrove
from .scene.costo import quante_query

pytestmark = pytest.mark.django_db


PDF = b"%PDF-1.4 atto"


# What is public


def test_list__holds_only_what_is_in_force(client, nuova):
    ieri = tra(-1)
    nuova("Attiva", firmata=ieri)
    nuova("Proposta")
    nuova("Firmata", firmata=ieri, valida_dal=tra(5))
    nuova("Scaduta", firmata=tra(-100), valida_dal=tra(-100), valida_fino_al=ieri)
    nuova("Tacita", firmata=tra(-500), valida_dal=tra(-500), valida_fino_al=tra(-135), rinnovo_tacito=True)
    nuova("Cessata", firmata=tra(-9), cessata=ieri)
    nuova("Bozza", firmata=ieri, live=False)
    assert elenco(client) == ["Attiva", "Tacita"]
    assert elenco(client, "/convenzioni/cs4/") == []


def test_in_force__in_the_database_is_the_pure_rule(nuova):
    giorni = [tra(n) for n in (-400, -30, -1, 0, 1, 30)]
    n = 0
    for firmata in (None, tra(-30), tra(1)):
        for fine in (None, tra(-1), tra(30)):
            for tacito in {False, fine is not None}:
                for cessata in (None, OGGI()):
                    n += 1
                    nuova(
                        f"C{n}",
                        firmata=firmata,
                        cessata=cessata if firmata else None,
                        valida_dal=tra(-30),
                        valida_fino_al=fine,
                        rinnovo_tacito=tacito,
                    )
    for giorno in giorni:
        puri = {
            c.pk
            for c in ConvenzionePage.objects.con_accordo()
            if validita.stato(c.vigenza, giorno) == validita.Stato.ATTIVA
        }
        assert set(ConvenzionePage.objects.in_vigore(giorno).values_list("pk", flat=True)) == puri


@pytest.mark.parametrize(
    ("campi", "detto"),
    [
        ({"firmata": tra(-100), "valida_dal": tra(-100), "valida_fino_al": tra(-1)}, "è scaduta"),
        ({"firmata": tra(-9), "cessata": tra(-1)}, "non vale più"),
        ({"firmata": tra(-9), "valida_dal": tra(3)}, "Comincia"),
        ({}, "Aspetta la firma"),
    ],
)
def test_page__out_of_force_keeps_its_address_and_says_so(client, nuova, campi, detto):
    risposta = client.get(nuova(**campi).url)
    assert risposta.status_code == 200 and detto in risposta.content.decode()
    assert 'name="robots" content="noindex"' in risposta.content.decode()


def test_page__expired_leads_to_its_renewal(client, nuova):
    vecchia = nuova(firmata=tra(-100), valida_dal=tra(-100), valida_fino_al=tra(-1))
    nuovo = nuova("Rinnovo", precedente=vecchia, rinnovo=True)
    assert f'href="{nuovo.url}"' in client.get(vecchia.url).content.decode()


def test_page__says_what_is_offered_and_to_whom(client, nuova):
    html = client.get(nuova(firmata=tra(-1), per_familiari=True, comuni=["Tenna"]).url).content.decode()
    for detto in ("15,50% di sconto sulle cure", "Dipendenti, familiari", "tutte le organizzazioni", "Tenna"):
        assert detto in html
    assert "noindex" not in html and "/admin/" not in html.split("<main")[1].split("</main")[0]


def test_reserved__terms_never_leave(client, nuova):
    convenzione = nuova(
        firmata=tra(-1),
        riservata=True,
        testo="<p>Segretissimo</p>",
        esclusioni="Segretissimo",
        come_ottenerla="<p>Di' la parola Segretissimo</p>",
        comuni=["Tenna"],
        offerte=[Offerta(tipo="percentuale", valore=33, su="Segretissimo")],
    )
    ovunque = (
        convenzione.url,
        "/convenzioni/",
        "/convenzioni/asif-chimelli/",
        "/convenzioni/?mappa=1",
        "/convenzioni/novita-rss/",
        "/convenzioni/novita-ics/",
        "/organizzazioni/asif-chimelli/",
        "/cerca/?q=dentista",
    )
    for indirizzo in ovunque:
        testo = client.get(indirizzo).content.decode()
        assert "Dentista" in testo and "segretissimo" not in testo.casefold() and "33%" not in testo, indirizzo
    voce = cura_di(ConvenzionePage).voci.get()
    assert "segretis" not in f"{voce.dati} {voce.parole}".casefold()
    assert "Dentista" not in client.get("/cerca/", {"q": "segretissimo"}).content.decode()
    assert "riservate a chi ha la Card" in client.get(convenzione.url).content.decode()
    assert elenco(client, q="segretissimo") == []


def test_list__is_found_by_words_and_facets(client, nuova):
    nuova("Dentista", firmata=tra(-1), comuni=["Levico Terme"])
    sport = Categoria.objects.get(chiave="sport")
    nuova("Palestra", di="cs4", firmata=tra(-1), categoria=sport, aziende_esterne="Altre")
    assert elenco(client, q="dentisti") == ["Dentista"] and elenco(client, q="plestra") == ["Palestra"]
    assert elenco(client, categoria="sport") == ["Palestra"] and elenco(client, comune="levico-terme") == ["Dentista"]
    assert elenco(client, per="esterni") == ["Palestra"] and elenco(client, "/convenzioni/cs4/") == ["Palestra"]
    assert elenco(client, categoria="'", comune="\x00", pagina="zz") == ["Dentista", "Palestra"]
    html = client.get("/convenzioni/", {"q": "zzzz"}).content.decode()
    assert "Nessuna convenzione risponde" in html


def test_feeds__tell_the_new_ones_and_no_renewal(client, nuova):
    nuova("Nuova", firmata=tra(-5))
    nuova("Vecchia", firmata=tra(-800), valida_dal=tra(-800), valida_fino_al=tra(5))
    nuova("Rinnovo", firmata=tra(-5), rinnovo=True)
    risposta = client.get("/convenzioni/novita-rss/")
    assert risposta["Content-Type"].startswith("application/rss+xml")
    titoli = [voce.findtext("title") for voce in ElementTree.fromstring(risposta.content).iter("item")]
    assert titoli == ["Nuova"]
    ics = client.get("/convenzioni/novita-ics/").content.decode()
    assert ics.count("BEGIN:VEVENT") == 1 and "Nuova" in ics
    assert f"DTSTART;VALUE=DATE:{tra(-5):%Y%m%d}" in ics
    assert client.get("/convenzioni/cs4/novita-rss/").status_code == 200
    for quale in ("novita-rss", "novita-ics"):
        etichetta = client.get(f"/convenzioni/{quale}/")["ETag"]
        assert client.get(f"/convenzioni/{quale}/", headers={"If-None-Match": etichetta}).status_code == 304
    assert client.get("/convenzioni/altro/").status_code == 404


def test_page__goes_with_the_page(client, nuova):
    convenzione = nuova(firmata=tra(-1))
    convenzione.unpublish()
    assert elenco(client) == [] and not cura_di(ConvenzionePage).voci.exists()
    convenzione.get_latest_revision().publish()
    assert elenco(client) == ["Dentista"]
    convenzione.delete()
    assert elenco(client) == []


def test_conventions__cost_the_same_with_one_and_with_a_hundred(client_di, manager, nuova):
    prima = nuova("Prima", firmata=tra(-1), comuni=["Tenna"])
    massimi = dict.fromkeys(
        [
            "/convenzioni/",
            "/convenzioni/asif-chimelli/",
            "/convenzioni/novita-rss/",
            prima.url,
            "/organizzazioni/asif-chimelli/",
        ],
        12,
    )
    massimi |= dict.fromkeys(
        [
            "/convenzione/proponi/",
            f"/convenzione/sconto-rifiutato/{prima.pk}/",
            "/card/",
            "/convenzione/conferma/" + CONFERMA.gettone(prima.pk, stato=prima.accordo.stato_del_collegamento) + "/",
        ],
        12,
    )
    massimi["/convenzioni/?q=prima&categoria=salute"] = 12  # words: vocabulary, sets
    massimi |= {"/admin/convenzioni/": 40, "/admin/convenzioni/esporta/?formato=xlsx": 40}
    clienti = {indirizzo: client_di(manager) if "admin" in indirizzo else Client() for indirizzo in massimi}
    con_una = {i: quante_query(i, client) for i, client in clienti.items()}
    assert not {i: elenco for i, (quante, elenco) in con_una.items() if quante > massimi[i]}
    sezione = SezioneConvenzioniPage.objects.get(organizzazione__chiave="asif-chimelli")
    for n in range(100):
        altra = ConvenzionePage(title=f"Altra {n}", partner="x", categoria=prima.categoria, valida_dal=tra(-3))
        altra.offerte = [Offerta(tipo="gratuito")]
        altra.luoghi = [LuogoConvenzione(comune=f"Comune {n}")]
        sezione.add_child(instance=altra)
        Accordo.objects.create(convenzione=altra, firmata_il=tra(-3))
    call_command("reindicizza_convenzioni", stdout=(uscita := io.StringIO()))
    assert "101" in uscita.getvalue()
    con_molte = {i: quante_query(i, client) for i, client in clienti.items()}
    assert {i: q for i, (q, _) in con_una.items()} == {i: q for i, (q, _) in con_molte.items()}


def scrivi(client, **campi):
    """Send a new convention from the editor; the errors of its form, None where it was taken."""
    sezione = SezioneConvenzioniPage.objects.get(organizzazione__chiave="asif-chimelli")
    righe = {
        f"{nome}-{cosa}": "0" for nome in ("offerte", "luoghi", "comments") for cosa in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    dati = {
        "title": "Cure",
        "partner": "Studio",
        "categoria": Categoria.objects.first().pk,
        "sommario": "In breve",
        "testo": "null",
        "come_ottenerla": "null",
        "per_dipendenti": "on",
        "valida_dal": OGGI().isoformat(),
        "preavviso": "0",
    }
    indirizzo = reverse("wagtailadmin_pages:add", args=["convenzioni", "convenzionepage", sezione.pk])
    risposta = client.post(indirizzo, righe | dati | campi)
    return risposta.context["form"].errors if risposta.status_code == 200 else None


@pytest.mark.parametrize(
    ("campi", "errori"),
    [
        ({}, ["senza_recapito"]),
        ({"orari": "la mattina"}, ["senza_recapito"]),
        ({"telefono": "0461 000123"}, None),
        ({"email": "studio@example.org"}, None),
        ({"sito": "https://example.org"}, None),
        ({"senza_recapito": "Si passa dall'ufficio del personale"}, None),
    ],
)
def test_convention__is_sent_only_if_it_can_be_reached(client_di, referente_a, campi, errori):
    client = client_di(referente_a)
    assert scrivi(client, **campi) is None, "a draft may lack it"
    rifiutata = scrivi(client, **{"action-submit": "1"}, **campi)
    assert (rifiutata and list(rifiutata)) == errori


# Signing, withdrawing, the private act


def firma(client, convenzione, **dati):
    indirizzo = reverse("convenzioni:firma", args=[convenzione.pk])
    return client.post(indirizzo, {"firmata_il": tra(-1).isoformat(), "protocollo": "12/2026", **dati})


def test_signature__makes_it_active_and_keeps_the_act_private(client, client_di, nuova, referente_a):
    convenzione = nuova()
    assert elenco(client) == []
    atto = ContentFile(PDF, name="atto firmato.pdf")
    assert firma(client_di(referente_a), convenzione, file=atto).status_code == 302
    assert elenco(client) == ["Dentista"]
    accordo = Accordo.objects.get()
    assert accordo.protocollo == "12/2026" and "atto" not in accordo.file.name
    risposta = client_di(referente_a).get(accordo.get_absolute_url())
    assert b"".join(risposta.streaming_content) == PDF
    assert "no-store" in risposta["Cache-Control"] and "attachment" in risposta["Content-Disposition"]
    firma(client_di(referente_a), convenzione, protocollo="13/2026")
    accordo.refresh_from_db()
    assert accordo.protocollo == "13/2026" and accordo.file


@pytest.mark.parametrize(
    ("ruolo", "esito"),
    [
        ("referente_a", 200),
        ("referente_b", 404),
        ("manager", 200),
        ("coordinamento", 404),
        ("acs", 404),
        ("anonimo", 302),
    ],
)
def test_act__is_for_whose_it_is_and_for_the_manager(request, client, client_di, nuova, referente_a, ruolo, esito):
    convenzione = nuova()
    firma(client_di(referente_a), convenzione, file=ContentFile(PDF, name="atto.pdf"))
    chi = client if ruolo == "anonimo" else client_di(request.getfixturevalue(ruolo))
    assert chi.get(Accordo.objects.get().get_absolute_url()).status_code == esito
    assert chi.get(reverse("convenzioni:atto", args=["x" * 43])).status_code in (404, 302)


@pytest.mark.parametrize(
    "dati",
    [
        {"firmata_il": ""},
        {"firmata_il": "ieri"},
        {"firmata_il": "2199-01-01"},
        {"protocollo": "x" * 61},
    ],
)
def test_signature__that_makes_no_sense_is_refused(client_di, nuova, referente_a, dati):
    assert firma(client_di(referente_a), nuova(), **dati).status_code == 200
    assert not Accordo.objects.exclude(firmata_il=None).exists()


def test_act__is_judged_by_its_content(client_di, nuova, referente_a):
    risposta = firma(client_di(referente_a), nuova(), file=ContentFile(b"<html>", name="atto.pdf"))
    assert risposta.status_code == 200 and risposta.context["firma"].errors["file"]


def test_state__is_never_written_over_by_a_revision(client, nuova, referente_a):
    convenzione = nuova()
    vecchia = convenzione.get_latest_revision()
    operazioni.registra_firma(convenzione, referente_a, tra(-1))
    operazioni.cessa(convenzione, referente_a, tra(10), "Chiude")
    vecchia.publish()
    assert ConvenzionePage.objects.get(pk=convenzione.pk).vigenza.cessata_il == tra(10)
    assert elenco(client) == ["Dentista"]


@pytest.mark.parametrize("vista", ["convenzione", "firma", "cessa", "rinnova"])
def test_other_body__finds_nothing(client_di, referente_b, acs, nuova, vista):
    indirizzo = reverse(f"convenzioni:{vista}", args=[nuova().pk])
    for utente in (referente_b, acs):
        assert client_di(utente).get(indirizzo).status_code == 404
        dati = {"firmata_il": tra(-1), "dal": tra(0), "motivo": "x"}
        assert client_di(utente).post(indirizzo, dati).status_code in (404, 405)
    assert not Accordo.objects.exists()


def test_other_body__is_refused_by_the_operations_too(referente_b, acs, nuova):
    convenzione = nuova()
    for utente in (referente_b, acs):
        for fai in (
            lambda u: operazioni.registra_firma(convenzione, u, OGGI()),
            lambda u: operazioni.rinnova(convenzione, u),
            lambda u: operazioni.cessa(convenzione, u, OGGI(), "x"),
        ):
            with pytest.raises(PermissionDenied):
                fai(utente)


def test_withdrawal__wants_a_reason(referente_a, nuova):
    with pytest.raises(ValidationError):
        operazioni.cessa(nuova(), referente_a, OGGI(), "  ")
