"""What each admin URL is for, and for whom: `tests/test_muri_admin.py` walks it."""

from tests.muri import EVIDENZA, MANAGER, PAGINA
from tests.scene.consultazioni import CONSULTAZIONI
from tests.scene.sondaggi import SONDAGGI_DEL_MANAGER, SONDAGGI_LETTI

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
    "account_login",
    "account_reauthenticate",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    *(f"manuale:{vista}" for vista in ("manuale", "capitolo", "immagine")),
    *(f"mfa_{gesto}_totp" for gesto in ("activate", "deactivate")),
    *(f"mfa_{gesto}_recovery_codes" for gesto in ("view", "generate", "download")),
    *(f"mfa_{gesto}_webauthn" for gesto in ("list", "add", "reauthenticate", "remove", "edit")),
}

# Walked as every role: what comes back must name no secret, what is sent must change nothing of B's.
PERCORSI = {
    "wagtailadmin_home",
    *(f"consegne:{vista}" for vista in ("consegne", "passa", "termina")),
    *("documenti:documenti", "documenti:documento"),
    "documenti:prepara_pacchetto",
    "documenti:pacchetto",
    *(f"documenti:{vista}" for vista in ("rivedi", "definitivo", "file_definitivo", "verbale")),
    *(
        f"registri:{vista}"
        for vista in ("aderenti", "esporta_aderenti", "aderenti_inviati", "adesioni", "file_di_adesione")
    ),
    *(f"agenda:{vista}" for vista in ("quest_anno", "anno", "ics", "indirizzo")),
    *(
        f"riunioni:{vista}"
        for vista in (
            *("elenco", "riunione", "file", "nuova", "modifica", "invitati", "presenze", "verbale", "allega"),
            *("togli_file", "fatto", "chiudi", "riapri", "annulla", "elimina", "convoca", "foglio_firme", "esporta"),
        )
    ),
    *(
        f"progetti:{vista}"
        for vista in (
            *("elenco", "progetto", "file", "nuovo", "modifica", "vale", "unisci", "allega", "togli_file", "elimina"),
        )
    ),
    *(f"formazione:{vista}" for vista in ("elenco", "corso", "file")),
    *[*SONDAGGI_LETTI, *CONSULTAZIONI],
    *(f"misure:{vista}" for vista in ("elenco", "rilevazione", "sintesi", "esporta", "esporta_enti", "ente")),
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
            "criteri_del_giorno",
            "scadenze",
            "in_mano",
            "coda",
            "pagina",
            "punteggio",
            "punteggio_esporta",
            "nuova",
            "criteri_del_giorno",
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
    *(f"prenotazioni:{vista}" for vista in ("elenco", "registro", "posti", "presenti", "offri", "togli", "esporta")),
    *(f"card:{vista}" for vista in ("lotti", "esporta", "trova", "lotto", "elenco", "fogli", "revoca")),
    *(
        f"convenzioni:{vista}"
        for vista in (
            "registro",
            "esporta",
            "convenzione",
            "firma",
            "cessa",
            "rinnova",
            "chiedi",
            "chiedi_ritiro",
            "atto",
            "giudizi",
            "segnalazioni",
            "segnalazione",
        )
    ),
    *(f"estate:{vista}" for vista in ("centri", "prepara_tutti", "servizio", "posti", "settimane", "prepara")),
    "guida_foglio:foglio",
    "guida_foglio:esporta",
    *(f"guida:{vista}" for vista in ("conferma", "chiedi", "giudizi", "segnalazioni", "segnalazione", "chiedi_ritiro")),
}

# Closed to every role of the network but the manager.
DEL_MANAGER = {
    "azzera_secondo_fattore",
    "riservatezza:registro",
    "riservatezza:persona",
    *(f"documenti:{vista}" for vista in ("scrivi", "pubblica", "ritira", "evidenza")),
    *(f"registri:{vista}" for vista in ("invia_aderenti", "registra_adesione", "atto_di_adesione")),
    *("riunioni:importa", "riunioni:dalle_evidenze"),
    *(f"intermediazione:{v}" for v in ("elenco", "nuova", "modifica", "fatto", "riunione", "prepara", "elimina")),
    *SONDAGGI_DEL_MANAGER,
    *(f"misure:{vista}" for vista in ("nuova", "sollecita", "aggiungi", "scadenza", "chiudi", "riapri", "elimina")),
    *(f"formazione:{vista}" for vista in ("nuovo", "modifica", "allega", "togli_file", "unisci", "elimina")),
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
            "sposta",
            "rinvita",
        )
    ),
    *(
        f"programma:{vista}"
        for vista in (
            "programmi",
            "importa_atto",
            "criteri",
            "criterio",
            "nuovo_criterio",
            "elimina_criterio",
            "stato_programma",
            "da_rivedere",
            "nuovo_anno",
            "confronto",
            "atti",
            "atto",
            "lavoro",
            "domanda",
            "nuovo_termine",
            "termine",
            "scrivi",
        )
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
    *(
        f"{tipo}:{vista}"
        for tipo in ("tipo_riunione", "tipo_progetto", "quesito")
        for vista in ("index", "index_results", "add", "edit", "delete", "history", "history_results", "usage")
    ),
    *(f"estate:{vista}" for vista in ("rapporto", "esporta", "offri")),
    *(f"fascicoli:{vista}" for vista in ("fascicoli", "rifai", "congela", "istantanea", "proponi")),
    *(f"convenzioni:{vista}" for vista in ("freschezza", "freschezza_esporta", "ritiri", "ritiro")),
    *(f"guida:{vista}" for vista in ("freschezza", "freschezza_esporta", "ritiri", "ritiro")),
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
