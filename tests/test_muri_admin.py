"""The walk: every admin URL, as every role, aimed at what is not theirs. The gate that an upgrade must pass.

A URL that Wagtail or we add makes `test_every_admin_url__is_classified` fail until someone has looked at it.
"""

import pytest
from django.urls import reverse

from tests.muri import EVIDENZA, MANAGER, PAGINA, prepara
from tests.muri_classi import DEL_MANAGER, DEL_SUPERUTENTE, NEUTRI, NOTI, PERCORSI, RUOLI
from tests.muri_fotografia import fotografia
from tests.muri_indirizzi import indirizzi, nomi_admin

RIFIUTI = {302, 400, 403, 404, 405}


def come(ruoli, anche_altrove):
    """Every role, of which one on every database: what changes with the role is not SQL alone."""
    return pytest.mark.parametrize(
        "ruolo",
        [pytest.param(ruolo, marks=[] if ruolo == anche_altrove else pytest.mark.una_base) for ruolo in ruoli],
    )


MODULO = {"external-link-chooser-url": "https://example.org/", "action-publish": "1", "comment": "prova"}


@pytest.fixture
def segreti(organizzazione_a, organizzazione_b, referente_b, manager, django_capture_on_commit_callbacks):
    return prepara(organizzazione_a, organizzazione_b, referente_b, manager)


@pytest.fixture
def entra(request, client, client_di):
    """A client signed in as a role."""
    return lambda ruolo: client if ruolo == "anonimo" else client_di(request.getfixturevalue(ruolo))


def _corpo(risposta):
    grezzo = b"".join(risposta.streaming_content) if risposta.streaming else risposta.content
    if grezzo[:2] == b"PK":  # a spreadsheet
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(grezzo)) as archivio:
            grezzo = b"".join(archivio.read(nome) for nome in archivio.namelist())
    return grezzo.decode(errors="replace")


def _segreti_in(risposta):
    corpo = _corpo(risposta).casefold().replace("zzpa-gina", "zzpagina")  # as the number of a card is written
    return {segreto for segreto in (PAGINA, EVIDENZA, MANAGER) if segreto.casefold() in corpo}


def _rifiutata(risposta):
    """Refused, or sent to the home or the login: never sent on to another page of the admin."""
    if risposta.status_code != 302:
        return risposta.status_code in RIFIUTI
    return risposta["Location"] == reverse("wagtailadmin_home") or "login" in risposta["Location"]


def _cammina(client, nomi, s, metodi=("get", "post")):
    """Each (method, URL, answer) of every URL of `nomi`; no answer may be a server error."""
    parametri = nomi_admin()
    for nome in sorted(nomi):
        for forma in sorted(parametri[nome]):
            for indirizzo in indirizzi(nome, forma, s):
                for metodo in metodi:
                    risposta = getattr(client, metodo)(indirizzo, MODULO if metodo == "post" else None)
                    assert risposta.status_code < 500, f"{metodo} {indirizzo}: {risposta.status_code}"
                    yield nome, metodo, indirizzo, risposta


def test_every_admin_url__is_classified():
    classificati = NEUTRI | PERCORSI | DEL_MANAGER | DEL_SUPERUTENTE
    assert set(nomi_admin()) == classificati


@come(RUOLI, anche_altrove="manager")
def test_walk__shows_no_secret_of_others(ruolo, entra, segreti):
    client = entra(ruolo)
    fughe = {
        (nome, indirizzo, segreto)
        for nome, _, indirizzo, risposta in _cammina(client, PERCORSI, segreti, metodi=("get",))
        for segreto in _segreti_in(risposta) - NOTI[ruolo]
    }
    assert not fughe, "\n".join(sorted(map(str, fughe)))


