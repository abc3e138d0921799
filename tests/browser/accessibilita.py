"""What axe says of a page, against WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe

_AXE = Axe()
_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
LARGHEZZE = (1280, 390)
FERMA = """async () => {
    const fotogramma = () => new Promise(requestAnimationFrame);
    const finiscono = () => document.getAnimations().filter((a) => a.effect.getComputedTiming().endTime < Infinity);
    let quiete = 0;
    while (quiete < 3) {  // what a click opens begins to move a frame or two later
        await fotogramma();
        const mosse = finiscono();
        quiete = mosse.length ? 0 : quiete + 1;
        await Promise.allSettled(mosse.map((mossa) => mossa.finished));
    }
}"""
"""Wait until what moves stands still: half way through a fade, a text has the contrast of nothing that is ever read."""


def violazioni(pagina, dentro=None):
    """One line for each rule and element that fails, in the whole page or in what the selector `dentro` finds."""
    pagina.evaluate(FERMA)
    return [
        f"{violazione['id']}: {nodo['html'][:160]}"
        for violazione in _AXE.run(pagina, context=dentro, options=_WCAG).response["violations"]
        for nodo in violazione["nodes"]
    ]


def esamina(pagina, nome, esito, dentro=None):
    """Add to `esito`, under the name of an open page, what axe finds at both widths and a sideways scroll on a phone.

    The page is loaded once and then made narrow, as a turned tablet is: the load costs more than the look.
    """
    for larghezza in LARGHEZZE:
        pagina.set_viewport_size({"width": larghezza, "height": 900})
        if righe := violazioni(pagina, dentro):
            esito[f"{nome} a {larghezza}"] = righe
    larga = pagina.evaluate("document.documentElement.scrollWidth")
    if larga > LARGHEZZE[-1]:
        esito[f"{nome} sul telefono"] = [f"larga {larga} pixel"]
