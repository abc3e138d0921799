"""The admin's menu of who has all of it: what goes together is under one heading."""

from collections.abc import Sequence
from dataclasses import dataclass

from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from organizzazioni.permissions import e_manager


@dataclass(frozen=True)
class GruppoDiMenu:
    """A heading, and the names of the items that go below it; it takes the place of the first of them."""

    nome: str
    etichetta: str
    icona: str
    voci: tuple[str, ...]


GRUPPI = (
    GruppoDiMenu(
        "lavoro",
        "Programma",
        "clipboard-list",
        (
            "evidenze",
            "punteggio",
            "programmi",
            "riunioni",
            "progetti",
            "formazione",
            "intermediazione",
            "misure",
            "sondaggi",
            "consultazioni",
            "calendario",
            "documenti-dell-anno",
        ),
    ),
    GruppoDiMenu("comunicazione", "Comunicazione", "mail", ("piano-editoriale", "prenotazioni", "newsletter")),
    GruppoDiMenu("accordi", "Convenzioni", "form", ("convenzioni", "card")),
    GruppoDiMenu("rete", "Organizzazioni", "group", ("organizzazioni", "aderenti")),
    GruppoDiMenu("archivio", "File", "image", ("images", "documents")),
)


def raggruppa(voci: Sequence[MenuItem], gruppi: Sequence[GruppoDiMenu] = GRUPPI) -> list[MenuItem]:
    """`voci`, already those that may be seen, with those of each group under its heading; one alone stays as it is."""
    restano = list(voci)
    for gruppo in gruppi:
        sue = [voce for voce in restano if voce.name in gruppo.voci]
        if len(sue) > 1:
            ordine = min(voce.order for voce in sue)
            restano = [voce for voce in restano if voce not in sue]
            restano.append(
                SubmenuMenuItem(
                    gruppo.etichetta, Menu(items=sue), name=gruppo.nome, icon_name=gruppo.icona, order=ordine
                )
            )
    return restano


def menu_del_manager(request, voci):
    """Who has few items sees them all at once: only the manager's are grouped."""
    if e_manager(request.user):
        voci[:] = raggruppa(voci)
