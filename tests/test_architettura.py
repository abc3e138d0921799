"""The house keeps its shape: who imports whom, and which modules stay pure."""

import ast
import re
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

RADICE = Path(__file__).resolve().parent.parent
PURI = [
    "programma/punteggi",
    "programma/flusso.py",
    "programma/flusso_programma.py",
    "cura/flusso_segnalazioni.py",
    "programma/requisiti.py",
    "programma/collegamenti.py",
    "programma/parole_uguali.py",
    "programma/che_cosa.py",
    "programma/indizi.py",
    "programma/impianto.py",
    "programma/atto",
    "organizzazioni/impianto.py",
    "guide/impianto.py",
    "guide/eta.py",
    "base/parole.py",
    "cura/solleciti.py",
    "cura/detti.py",
    "cura/parlato.py",
    "guide/orari.py",
    "guide/faccette.py",
    "cura/scheda.py",
    "cura/filtri.py",
    "cura/insiemi.py",
    "guide/completezza.py",
    "guide/scheda.py",
    "guide/esportazioni.py",
    "guide/freschezza.py",
    "guide/estate/settimane.py",
    "guide/estate/copertura.py",
    "guide/dati_aperti/hsds.py",
    "guide/dati_aperti/luoghi_hsds.py",
    "guide/dati_aperti/valori_hsds.py",
    "guide/dati_aperti/identita.py",
    "guide/dati_aperti/openapi.py",
    "guide/dati_aperti/parametri.py",
    "guide/dati_aperti/tabella.py",
    "guide/foglio/celle.py",
    "guide/foglio/ore.py",
    "guide/foglio/in_celle.py",
    "guide/dati_aperti/lettura_hsds.py",
    "convenzioni/validita.py",
    "base/seriali.py",
    "convenzioni/card/stati.py",
    "convenzioni/scheda.py",
    "notizie/quando.py",
    "notizie/mese.py",
    "notizie/metadati.py",
    "notizie/ped/voci.py",
    "notizie/ped/requisiti.py",
    "notizie/newsletter/codici.py",
    "base/posta/maildir.py",
    "base/posta/lettera.py",
    "documenti/corpo.py",
    "documenti/figure.py",
    "base/grafici.py",
    "documenti/ripresa.py",
    "registri/impianto.py",
    "registri/aderenti/movimenti.py",
    "registri/misure/aggregati.py",
    "registri/misure/quesiti.py",
    "registri/misure/ritmo.py",
    "ascolto/sondaggi/flusso_sondaggi.py",
    "ascolto/sondaggi/questionario.py",
    "ascolto/sondaggi/tavole.py",
    "registri/progetti/condizioni.py",
    "registri/riunioni/flusso_riunioni.py",
    "registri/riunioni/proposte.py",
    "notizie/newsletter/rimbalzi.py",
    "base/formati",
    "base/posizione.py",
    "base/disegno.py",
    "registri/consultazioni/conti.py",
    "base/lingue.py",
    "cura/graduatoria.py",
    "cura/di_chi.py",
    "cura/dizionario.py",
    "documenti/cambiamenti.py",
    "documenti/narrazione.py",
    "programma/anni.py",
    "programma/testi_pronti.py",
]


def _pyproject():
    return tomllib.loads((RADICE / "pyproject.toml").read_text())


def _modulo(percorso):
    return percorso.removesuffix(".py").replace("/", ".")


def test_import_contracts__are_kept(monkeypatch, capfd):
    monkeypatch.chdir(RADICE)
    esito = lint_imports(no_cache=True)
    assert esito == 0, capfd.readouterr().out


def test_pure_modules__are_all_in_the_contract():
    contratto = next(c for c in _pyproject()["tool"]["importlinter"]["contracts"] if "Django" in c["name"])
    presenti = [_modulo(percorso) for percorso in PURI if (RADICE / percorso).exists()]
    assert sorted(contratto["source_modules"]) == sorted(presenti)


SI_DICE_PURO = re.compile(r"\bPure(?:[.:]|$)")


def test_modules_that_say_they_are_pure__are_in_the_contract():
    dentro = tuple(str(RADICE / percorso).removesuffix(".py") for percorso in PURI)
    app = {percorso.parent for percorso in RADICE.glob("*/apps.py")}
    detti = {
        percorso
        for una in app
        for percorso in una.rglob("*.py")
        if SI_DICE_PURO.search(ast.get_docstring(ast.parse(percorso.read_text(encoding="utf-8"))) or "")
    }
    assert len(detti) > 60
    assert not [str(uno) for uno in detti if not str(uno).removesuffix(".py").startswith(dentro)]


