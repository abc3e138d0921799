"""Objects and states of the portal, drawn from the code as Mermaid pages under `docs/modello`.

Whoever changes a model, or a table of passages, draws again with `manage.py disegna_modello`; a test tells when the
kept pages are behind the code.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models

CARTELLA = Path(settings.BASE_DIR) / "docs" / "modello"
INTESTAZIONE = "<!-- Disegnato da «manage.py disegna_modello»: non si scrive a mano. -->\n\n"

TABELLE = (
    "programma.flusso",
    "programma.flusso_programma",
    "cura.flusso_segnalazioni",
    "registri.riunioni.flusso_riunioni",
    "ascolto.sondaggi.flusso_sondaggi",
)
"""Pure modules with a table `PASSAGGI` (action: states it starts from, state it leads to, whether it asks a reason),
the words of its states in `ETICHETTE` and what they are states of in `SOGGETTO`."""


def pagine() -> dict[str, str]:
    """Every page of the folder, by file name."""
    nostre = [app for app in apps.get_app_configs() if _nostra(app) and _modelli(app)]
    disegni = {f"{app.label}.md": _oggetti(app) for app in nostre}
    disegni["stati.md"] = _stati(map(import_module, TABELLE))
    indice = ["# Il modello, disegnato dal codice", "", "- [Gli stati e i passaggi](stati.md)"]
    indice += [f"- [`{app.label}`: {app.verbose_name}]({app.label}.md)" for app in nostre]
    disegni["README.md"] = "\n".join(indice) + "\n"
    return {nome: INTESTAZIONE + testo for nome, testo in disegni.items()}


def scrivi(cartella: Path = CARTELLA) -> list[str]:
    """Write the pages into `cartella`, drop those of apps that are gone, and say which changed."""
    cartella.mkdir(parents=True, exist_ok=True)
    nuove = pagine()
    cambiate = [percorso.name for percorso in cartella.glob("*.md") if percorso.name not in nuove]
    for nome in cambiate:
        (cartella / nome).unlink()
    for nome, testo in nuove.items():
        percorso = cartella / nome
        if not percorso.exists() or percorso.read_text(encoding="utf-8") != testo:
            percorso.write_text(testo, encoding="utf-8")
            cambiate.append(nome)
    return sorted(cambiate)


def _nostra(app: AppConfig) -> bool:
    return Path(app.path).parent == Path(settings.BASE_DIR)


def _modelli(app: AppConfig) -> list[type[models.Model]]:
    return sorted(app.get_models(), key=lambda modello: modello.__name__)


def _oggetti(app: AppConfig) -> str:
    """The classes of `app`, what each is, and whom it points to."""
    modelli = _modelli(app)
    righe = [f"# Oggetti di `{app.label}`", "", "```mermaid", "classDiagram"]
    righe += [f"    class {modello.__name__}" for modello in modelli]
    for modello in modelli:
        righe += [f"    {freccia}" for freccia in _frecce(modello)]
    righe += ["```", "", "| classe | è | tipo |", "|---|---|---|"]
    righe += [f"| `{m.__name__}` | {m._meta.verbose_name} | {_tipo(m)} |" for m in modelli]
    return "\n".join(righe) + "\n"


def _tipo(modello: type[models.Model]) -> str:
    nomi = {classe.__name__ for classe in modello.__mro__}
    if "Page" in nomi:
        return "pagina"
    if "BaseSiteSetting" in nomi or "BaseGenericSetting" in nomi:
        return "impostazioni"
    return "blocco di una pagina" if "Orderable" in nomi else "tabella"


def _frecce(modello: type[models.Model]) -> Iterator[str]:
    """Its own relations to models of ours: one, many, or the page that it is a part of."""
    for campo in sorted(modello._meta.get_fields(), key=lambda campo: campo.name):
        if not campo.is_relation or campo.auto_created or not isinstance(campo.related_model, type):
            continue
        if campo.model is not modello or not _nostra(apps.get_app_config(campo.related_model._meta.app_label)):
            continue
        segno = '"*" --> "*"' if campo.many_to_many else '"*" --> "0..1"' if campo.null else '"*" --> "1"'
        yield f"{modello.__name__} {segno} {campo.related_model.__name__} : {campo.name}"


def _stati(flussi: Iterable) -> str:
    righe = ["# Stati e passaggi", "", "Un passaggio con l'asterisco chiede il motivo."]
    for flusso in flussi:
        righe += ["", f"## {flusso.SOGGETTO}", "", "```mermaid", "stateDiagram-v2"]
        righe += [f"    {stato}: {parole}" for stato, parole in flusso.ETICHETTE.items()]
        righe += [f"    {riga}" for riga in _passaggi(flusso.PASSAGGI)]
        righe += ["```"]
    return "\n".join(righe) + "\n"


def _passaggi(tabella: Mapping[str, tuple[frozenset[str], str, bool]]) -> Iterator[str]:
    for azione, (partenze, arrivo, motivo) in tabella.items():
        for partenza in sorted(partenze):
            yield f"{partenza} --> {arrivo}: {azione}{'*' if motivo else ''}"
