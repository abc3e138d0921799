"""The addresses that the walls are walked at: every admin URL as the URLconf has it, aimed at `muri`'s secrets."""

import itertools
import re

from django.urls import NoReverseMatch, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Revision, Site


def nomi_admin():
    """Names (with namespace) of every URL under the admin that has one, and the parameters of each."""
    trovati = {}

    def visita(schemi, prefisso, spazio):
        for schema in schemi:
            percorso = prefisso + str(schema.pattern)
            if hasattr(schema, "url_patterns"):
                visita(schema.url_patterns, percorso, f"{spazio}{schema.namespace}:" if schema.namespace else spazio)
            elif percorso.startswith("admin/") and schema.name:
                parametri = tuple(re.findall(r"<(?:\w+:)?(\w+)>", percorso))
                trovati.setdefault(f"{spazio}{schema.name}", set()).add(parametri)

    visita(get_resolver().url_patterns, "", "")
    return trovati


def _alternative(nome, parametro, s):
    valori = s.valori.get(parametro)
    if parametro == "pk":
        valori = s.valori["pk"].get(nome.rpartition(":")[0])
    if valori is None:
        raise KeyError(f"{nome}: no value for the parameter «{parametro}»: teach it to tests/muri_indirizzi.py")
    return [getattr(valore, "pk", valore) for valore in valori]


