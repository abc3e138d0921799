"""The register of section types: what each member gets under each content index.

An app calls `registra` in its `AppConfig.ready`; `operazioni.attiva` walks the register.
"""

from dataclasses import dataclass

from django.apps import apps


@dataclass(frozen=True)
class TipoSezione:
    """One content app's index page and the section page that a member owns below it.

    `indice` and `sezione` are model labels (`"notizie.NotizieIndexPage"`); `titolo` and `slug` are those
    of the index when `carica_programma` makes it, and `posto` where it stands among the others, in the menu too.
    """

    indice: str
    sezione: str
    titolo: str
    slug: str
    posto: int = 0

    @property
    def modello_indice(self):
        return apps.get_model(self.indice)

    @property
    def modello_sezione(self):
        return apps.get_model(self.sezione)


_registro: dict[str, TipoSezione] = {}


def registra(tipo: TipoSezione) -> None:
    """Add a section type; the same label twice keeps the last."""
    _registro[tipo.sezione] = tipo


def tipi() -> list[TipoSezione]:
    """Every registered type, by its place."""
    return sorted(_registro.values(), key=lambda tipo: (tipo.posto, tipo.sezione))
