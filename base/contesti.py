"""What each page type shows and who may do what with it, said from above: models do not know who reads them.

    @contesto_di(ServizioPage)
    def scheda(pagina, request): return {"scheda": …}

    @permessi_di(ProgrammaPage)
    class ProgrammaPermissionTester(PaginaPermissionTester): …

    @risposta_di(EventoPage, su="ics")  # what the model asks besides: `risposta(self, "ics")(self, request)`
    def evento_ics(evento, request): …

`BaseConfig.ready` imports the `contesti` and `permissions` modules of every app, so that all are known at start;
`base.controlli` refuses a page type that nobody registered.
"""

from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import module_has_submodule

MODULI = ("contesti", "permissions")

_contesti: dict[type, Callable[[Any, Any], dict[str, Any]]] = {}
_permessi: dict[type, type] = {}
_risposte: dict[str, dict[type, Callable]] = defaultdict(dict)


def contesto_di(*tipi: type) -> Callable:
    """Let a function of page and request give what the templates of these page types read besides Wagtail's own."""

    def registra(funzione):
        _contesti.update(dict.fromkeys(tipi, funzione))
        return funzione

    return registra


def senza_contesto(*tipi: type) -> None:
    """The templates of these page types read the page alone."""
    contesto_di(*tipi)(lambda pagina, request: {})


def permessi_di(*tipi: type) -> Callable:
    """Let a class of permission testers answer for these page types."""

    def registra(classe):
        _permessi.update(dict.fromkeys(tipi, classe))
        return classe

    return registra


def risposta_di(*tipi: type, su: str) -> Callable:
    """Let a function answer what these types, pages or not, ask from below by the name `su`: a view that they have
    besides themselves, a lock, what a panel shows."""

    def registra(funzione):
        _risposte[su].update(dict.fromkeys(tipi, funzione))
        return funzione

    return registra


def risposta(chi: Any, su: str) -> Callable:
    """What answers `chi`, an object, when it asks by the name `su`. Raises `LookupError` when nobody does."""
    funzione = _piu_vicino(_risposte[su], type(chi))
    if funzione is None:
        raise LookupError(f"Nobody answers {type(chi).__name__} about «{su}»: see base.contesti")
    return funzione


def funzione_di(tipo: type) -> Callable[[Any, Any], dict[str, Any]] | None:
    """What gives the context of pages of this type: its own, or of the nearest type it comes from."""
    return _piu_vicino(_contesti, tipo)


def permessi(tipo: type) -> type | None:
    """The permission tester of pages of this type: its own, or of the nearest type it comes from."""
    return _piu_vicino(_permessi, tipo)


def scopri() -> None:
    """Import what registers, in every app of ours."""
    for app in apps.get_app_configs():
        if Path(app.path).parent == settings.BASE_DIR:
            for modulo in MODULI:
                if module_has_submodule(app.module, modulo):
                    import_module(f"{app.name}.{modulo}")


def _piu_vicino(registro, tipo):
    return next((registro[classe] for classe in tipo.__mro__ if classe in registro), None)