SPECIALI = {
    **dict.fromkeys(
        ("guida:conferma", "guida:chiedi", "guida:chiedi_ritiro"), lambda s: [{"pk": s.oggetti["servizio_b"].pk}]
    ),
    "guida:segnalazione": lambda s: [{"pk": s.oggetti["segnalazione_b"].pk}],
    "intermediazione:prepara": lambda s: [
        {"pk": s.oggetti["intermediazione"].pk, "ambito": ambito} for ambito in ("guide", "convenzioni")
    ],
    "guida:ritiro": lambda s: [{"pk": s.oggetti["ritiro_b"].pk}],
    "wagtail_bulk_action": lambda s: [
        {"app_label": app, "model_name": modello, "action": azione}
        for app, modelli in _azioni_in_blocco().items()
        for modello, azioni in modelli.items()
        for azione in azioni
    ],
    **dict.fromkeys(
        [
            f"programma:{vista}"
            for vista in (
                "criteri",
                "nuovo_criterio",
                "da_rivedere",
                "nuovo_anno",
                "confronto",
                "atti",
                "lavoro",
                "domanda",
                "nuovo_termine",
            )
        ],
        lambda s: [{"pk": s.oggetti["programma"].pk}],
    ),
    **dict.fromkeys(("programma:criterio", "programma:elimina_criterio"), lambda s: [{"pk": s.oggetti["criterio"].pk}]),
    "programma:stato_programma": lambda s: [
        {"pk": s.oggetti["programma"].pk, "azione": azione}
        for azione in ("approva", "annulla", "correggi", "chiudi", "riapri")
    ],
    "programma:atto": lambda s: [{"pk": s.oggetti["programma"].pk, "atto": s.oggetti["atto_del_programma"].pk}],
    "manuale:capitolo": lambda s: [{"nome": "manager"}],
    "manuale:immagine": lambda s: [{"nome": "casa-referente.png"}],
    "consegne:passa": lambda s: [{"tipo": "passaggio"}, {"tipo": "delega"}],
    "consegne:termina": lambda s: [{"pk": s.oggetti["incarico"].pk}],
    "programma:termine": lambda s: [{"pk": s.oggetti["programma"].pk, "termine": s.oggetti["termine_interno"].pk}],
    "programma:scrivi": lambda s: [{"pk": s.oggetti["programma"].pk, "ente": s.oggetti["ente_b"].pk}],
    "programma:pagina": lambda s: [{"pk": pk} for pk in _alternative("wagtailadmin_pages:edit", "page_id", s)],
    "newsletter:anteprima": lambda s: [
        {"pk": s.oggetti["numero_in_bozza"].pk, "formato": formato} for formato in ("html", "txt")
    ],
    "posta:lavoro": lambda s: [
        {"pk": s.oggetti["lavoro_fallito"].pk, "azione": azione} for azione in ("rifai", "dimentica")
    ],
    "documenti:prepara_pacchetto": lambda s: [{"anno": 2025}],
    "documenti:pacchetto": lambda s: [{"pk": s.oggetti["pacchetto"].pk}],
    **dict.fromkeys(
        ("documenti:scrivi", "documenti:rivedi"),
        lambda s: [{"anno": 2025, "tipo": tipo} for tipo in ("report-annuale", "relazione-p1-2", "programma")],
    ),
    **dict.fromkeys(
        [f"documenti:{vista}" for vista in ("definitivo", "pubblica", "ritira", "evidenza")],
        lambda s: [{"pk": s.oggetti["definitivo"].pk}],
    ),
    "documenti:file_definitivo": lambda s: [
        {"pk": s.oggetti["definitivo"].pk, "formato": formato} for formato in ("pdf", "docx", "json")
    ],
    "documenti:verbale": lambda s: [{"pk": una.pk, "formato": "docx"} for una in s.oggetti["riunioni"]],
    "documenti:documento": lambda s: [
        {"anno": 2025, "tipo": tipo, "formato": formato}
        for tipo, formato in (
            ("relazione-vamt", "json"),
            ("relazione-vamt", "docx"),
            ("report-annuale", "json"),
            ("programma", "json"),
        )
    ],
    "registri:aderenti_inviati": lambda s: [{"pk": s.oggetti["invio_elenco"].pk, "formato": "csv"}],
    "registri:file_di_adesione": lambda s: [{"chiave": s.oggetti["carta_di_adesione"].chiave}],
    "registri:atto_di_adesione": lambda s: [
        {
            "pk": s.oggetti["carta_di_adesione"].di.organizzazione_id,
            "cosa": "adesione",
            "verso": "fine",
            "giorno": giorno,
        }
        for giorno in ("2025-10-07", "mai")
    ],
    **dict.fromkeys(
        ("sondaggi:domanda", "sondaggi:sposta_domanda", "sondaggi:togli_domanda"),
        lambda s: [{"pk": uno.pk, "chiave": "d1"} for uno in s.oggetti["sondaggi"]],
    ),
    "sondaggi:traduci": lambda s: [{"pk": uno.pk, "lingua": "de"} for uno in s.oggetti["sondaggi"]],
    **dict.fromkeys(
        ("consultazioni:bisogno", "consultazioni:togli_bisogno"),
        lambda s: [{"pk": una.pk, "bisogno": una.bisogni.get().pk} for una in s.oggetti["consultazioni"]],
    ),
    "consultazioni:stesura": lambda s: [{"pk": una.pk, "numero": 1} for una in s.oggetti["consultazioni"]],
    "formazione:file": lambda s: [{"pk": s.oggetti["attestato"].corso_id, "chiave": s.oggetti["attestato"].chiave}],
    "progetti:file": lambda s: [{"pk": s.oggetti["progetto"].pk, "chiave": s.oggetti["file_di_progetto"].chiave}],
    "riunioni:file": lambda s: [
        {"pk": s.oggetti["file_di_riunione"].riunione_id, "chiave": s.oggetti["file_di_riunione"].chiave}
    ],
    "card:revoca": lambda s: [{"pk": s.oggetti["card"].pk}],
    "convenzioni:segnalazione": lambda s: [
        {"pk": s.oggetti[nome].pk} for nome in ("rifiuto_b", "correzione_b", "proposta_di_convenzione")
    ],
    "convenzioni:chiedi_ritiro": lambda s: [{"pk": s.oggetti["convenzione"].pk}],
    "convenzioni:ritiro": lambda s: [{"pk": s.oggetti["ritiro_di_convenzione"].pk}],
    "convenzioni:atto": lambda s: [{"chiave": s.oggetti["accordo"].chiave}],
    "programma:allegato": lambda s: [{"pk": s.oggetti["allegato"].evidenza_id, "chiave": s.oggetti["allegato"].chiave}],
    "wagtailadmin_pages:choose_parent": lambda s: [{"app_label": "notizie", "model_name": "notiziapage"}],
    "wagtailadmin_editing_sessions:ping": lambda s: [
        {"app_label": "wagtailcore", "model_name": "page", "object_id": pk, "session_id": 1}
        for pk in _alternative("wagtailadmin_pages:edit", "page_id", s)
    ],
    "wagtailadmin_tag_model_autocomplete": lambda s: [{"app_name": "taggit", "model_name": "tag"}],
    "wagtailadmin_workflows:add_task": lambda s: [{"app_label": "organizzazioni", "model_name": "approvazionetask"}],
    "wagtailsettings:edit": lambda s: [
        {"app_name": "organizzazioni", "model_name": "distretto"},
        {"app_name": "organizzazioni", "model_name": "distretto", "pk": Site.objects.get().pk},
    ],
    "wagtailsettings:preview_on_edit": lambda s: [
        {"app_name": "organizzazioni", "model_name": "distretto", "pk": Site.objects.get().pk}
    ],
}


