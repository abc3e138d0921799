"""What the frame of every public page needs: menu, footer, breadcrumbs, addresses, data for search engines."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from django import template
from django.core.paginator import Page as PaginaDiElenco
from django.core.serializers.json import DjangoJSONEncoder
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from wagtail.models import Site

from ..albero import albero_di
from ..formati.telefoni import leggibili

register = template.Library()


@dataclass(frozen=True)
class VoceDiMenu:
    """A link of the frame. `corrente` is the value of its aria-current, empty where we are not; `tipo` is the
    page type, in lower case; `chiave` the end of its address, for a page in another language the code of it."""

    titolo: str
    url: str
    tipo: str
    corrente: str = ""
    chiave: str = ""
    url_intero: str = ""


@dataclass(frozen=True)
class Navigazione:
    menu: list[VoceDiMenu]
    piede: list[VoceDiMenu]
    briciole: list[VoceDiMenu]
    lingue: list[VoceDiMenu]

    @property
    def tipi(self) -> dict[str, VoceDiMenu]:
        """The first link of the frame to each type of page."""
        return {voce.tipo: voce for voce in reversed([*self.menu, *self.piede])}


@register.simple_tag(takes_context=True)
def navigazione(context):
    """Menu (pages of the first two levels shown in menus), footer (the others of the first), breadcrumbs, and the
    pages of the menu that are in another language."""
    request = context["request"]
    pagina = context.get("page")
    albero = albero_di(request, pagina)
    qui = {p.pk for p in albero.via} if pagina is not None else set()
    oltre = "indirizzo_canonico" in context  # a view that the page has besides itself: the page is another place

    def voce(p):
        corrente = "" if p.pk not in qui else "page" if p.pk == pagina.pk and not oltre else "true"
        return VoceDiMenu(
            p.title,
            p.get_url(request) or "",
            p.cached_content_type.model,
            corrente,
            p.slug,
            p.get_full_url(request) or "",
        )

    def altrove(p):
        return getattr(p.specific_class, "in_altra_lingua", False)

    return Navigazione(
        menu=[voce(p) for p in albero.menu if not altrove(p)],
        piede=[voce(p) for p in albero.rami if not p.show_in_menus],
        briciole=[voce(p) for p in albero.via] if pagina is not None and len(albero.via) > 1 else [],
        lingue=[voce(p) for p in albero.menu if altrove(p)],
    )


@register.simple_tag(takes_context=True)
def url_canonico(context):
    """The full address of the page, without filters; empty for what is not a page.

    A view that a page has besides itself puts its own in the context, as `indirizzo_canonico`. From its second page
    on, a list that nothing narrows has other things in it, and an address of its own.
    """
    if "indirizzo_canonico" in context:
        return context["indirizzo_canonico"]
    pagina = context.get("page")
    indirizzo = (pagina.get_full_url(context["request"]) or "") if pagina is not None and pagina.pk else ""
    if indirizzo and context["request"].GET.keys() == {"pagina"}:
        numeri = (valore.number for valore in context.flatten().values() if isinstance(valore, PaginaDiElenco))
        numero = next(numeri, 1)
        return f"{indirizzo}?pagina={numero}" if numero > 1 else indirizzo
    return indirizzo


@register.simple_tag(takes_context=True)
def descrizione_breve(context):
    """What search engines and shared links say of the page; a view besides a page puts its own, as `descrizione`."""
    return context.get("descrizione") or getattr(context.get("page"), "descrizione", "")


@register.simple_tag(takes_context=True)
def url_intero(context, file):
    """The full address of a static file, for who reads it from elsewhere."""
    sito = Site.find_for_request(context["request"])
    return urljoin(sito.root_url if sito else "", static(file))


@register.simple_tag(takes_context=True)
def query_con(context, **valori):
    """The current query string with `valori` replaced; an empty value drops its key."""
    dati = context["request"].GET.copy()
    for chiave, valore in valori.items():
        if valore in (None, ""):
            dati.pop(chiave, None)
        else:
            dati[chiave] = valore
    return f"?{dati.urlencode()}" if dati else "?"


@register.filter
def tipo(pagina):
    """What kind of page it is, as a visitor would say it."""
    modello = pagina.specific_class
    return capfirst(getattr(modello, "nome_pubblico", "") or modello._meta.verbose_name) if modello else ""


@register.simple_tag
def json_ld(tipo, **proprieta):
    """A schema.org data block for search engines; empty properties are left out. It is data, nothing runs."""
    piene = {nome: valore for nome, valore in proprieta.items() if valore}
    return blocco_json_ld({"@context": "https://schema.org", "@type": tipo, **piene})


@register.simple_tag
def blocco_json_ld(dati):
    """The same, of data that are ready."""
    testo = json.dumps(dati, cls=DjangoJSONEncoder, ensure_ascii=False)
    for carattere in "<>&":
        testo = testo.replace(carattere, f"\\u{ord(carattere):04x}")
    return mark_safe(f'<script type="application/ld+json">{testo}</script>')  # noqa: S308  (no < left in it)


@register.filter(is_safe=True)
@stringfilter
def in_una_riga(testo):
    """Words with one space between them, however the template wraps them: for a title."""
    return " ".join(testo.split())


@register.filter
def spezzabile(indirizzo):
    """An e-mail address that may go to a new line before its @ and its dots."""
    return format_html_join(mark_safe("<wbr>"), "{}", ((pezzo,) for pezzo in re.split(r"(?=[@.])", indirizzo)))


@register.filter
def numeri(telefono):
    """The numbers of a telephone field, each with its link; none of one that cannot be dialled as it is written."""
    return leggibili(telefono)