@pytest.mark.una_base
def test_walk__owners_find_their_secrets(entra, segreti):
    """The walk can see: where it finds nothing for a stranger, the owner finds all."""
    nomi = {f"wagtailadmin_pages:{vista}" for vista in ("edit", "view_draft", "history", "revisions_view", "search")}
    nomi |= {
        "wagtailadmin_explore",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_api:pages:listing",
        "wagtailimages:index",
        "wagtailimages_chooser:choose",
        "wagtaildocs:index",
        "wagtaildocs:edit",
        "programma:evidenze",
        "programma:evidenze_esporta",
        "programma:evidenza",
        "programma:allegato",
        "estate:centri",
        "estate:servizio",
        "guida_foglio:esporta",
        "ped:pezzo",
        "ped:elimina",
        "ped:immagine",
        "ped:elenco",
        *(f"prenotazioni:{vista}" for vista in ("registro", "esporta")),
        "card:lotto",
        "card:elenco",
        "card:revoca",
        "convenzioni:registro",
        "convenzioni:esporta",
        "convenzioni:convenzione",
        "convenzioni:atto",
        "convenzioni:segnalazioni",
        "convenzioni:segnalazione",
        *(f"riunioni:{vista}" for vista in ("elenco", "riunione", "esporta")),
        *("progetti:elenco", "progetti:progetto"),
        *(f"consultazioni:{vista}" for vista in ("elenco", "consultazione", "bisogni", "stesura", "parole", "modello")),
        *("agenda:anno", "agenda:ics", "documenti:verbale"),
    }
    client = entra("referente_b")
    trovati = {
        nome for nome, _, _, risposta in _cammina(client, nomi, segreti, metodi=("get",)) if _segreti_in(risposta)
    }
    assert trovati == nomi


@come(["anonimo", "referente_a", "coordinamento", "acs"], anche_altrove="referente_a")
def test_walk__posts_change_nothing_and_show_no_secret(ruolo, entra, segreti):
    client = entra(ruolo)
    prima = fotografia()
    fughe = {
        (nome, indirizzo, segreto)
        for nome, _, indirizzo, risposta in _cammina(client, PERCORSI, segreti, metodi=("post",))
        for segreto in _segreti_in(risposta) - NOTI[ruolo]
    }
    assert not fughe, "\n".join(sorted(map(str, fughe)))
    assert fotografia() == prima


@come(["anonimo", "referente_a", "referente_b", "manager", "coordinamento", "acs"], anche_altrove="referente_a")
def test_walk__what_is_not_for_a_role_is_refused(ruolo, entra, segreti):
    client = entra(ruolo)
    chiusi = DEL_SUPERUTENTE if ruolo == "manager" else DEL_SUPERUTENTE | DEL_MANAGER
    prima = fotografia()
    aperti = {
        (metodo, indirizzo, risposta.status_code)
        for _, metodo, indirizzo, risposta in _cammina(client, chiusi, segreti)
        if not _rifiutata(risposta)
    }
    assert not aperti, "\n".join(sorted(map(str, aperti)))
    assert fotografia() == prima


@pytest.mark.una_base
def test_walk__anonymous_gets_nothing_but_the_login(client, segreti):
    aperti = {
        (metodo, indirizzo)
        for _, metodo, indirizzo, risposta in _cammina(client, PERCORSI | DEL_MANAGER | DEL_SUPERUTENTE, segreti)
        if risposta.status_code not in (302, 403, 404) or "/login/" not in risposta.headers.get("Location", "/login/")
    }
    assert not aperti, "\n".join(sorted(map(str, aperti)))


@pytest.mark.una_base
def test_walk__acs_reads_evidence_and_score_and_nothing_else(entra, segreti):
    tutti = PERCORSI | DEL_MANAGER | DEL_SUPERUTENTE
    aperti = {
        nome
        for nome, _, _, risposta in _cammina(entra("acs"), tutti, segreti, metodi=("get",))
        if risposta.status_code == 200
    }
    assert aperti - {"riunioni:foglio_firme"} == {  # a PDF, where Pango is
        "programma:evidenze",
        "programma:evidenze_esporta",
        "programma:evidenza",
        "programma:allegato",
        "programma:punteggio",
        "programma:punteggio_esporta",
        "programma:scadenze",
        "consegne:consegne",
        "consegne:passa",
        "documenti:documenti",
        "documenti:documento",
        "documenti:pacchetto",
        *(f"documenti:{vista}" for vista in ("rivedi", "definitivo", "file_definitivo", "verbale")),
        "registri:aderenti",
        "registri:aderenti_inviati",
        *("registri:adesioni", "registri:file_di_adesione"),
        "registri:esporta_aderenti",
        *(f"riunioni:{vista}" for vista in ("elenco", "riunione", "esporta", "file")),
        *(f"progetti:{vista}" for vista in ("elenco", "progetto", "file")),
        *(f"formazione:{vista}" for vista in ("elenco", "corso", "file")),
        *(f"sondaggi:{vista}" for vista in ("elenco", "sondaggio", "prova", "risultati", "esporta")),
        *(f"consultazioni:{vista}" for vista in ("elenco", "consultazione", "bisogni", "stesura")),
        *(f"misure:{vista}" for vista in ("elenco", "rilevazione", "sintesi", "esporta", "esporta_enti", "ente")),
        *("agenda:anno", "agenda:ics"),
        "wagtailadmin_home",
    }