def _azioni_in_blocco():
    bulk_action_registry._scan_for_bulk_actions()
    return bulk_action_registry.actions


def _ricerche(nome, s):
    """Query strings that make a listing, a chooser or a bulk action name the secrets if it can."""
    o = s.oggetti
    pagine = "&".join(f"id={o[chiave].pk}" for chiave in ("bozza", "modifica", "del_manager", "pagina_b"))
    per_nome = {
        "wagtail_bulk_action": [
            f"?{pagine}",
            "?id=all",
            "?id=all&q=ZZ",
            f"?id=all&childOf={o['sezione_b'].pk}",
            f"?id={o['immagine'].pk}",
            f"?id={o['documento'].pk}",
            f"?id={o['commento'].user_id}",
        ],
        "wagtailadmin_choose_page": [
            "?page_type=notizie.notiziapage",
            "?page_type=notizie.sezionenotiziepage",
            "?page_type=notizie.eventopage",
        ],
        "wagtailadmin_choose_page_chosen_multiple": [f"?{pagine}", f"?id={o['bozza'].pk}"],
        "ped:mese": ["?mese=2025-10"],
        "ped:elenco": ["?anno=2025"],
        "prenotazioni:esporta": ["?formato=csv", "?formato=xlsx"],
        "ped:esporta": ["?anno=2025&formato=csv", "?anno=2025&formato=xlsx", "?mese=2025-10&formato=ics"],
        "wagtailimages_chooser:chosen_multiple": [f"?id={o['immagine'].pk}"],
        "wagtaildocs_chooser:chosen_multiple": [f"?id={o['documento'].pk}"],
        "wagtailadmin_tag_autocomplete": ["?term=ZZ"],
        "wagtailadmin_tag_model_autocomplete": ["?term=ZZ"],
        "wagtailadmin_api:pages:listing": [
            "?fields=*",
            "?for_explorer=1",
            f"?child_of={o['sezione_b'].pk}",
            "?search=ZZ",
        ],
        "wagtailadmin_api:pages:detail": ["?fields=*"],
        "wagtailadmin_api:pages:find": [f"?id={o['bozza'].pk}", "?html_path=/notizie/cs4/zzpagina-bozza/"],
        "wagtailadmin_api:images:find": [f"?id={o['immagine'].pk}"],
        "wagtailadmin_api:documents:find": [f"?id={o['documento'].pk}"],
    }
    elenco = nome.endswith(("index", "results", "search", "choose", "usage", "type_use")) or "reports:" in nome
    esporta = "reports:" in nome or nome.endswith("type_use")
    return ["", *(["?q=ZZ"] if elenco else []), *(["?export=csv"] if esporta else []), *per_nome.get(nome, [])]


def _stanno_insieme(argomenti, s):
    """A revision, or a state of the workflow, goes with its own page only."""
    pagina = argomenti.get("page_id")
    if "revision_id" in argomenti:
        return Revision.objects.filter(pk=argomenti["revision_id"], object_id=str(pagina)).exists()
    if any(nome in argomenti for nome in ("task_state_id", "workflow_state_id", "task_id")) and pagina:
        return pagina == s.oggetti["modifica"].pk
    return True


def indirizzi(nome, parametri, s):
    """Every URL of `nome` that aims at the secrets, query strings included."""
    if nome in SPECIALI:
        combinazioni = SPECIALI[nome](s)
    else:
        alternative = [_alternative(nome, parametro, s) for parametro in parametri]
        combinazioni = [dict(zip(parametri, scelta, strict=True)) for scelta in itertools.product(*alternative)]
        combinazioni = [argomenti for argomenti in combinazioni if _stanno_insieme(argomenti, s)]
    for argomenti in combinazioni:
        try:
            percorso = reverse(nome, kwargs=argomenti)
        except NoReverseMatch:
            continue
        for ricerca in _ricerche(nome, s):
            yield percorso + ricerca


def categorie():
    """The models that have addresses of their own under a group's name, by that name."""
    from convenzioni.models import Categoria
    from cura.models import Sinonimo
    from guide.models import Bisogno, Comune, FasciaEta, FaseVita, Lingua

    nostre = (Bisogno, Comune, FasciaEta, FaseVita, Lingua, Sinonimo)
    return {"categoria_convenzioni": Categoria} | {modello._meta.model_name: modello for modello in nostre}
