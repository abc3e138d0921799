"""What axe says of a page, against WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()
_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violazioni(pagina, dentro=None):
    """One line for each rule and element that fails, in the whole page or in what the selector `dentro` finds."""
    return [
        f"{violazione['id']}: {nodo['html'][:160]}"
        for violazione in _AXE.run(pagina, context=dentro, options=_WCAG).response["violations"]
        for nodo in violazione["nodes"]
    ]
