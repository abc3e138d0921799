"""The manual of `docs/manuale/`, served inside the admin: the chapters, their pictures, what «Aiuto» opens."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import markdown
from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.views import View

from base.views import PaginaAdminMixin

SPAZIO = "manuale"
CARTELLA = settings.BASE_DIR / "docs" / "manuale"
CAPITOLI = ("referenti", "comunicare", "manager", "newsletter", "coordinamento-e-acs")
"""In the order in which they are offered."""


@dataclass(frozen=True)
class CapitoloDelManuale:
    """A chapter as it is read: `indice` are its sections, each with the end of its address."""

    nome: str
    titolo: str
    testo: SafeString
    indice: tuple[tuple[str, str], ...]


@cache
def capitolo(nome: str) -> CapitoloDelManuale:
    """The chapter of this name. The text is ours: it comes with the program, and changes with it."""
    scritto = (CARTELLA / f"{nome}.md").read_text(encoding="utf-8")
    titolo, _, corpo = scritto.removeprefix("# ").partition("\n")
    corpo = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"\1", corpo)  # what the admin does not serve is named and no more
    corpo = re.sub(r"\]\(([a-z-]+)\.md(#[^)]*)?\)", lambda m: f"]({_indirizzo(m[1])}{m[2] or ''})", corpo)
    corpo = re.sub(r"\]\(immagini/([^)]+)\)", lambda m: f"]({reverse(f'{SPAZIO}:immagine', args=[m[1]])})", corpo)
    lettore = markdown.Markdown(extensions=["toc", "tables", "sane_lists"])
    testo = lettore.convert(corpo)
    voci: list[dict[str, Any]] = lettore.toc_tokens  # type: ignore[attr-defined]  (of its extension)
    return CapitoloDelManuale(nome, titolo, mark_safe(testo), tuple((v["name"], v["id"]) for v in voci))  # noqa: S308


def _indirizzo(nome: str) -> str:
    return reverse(f"{SPAZIO}:capitolo", args=[nome])


class ManualeView(PaginaAdminMixin, View):
    """All the chapters."""

    page_title = "Manuale"
    header_icon = "help"
    template_name = "home/admin/manuale.html"

    def get(self, request):
        return self.mostra(capitoli=[capitolo(nome) for nome in CAPITOLI])


class CapitoloView(PaginaAdminMixin, View):
    """One chapter."""

    header_icon = "help"
    template_name = "home/admin/capitolo.html"

    def get_page_title(self):
        return capitolo(self.kwargs["nome"]).titolo

    def percorso(self):
        return [{"url": reverse(f"{SPAZIO}:manuale"), "label": ManualeView.page_title}]

    def get(self, request, nome):
        if nome not in CAPITOLI:
            raise Http404
        return self.mostra(capitolo=capitolo(nome))


class ImmagineView(View):
    """A picture of the manual."""

    def get(self, request, nome):
        if nome not in {file.name for file in (CARTELLA / "immagini").iterdir()}:
            raise Http404
        return FileResponse((CARTELLA / "immagini" / nome).open("rb"))


urlpatterns = [
    path("", ManualeView.as_view(), name="manuale"),
    path("<slug:nome>/", CapitoloView.as_view(), name="capitolo"),
    path("immagini/<str:nome>", ImmagineView.as_view(), name="immagine"),
]


def aiuto_nostro(request, voci):
    """«Aiuto»: the manual in the place of two addresses of others, in English."""
    voci[:] = [voce for voce in voci if not voce.url.startswith("http")]
