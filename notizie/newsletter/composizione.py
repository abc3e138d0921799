"""From an issue to a message: HTML that survives mail programs, and the same in plain text.

The HTML is tables 600 wide with styles on each element, because many programs drop anything else: it is the only place
of the portal where they are allowed. Every address is whole, and none tells who opened it.
"""

import textwrap
from dataclasses import asdict, dataclass
from email.utils import formataddr, parseaddr
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from base.templatetags.sito import tipo
from base.tempo import giorno_in_parole

from .collegamenti import completo, dominio, indirizzo_di_disiscrizione, nome_del_messaggio

LARGA, ALTA = 552, 276
"""Of a picture in the message, in pixels; the file is twice as large, for sharp screens."""

STILI = {
    "p": "margin:0 0 16px;",
    "ul": "margin:0 0 16px;padding-left:24px;",
    "ol": "margin:0 0 16px;padding-left:24px;",
    "li": "margin:0 0 6px;",
    "a": "color:#0b5c52;text-decoration:underline;",
}


@dataclass(frozen=True)
class Racconto:
    """A page as it is told in an issue. `chiave` is its primary key; `immagine` a whole address, or empty."""

    chiave: int
    titolo: str
    sommario: str
    dettaglio: str
    url: str
    immagine: str = ""
    alt: str = ""


def leggi_voci(numero) -> tuple[list[Racconto], list[str]]:
    """The chosen pages that are live and public, in their order, each once; and the titles of those that are not."""
    scelte = dict.fromkeys(scelta.pagina_id for scelta in numero.scelte.all())
    pubbliche = {pagina.pk: pagina for pagina in Page.objects.live().public().filter(pk__in=scelte).specific()}
    mancano = list(Page.objects.filter(pk__in=scelte.keys() - pubbliche.keys()).values_list("title", flat=True))
    return [_voce(pubbliche[chiave]) for chiave in scelte if chiave in pubbliche], mancano


def ancora_pubbliche(numero) -> list[tuple[dict[str, Any], Page]]:
    """What was frozen of an issue, each with its page as it is now: a page withdrawn since is left out."""
    congelate = numero.contenuto.get("voci", [])
    pubbliche = Page.objects.live().public().in_bulk([voce["chiave"] for voce in congelate])
    return [(voce, pubbliche[voce["chiave"]]) for voce in congelate if voce["chiave"] in pubbliche]


def _voce(pagina):
    immagine, alt = _immagine(getattr(pagina, "immagine", None))
    return Racconto(
        pagina.pk,
        pagina.title,
        getattr(pagina, "sommario", ""),
        _dettaglio(pagina),
        pagina.full_url or "",
        immagine,
        alt,
    )


def _dettaglio(pagina):
    """What it is, and of an event when and where, and whether it is still on."""
    parti = [tipo(pagina)]
    if hasattr(pagina, "quando"):
        dove = ", ".join(filter(None, (pagina.luogo, pagina.comune)))
        parti += ["annullato" if pagina.annullato else "", str(pagina.quando), dove]
    return " · ".join(filter(None, parti))


def _immagine(immagine):
    if immagine is None:
        return "", ""
    try:
        variante = immagine.get_rendition(f"fill-{LARGA * 2}x{ALTA * 2}|format-jpeg")
    except SourceImageIOError:
        return "", ""
    return _intero(variante.url), immagine.description


