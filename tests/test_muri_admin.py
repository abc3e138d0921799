"""The walk: every admin URL, as every role, aimed at what is not theirs. The gate that an upgrade must pass.

A URL that Wagtail or we add makes `test_every_admin_url__is_classified` fail until someone has looked at it.
"""

import pytest
from django.urls import reverse

from tests.muri import EVIDENZA, MANAGER, PAGINA, fotografia, prepara
from tests.muri_indirizzi import indirizzi, nomi_admin

# Refused to everyone but those named; the walk aims at organisation B's objects.
RUOLI = ["anonimo", "referente_a", "referente_b", "manager", "coordinamento", "acs"]

# Which secrets each role may read, wherever they show.
NOTI = {
    "anonimo": set(),
    "referente_a": set(),
    "referente_b": {PAGINA, EVIDENZA},
    "manager": {PAGINA, EVIDENZA, MANAGER},
    "coordinamento": {EVIDENZA},
    "acs": {EVIDENZA},
}

# Open without signing in, or one's own affairs: nobody else's data.
NEUTRI = {
    "wagtailadmin_sprite",
    "wagtailadmin_login",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_logout",
    "wagtailadmin_account",
    "wagtailadmin_dismissibles",
    "wagtail_modeladmin:javascript_catalog",
    "wagtailadmin_error_test",
    "wagtailadmin_password_reset_confirm",
}

# Walked as every role: what comes back must name no secret, what is sent must change nothing of B's.
PERCORSI = {
    "wagtailadmin_home",
    "wagtail_bulk_action",
    "wagtailadmin_block_preview",
    "wagtailadmin_explore",
    "wagtailadmin_explore_results",
    "wagtailadmin_explore_root",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailsnippets:index",
    *(
        f"wagtailadmin_api:{cosa}:{vista}"
        for cosa in ("pages", "images", "documents")
        for vista in ("listing", "detail", "find")
    ),
    "wagtailadmin_api:pages:action",
    *(
        f"wagtailadmin_choose_page{vista}"
        for vista in (
            "",
            "_child",
            "_search",
            "_chosen_multiple",
            "_external_link",
            "_email_link",
            "_phone_link",
            "_anchor_link",
        )
    ),
    *(
        f"wagtailadmin_pages:{vista}"
        for vista in (
            "add",
            "preview_on_add",
            "type_use",
            "type_use_results",
            "choose_parent",
            "usage",
            "edit",
            "preview_on_edit",
            "view_draft",
            "add_subpage",
            "delete",
            "unpublish",
            "convert_alias",
            "search",
            "search_results",
            "move",
            "move_confirm",
            "set_page_position",
            "copy",
            "workflow_action",
            "collect_workflow_action_data",
            "confirm_workflow_cancellation",
            "workflow_preview",
            "set_privacy",
            "lock",
            "unlock",
            "revisions_index",
            "revisions_view",
            "revisions_revert",
            "revisions_unschedule",
            "revisions_compare",
            "workflow_history",
            "workflow_history_detail",
            "history",
            "history_results",
        )
    ),
    *(
        f"wagtailadmin_reports:{vista}{coda}"
        for coda in ("", "_results")
        for vista in ("locked_pages", "workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage")
    ),
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "wagtailembeds:chooser",
    "wagtailembeds:chooser_upload",
    *(
        f"wagtaildocs:{vista}"
        for vista in (
            "index",
            "index_results",
            "add",
            "edit",
            "delete",
            "add_multiple",
            "edit_multiple",
            "create_multiple_from_uploaded_document",
            "delete_multiple",
            "delete_upload_multiple",
            "document_usage",
        )
    ),
    *(
        f"wagtailimages:{vista}"
        for vista in (
            "index",
            "index_results",
            "edit",
            "delete",
            "url_generator",
            "url_generator_output",
            "preview",
            "add",
            "image_usage",
            "add_multiple",
            "edit_multiple",
            "create_multiple_from_uploaded_image",
            "delete_multiple",
            "delete_upload_multiple",
        )
    ),
    *(
        f"{spazio}:{vista}"
        for spazio in ("wagtaildocs_chooser", "wagtailimages_chooser")
        for vista in ("choose", "choose_results", "chosen", "chosen_multiple", "create")
    ),
    "wagtailimages_chooser:select_format",
    *(
        f"wagtailadmin_workflows:{vista}"
        for vista in ("task_chooser", "task_chooser_results", "task_chooser_create", "task_chosen")
    ),
    *(
        f"programma:{vista}"
        for vista in (
            "evidenze",
            "evidenze_esporta",
            "coda",
            "pagina",
            "punteggio",
            "punteggio_esporta",
            "nuova",
            "evidenza",
            "modifica",
            "elimina",
            "allegato",
        )
    ),
    *(
        f"ped:{vista}"
        for vista in (
            "mese",
            "elenco",
            "esporta",
            "nuovo",
            "ultimo_piano",
            "piano",
            "pezzo",
            "modifica",
            "sposta",
            "registra",
            "annulla",
            "elimina",
            "immagine",
        )
    ),
    *(f"card:{vista}" for vista in ("lotti", "esporta", "trova", "lotto", "elenco", "fogli", "revoca")),
    *(
        f"convenzioni:{vista}"
        for vista in (
            "registro",
            "esporta",
            "convenzione",
            "firma",
            "ritira",
            "rinnova",
            "chiedi",
            "chiedi_ritiro",
            "atto",
            "segnalazioni",
            "segnalazione",
        )
    ),
    *(f"estate:{vista}" for vista in ("centri", "prepara_tutti", "servizio", "posti", "settimane", "prepara")),
    "guida_foglio:foglio",
    "guida_foglio:esporta",
    *(f"guida:{vista}" for vista in ("conferma", "chiedi", "segnalazione", "chiedi_ritiro")),
}