NEI_PERCORSI = re.compile(r"(?<!request)\.path\.startswith|path__startswith|steplen|\.path\[")


def test_arithmetic_of_the_tree__is_written_once():
    scritta = {p for app in RADICE.glob("*/apps.py") for p in app.parent.rglob("*.py")}
    dove = {str(p.relative_to(RADICE)) for p in scritta if NEI_PERCORSI.search(p.read_text(encoding="utf-8"))}
    assert {p for p in dove if "/migrations/" not in p} == {"base/percorsi.py"}


def test_every_app__is_in_the_layers():
    linter = _pyproject()["tool"]["importlinter"]
    app = {cartella.parent.name for cartella in RADICE.glob("*/apps.py")} | {"cms"}
    assert set(linter["root_packages"]) == app
    strati = {nome.strip() for strato in linter["contracts"][0]["layers"] for nome in strato.split("|")}
    assert strati == app


def test_typed_modules__are_the_pure_ones_and_every_operazioni_permissions_and_selettori():
    attesi = {RADICE / percorso for percorso in PURI if (RADICE / percorso).exists()}
    for livello in ("*", "*/*"):
        for nome in ("operazioni", "operazioni.py", "permissions.py", "selettori", "selettori.py"):
            attesi |= {p for p in RADICE.glob(f"{livello}/{nome}") if p.parts[len(RADICE.parts)] != "tests"}
    controllati = {p for modello in _pyproject()["tool"]["mypy"]["files"] for p in RADICE.glob(modello)}
    assert controllati == attesi


def test_selettori_and_permissions__say_what_they_take_and_what_they_return():
    """mypy reads them with `disallow_untyped_defs`; here, that its patterns reach all of them."""
    modelli = ("*.permissions", "*.selettori", "*.selettori.*")
    assert any(
        {*modelli} == {*regola["module"]} and regola["disallow_untyped_defs"]
        for regola in _pyproject()["tool"]["mypy"]["overrides"]
    )
    letti = {p for modello in _pyproject()["tool"]["mypy"]["files"] for p in RADICE.glob(modello)}
    letti |= {file for cartella in letti if cartella.is_dir() for file in cartella.rglob("*.py")}
    app = [cartella.parent for cartella in RADICE.glob("*/apps.py")]
    moduli = {p for a in app for p in a.rglob("*.py") if p.stem in ("selettori", "permissions")}
    moduli |= {p for a in app for p in a.rglob("selettori/*.py")}
    assert len(moduli) > 50 and moduli <= letti


def test_modules__are_short_enough_to_be_read():
    app = [cartella.parent for cartella in RADICE.glob("*/apps.py")]
    lunghi = {
        str(p.relative_to(RADICE)): righe
        for a in (*app, RADICE / "cms", RADICE / "tests")
        for p in a.rglob("*.py")
        if "migrations" not in p.parts and (righe := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert lunghi == {}


def test_functions__are_short_enough_to_be_read():
    app = [cartella.parent for cartella in RADICE.glob("*/apps.py")]
    file = {p for a in (*app, RADICE / "cms") for p in a.rglob("*.py") if "migrations" not in p.parts}
    lunghe = {
        f"{p.relative_to(RADICE)}: {nodo.name}": righe
        for p in (*file, RADICE / "avvio.py")
        for nodo in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(nodo, ast.FunctionDef | ast.AsyncFunctionDef)
        if (righe := nodo.end_lineno - nodo.lineno + 1) > 50
    }
    assert len(file) > 500 and lunghe == {}


DA_SOTTO = ("models", "models.py", "operazioni", "operazioni.py")


def test_arrows__go_one_way_inside_an_app_too():
    """Models and operations import nothing of ours inside a function: what they ask from below is answered by
    registration (`base.contesti`), and a task is named (`base.compiti.compito`)."""
    guardati = {p for app in RADICE.glob("*/apps.py") for p in app.parent.rglob("*.py")}
    guardati = {p for p in guardati if {*DA_SOTTO} & {*p.parts} and "migrations" not in p.parts}
    assert len(guardati) > 80
    dentro = [
        f"{percorso.relative_to(RADICE)}: {ast.unparse(nodo)}"
        for percorso in sorted(guardati)
        for funzione in ast.walk(ast.parse(percorso.read_text(encoding="utf-8")))
        if isinstance(funzione, ast.FunctionDef)
        for nodo in ast.walk(funzione)
        if isinstance(nodo, ast.ImportFrom)
        and (nodo.level or (RADICE / nodo.module.split(".")[0] / "apps.py").exists())
    ]
    assert dentro == []