def _intero(indirizzo):
    return urljoin(f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/", indirizzo)


@dataclass(frozen=True)
class Composizione:
    """An issue read once, for as many messages as it takes."""

    contesto: dict[str, Any]

    def html(self, disiscrizione: str) -> str:
        return render_to_string(
            "notizie/newsletter/email/numero.html", {**self.contesto, "disiscrizione": disiscrizione}
        )

    def testo(self, disiscrizione: str) -> str:
        """Lines of 76 characters at most, addresses aside."""
        numero, firma = self.contesto["numero"], self.contesto["firma"]
        blocchi = [f"{numero.titolo}\n{'=' * min(len(numero.titolo), 76)}", _a_capo(numero.sommario)]
        blocchi += [_a_capo(riga) for riga in _righe(self.contesto["parole"])]
        for voce in self.contesto["voci"]:
            righe = [voce["titolo"].upper(), voce["dettaglio"], voce["sommario"]]
            blocchi.append("\n".join([*(_a_capo(riga) for riga in righe if riga), voce["url"]]))
        blocchi += [
            f"Leggi questo numero sul sito:\n{self.contesto['sul_sito']}",
            f"-- \n{firma}\n" + _a_capo("Ricevi questo messaggio perché ti sei iscritto alla newsletter."),
            f"Cancella l'iscrizione:\n{disiscrizione}",
        ]
        return "\n\n".join(blocchi) + "\n"


def componi(numero, voci: list[dict[str, Any]], firma: str) -> Composizione:
    """`voci` are those frozen in the issue, or those that it would have now; `firma` is whose newsletter it is."""
    return Composizione(
        {
            "numero": numero,
            "voci": voci,
            "parole": _parole(numero.parole),
            "firma": firma,
            "larga": LARGA,
            "alta": ALTA,
            "sul_sito": completo("numero", numero.pk),
            "data": giorno_in_parole(timezone.localdate(numero.avviato_il)),
        }
    )


def in_dati(voci: list[Racconto]) -> list[dict[str, Any]]:
    """What is kept of the pages in an issue."""
    return [asdict(voce) for voce in voci]


def messaggio(composizione: Composizione, consegna, connessione) -> EmailMultiAlternatives:
    """The message of one delivery; its Message-ID is its own, should a server see it twice, or send it back."""
    indirizzo = indirizzo_di_disiscrizione(consegna.iscritto)
    email = _messaggio(
        composizione,
        consegna.iscritto.email,
        indirizzo,
        connessione,
        headers={
            "List-Unsubscribe": f"<{indirizzo}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "List-Id": f"Newsletter <newsletter.{dominio()}>",
            "Precedence": "bulk",  # "I am on holiday" is for nobody
            "Message-ID": f"<{nome_del_messaggio(consegna)}>",
        },
    )
    if settings.NEWSLETTER_RIMBALZI:  # who reads sees the sender, who cannot deliver writes here
        email.extra_headers["From"], email.from_email = email.from_email, settings.NEWSLETTER_RIMBALZI
    return email


def messaggio_di_prova(composizione: Composizione, email: str) -> EmailMultiAlternatives:
    """The same to who writes it; its link to leave leads to the page where one subscribes."""
    prova = _messaggio(composizione, email, completo("iscriviti"), None)
    prova.subject = f"[Prova] {prova.subject}"
    return prova


def _messaggio(composizione, a_chi, disiscrizione, connessione, **altro):
    oggetto = " ".join(composizione.contesto["numero"].titolo.split())
    messaggio = EmailMultiAlternatives(
        oggetto,
        composizione.testo(disiscrizione),
        _mittente(composizione.contesto["firma"]),
        [a_chi],
        connection=connessione,
        **altro,
    )
    messaggio.attach_alternative(composizione.html(disiscrizione), "text/html")
    return messaggio


def _mittente(firma):
    """The portal's sender; if it has no name, under that of whose newsletter it is."""
    nome, indirizzo = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((nome or firma, indirizzo))


def _parole(testo):
    """The rich text as mail programs take it: whole addresses, a style on each element."""
    zuppa = BeautifulSoup(expand_db_html(testo), "html.parser")
    for elemento in zuppa.find_all(True):
        if elemento.name == "a" and elemento.get("href"):
            elemento["href"] = _intero(elemento["href"])
        if elemento.name in STILI:
            elemento["style"] = STILI[elemento.name]
    return mark_safe(str(zuppa))  # noqa: S308  (the editor's own text, which Wagtail has cleaned and expanded)


def _righe(html):
    """Paragraphs and items of a rich text; an address is written after its words."""
    zuppa = BeautifulSoup(html, "html.parser")
    for legame in zuppa.find_all("a", href=True):
        indirizzo = str(legame["href"]).removeprefix("mailto:")
        if indirizzo != legame.get_text():
            legame.append(f" ({indirizzo})")
    for elenco in zuppa.find_all(["ul", "ol"]):
        righe = [f"- {' '.join(voce.get_text().split())}" for voce in elenco.find_all("li")]
        elenco.replace_with("\n\n".join(["", *righe, ""]))
    for paragrafo in zuppa.find_all("p"):
        paragrafo.append("\n\n")
    return [" ".join(riga.split()) for riga in zuppa.get_text().split("\n\n") if riga.strip()]


def _a_capo(riga):
    return textwrap.fill(riga, 76, break_long_words=False, break_on_hyphens=False)