# Closed to every role of the network but the manager.
DEL_MANAGER = {
    *(
        f"wagtailredirects:{vista}"
        for vista in ("index", "index_results", "add", "edit", "delete", "start_import", "process_import")
    ),
    "wagtailsettings:edit",
    "wagtailsettings:preview_on_edit",
    *(
        f"gestione_organizzazioni:{vista}"
        for vista in (
            "index",
            "index_results",
            "add",
            "edit",
            "delete",
            "history",
            "history_results",
            "usage",
            "invita",
            "persone",
            "attiva",
            "disattiva",
            "togli",
            "rinvita",
        )
    ),
    *(
        f"programma:{vista}"
        for vista in ("programmi", "criteri", "criterio", "nuovo_criterio", "elimina_criterio", "stato_programma")
    ),
    "registro-decisioni_modeladmin_index",
    "cercato_invano:index",
    "card:concedi",
    *(f"posta:{vista}" for vista in ("elenco", "rispedisci", "rispedisci_tutti", "togli", "lavoro")),
    *(
        f"newsletter:{vista}"
        for vista in (
            "index",
            "index_results",
            "add",
            "edit",
            "delete",
            "history",
            "history_results",
            "usage",
            "numero",
            "anteprima",
            "prova",
            "invia",
            "riprendi",
            "rispedisci",
            "iscritti",
        )
    ),
    *(
        f"categoria_convenzioni:{vista}"
        for vista in ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
    ),
    *(f"estate:{vista}" for vista in ("rapporto", "esporta", "offri")),
    *(f"fascicoli:{vista}" for vista in ("fascicoli", "rifai", "congela", "istantanea", "proponi")),
    *(f"convenzioni:{vista}" for vista in ("ritiri", "ritiro")),
    *(f"guida:{vista}" for vista in ("freschezza", "freschezza_esporta", "segnalazioni", "ritiri", "ritiro")),
    *(
        f"{categoria}:{vista}"
        for categoria in ("bisogno", "comune", "fasciaeta", "fasevita", "lingua", "sinonimo")
        for vista in ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
    ),
}

# Closed to every role of the network: the superuser's.
DEL_SUPERUTENTE = {
    *(f"wagtailadmin_collections:{vista}" for vista in ("add", "delete", "set_privacy")),
    *(
        f"wagtailadmin_workflows:{vista}"
        for vista in (
            "index",
            "index_results",
            "add",
            "enable",
            "disable",
            "edit",
            "remove",
            "add_task",
            "select_task_type",
            "task_index",
            "task_index_results",
            "edit_task",
            "disable_task",
            "enable_task",
            "usage",
            "usage_results",
        )
    ),
    *(
        f"wagtailsites:{vista}"
        for vista in ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage", "copy")
    ),
    *(
        f"wagtailusers_{cosa}:{vista}"
        for cosa in ("users", "groups")
        for vista in ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
    ),
    *(f"wagtailusers_users:{vista}" for vista in ("copy", "disattiva", "anonima")),
    "wagtailadmin_collections:index",
    "wagtailadmin_collections:edit",
}

RIFIUTI = {302, 400, 403, 404, 405}
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


@pytest.mark.parametrize("ruolo", RUOLI)
def test_walk__shows_no_secret_of_others(ruolo, entra, segreti):
    client = entra(ruolo)
    fughe = {
        (nome, indirizzo, segreto)
        for nome, _, indirizzo, risposta in _cammina(client, PERCORSI, segreti, metodi=("get",))
        for segreto in _segreti_in(risposta) - NOTI[ruolo]
    }
    assert not fughe, "\n".join(sorted(map(str, fughe)))


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
        "card:lotto",
        "card:elenco",
        "card:revoca",
        "convenzioni:registro",
        "convenzioni:esporta",
        "convenzioni:convenzione",
        "convenzioni:atto",
        "convenzioni:segnalazioni",
        "convenzioni:segnalazione",
    }
    client = entra("referente_b")
    trovati = {
        nome for nome, _, _, risposta in _cammina(client, nomi, segreti, metodi=("get",)) if _segreti_in(risposta)
    }
    assert trovati == nomi


@pytest.mark.parametrize("ruolo", ["anonimo", "referente_a", "coordinamento", "acs"])
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


@pytest.mark.parametrize("ruolo", ["anonimo", "referente_a", "referente_b", "manager", "coordinamento", "acs"])
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


def test_walk__anonymous_gets_nothing_but_the_login(client, segreti):
    aperti = {
        (metodo, indirizzo)
        for _, metodo, indirizzo, risposta in _cammina(client, PERCORSI | DEL_MANAGER | DEL_SUPERUTENTE, segreti)
        if risposta.status_code not in (302, 403, 404) or "/login/" not in risposta.headers.get("Location", "/login/")
    }
    assert not aperti, "\n".join(sorted(map(str, aperti)))


def test_walk__acs_reads_evidence_and_score_and_nothing_else(entra, segreti):
    tutti = PERCORSI | DEL_MANAGER | DEL_SUPERUTENTE
    aperti = {
        nome
        for nome, _, _, risposta in _cammina(entra("acs"), tutti, segreti, metodi=("get",))
        if risposta.status_code == 200
    }
    assert aperti == {
        "programma:evidenze",
        "programma:evidenze_esporta",
        "programma:evidenza",
        "programma:allegato",
        "programma:punteggio",
        "programma:punteggio_esporta",
        "wagtailadmin_home",
    }
