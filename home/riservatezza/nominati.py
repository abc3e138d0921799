"""Where a person is named, whoever wrote it: to answer who asks what is kept of them, and to take their name away.

Every text of every table of ours is looked at, so that a new one is found without anybody adding it here. A name goes,
what was recognised stays: numbers, dates, states and keys are not touched.
"""

import json
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.urls import NoReverseMatch, reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from organizzazioni.models import Utente
from organizzazioni.persone import tracce

NOSTRE = (
    *("base", "organizzazioni", "programma", "guide", "convenzioni", "notizie"),
    *("home", "cura", "registri", "ascolto", "documenti"),
)
DI_WAGTAIL = (ModelLogEntry, PageLogEntry, Revision)
TOLTO = "[nome tolto]"
OSCURATO = "home.oscura"
CORTA, LUNGA, TANTE = 4, 100, 500
"""Letters that must be asked for, and may be; how many finds of a table are shown."""
RIFATTI = {"cura.voceindice", "cura.insiemefaccetta", "cura.parola", "cura.insiemeparola"}
"""Tables that are made again from the pages: corrected those, the name is not in here any more."""
SIGILLATI = {"programma.chiusura", "guide.istantanea", "documenti.definitivo", "documenti.pubblicazione"}
SIGILLATI |= {"ascolto.sondaggio"}
"""Tables whose text has a fingerprint, or was promised not to change: a name in there is shown, and stays."""
DI_NESSUNO = {"ascolto.rispostaalsondaggio", "ascolto.codice", "ascolto.bozzadirisposta"}
"""What nobody reads one by one, not even to look for a name: words that people wrote are found once they are apart."""


@dataclass(frozen=True)
class Nominato:
    """One row that names the person: `dove` in words, `brani` the texts by field, `url` where it is read."""

    oggetto: models.Model
    dove: str
    brani: dict[str, str]
    url: str

    @property
    def chiave(self) -> str:
        return f"{self.oggetto._meta.label_lower}:{self.oggetto.pk}"

    @property
    def si_oscura(self) -> bool:
        """Pages are corrected by who writes them, accounts are made anonymous, and what is sealed stays."""
        sua = self.oggetto
        if isinstance(sua, Revision):
            return not sua.pubblica  # that of a page that is read, or waits, goes when the page is corrected
        return not isinstance(sua, (Page, Utente)) and sua._meta.label_lower not in SIGILLATI


def cerca(parole: str) -> list[Nominato]:
    """Every row whose text holds `parole`, letters big or small. Raises `ValueError` when they are too few."""
    parole = " ".join(parole.split())
    if not CORTA <= len(parole) <= LUNGA:
        raise ValueError(f"Scrivi da {CORTA} a {LUNGA} lettere")
    return [trovato for modello in _modelli() for trovato in _nella_tabella(modello, parole)]


def esporta(parole: str) -> str:
    """The same as JSON, for who asks what is kept of them."""
    righe = [{"dove": t.dove, "chiave": t.oggetto.pk, "testi": t.brani, "indirizzo": t.url} for t in cerca(parole)]
    return json.dumps({"cercato": parole, "trovato": righe}, ensure_ascii=False, indent=2)


@transaction.atomic
def oscura(parole: str, chiavi: set[str], motivo: str, utente) -> int:
    """Write `TOLTO` in place of `parole` in the rows that `chiavi` names; how many. The log keeps why, never whom."""
    trovati = [t for t in cerca(parole) if t.chiave in chiavi and t.si_oscura]
    for trovato in trovati:
        _oscura_riga(trovato.oggetto, " ".join(parole.split()))
    if trovati:
        log(instance=utente, action=OSCURATO, user=utente, data={"motivo": motivo, "quanti": len(trovati)})
    return len(trovati)


def _modelli():
    nostri = (m for m in apps.get_models() if m._meta.app_label in NOSTRE and not m._meta.proxy)
    return [*(m for m in nostri if m._meta.label_lower not in RIFATTI | DI_NESSUNO), *DI_WAGTAIL]


def _campi(modello):
    """The texts of a table that a person may have written, of its own: not those of the table it extends."""
    propri = modello._meta.fields if issubclass(modello, Page) else modello._meta.local_fields
    return [
        campo
        for campo in propri
        if isinstance(campo, (models.CharField, models.TextField, models.JSONField))
        or campo.get_internal_type() in ("JSONField", "TextField")
        if not getattr(campo, "choices", None) and not campo.primary_key and campo.name not in ("password", "path")
    ]


def _nella_tabella(modello, parole):
    campi = _campi(modello)
    if not campi:
        return
    for oggetto in _righe(modello, campi, parole)[:TANTE]:
        brani = {str(campo.verbose_name): brano for campo in campi if (brano := _brano(_testo(oggetto, campo), parole))}
        if isinstance(oggetto, Utente):
            brani |= {"nome": str(oggetto), "ha scritto o deciso in": ", ".join(sorted(tracce(oggetto)))}
        yield Nominato(oggetto, str(modello._meta.verbose_name).capitalize(), brani, _indirizzo(oggetto))


def _righe(modello, campi, parole):
    testi = {f"_{campo.name}": Cast(campo.name, models.TextField()) for campo in campi}
    if modello is Utente:
        testi["_intero"] = Concat("first_name", Value(" "), "last_name", Value(" "), "first_name")
    righe = models.QuerySet(modello).annotate(**testi)
    if modello is Revision:
        sue = Page.objects.filter(Q(live_revision=OuterRef("pk")) | Q(latest_revision=OuterRef("pk")))
        righe = righe.annotate(pubblica=Exists(sue))
    una_volta = json.dumps(parole)[1:-1]  # accents are escapes in JSON, twice where a text holds JSON of its own
    forme = {parole, una_volta, json.dumps(una_volta)[1:-1]}
    condizioni = (Q(**{f"{nome}__icontains": forma}) for nome in testi for forma in forme)
    return righe.filter(reduce(or_, condizioni)).order_by("pk")


def _testo(oggetto, campo) -> str:
    """What the database holds of it, JSON in letters that people read."""
    testo = getattr(oggetto, f"_{campo.name}") or ""
    if testo and campo.get_internal_type() == "JSONField":
        return json.dumps(_aperto(json.loads(testo)), ensure_ascii=False)
    return testo


def _aperto(valore):
    """`valore`, at whatever depth, with what was JSON inside a text read too."""
    if isinstance(valore, dict):
        return {nome: _aperto(dentro) for nome, dentro in valore.items()}
    if isinstance(valore, list):
        return [_aperto(dentro) for dentro in valore]
    return _aperto(json.loads(valore)) if _e_json(valore) else valore


def _e_json(valore) -> bool:
    try:
        return isinstance(valore, str) and valore[:1] in ("[", "{") and bool(json.loads(valore))
    except ValueError:
        return False


def _brano(testo, parole, intorno=60):
    """Where `parole` stand in `testo`, with some words around."""
    dove = testo.casefold().find(parole.casefold())
    if dove < 0:
        return ""
    inizio, fine = max(0, dove - intorno), dove + len(parole) + intorno
    return ("…" if inizio else "") + testo[inizio:fine] + ("…" if fine < len(testo) else "")


def _indirizzo(oggetto) -> str:
    try:
        if isinstance(oggetto, Page):
            return reverse("wagtailadmin_pages:edit", args=[oggetto.pk])
        if isinstance(oggetto, Utente):
            return reverse("wagtailusers_users:edit", args=[oggetto.pk])
        return oggetto.get_absolute_url()
    except (AttributeError, NoReverseMatch):
        return ""


def _oscura_riga(oggetto, parole):
    righe = models.QuerySet(type(oggetto)).filter(pk=oggetto.pk)
    nuovi = {}
    for campo in _campi(type(oggetto)):
        prima = getattr(oggetto, campo.attname)
        dopo = _senza(prima, parole)
        if dopo == prima:
            continue
        if isinstance(campo, models.EmailField):
            if not campo.blank:  # a row that is there for its address alone
                oggetto.delete()
                return
            dopo = ""
        nuovi[campo.attname] = dopo[: campo.max_length] if campo.max_length and isinstance(dopo, str) else dopo
    righe.update(**nuovi)


def _senza(valore, parole):
    """`valore`, at whatever depth, without `parole`."""
    if _e_json(valore):
        dentro = json.loads(valore)
        return valore if _senza(dentro, parole) == dentro else json.dumps(_senza(dentro, parole))
    if isinstance(valore, str):
        return re.sub(re.escape(parole), TOLTO, valore, flags=re.IGNORECASE)
    if isinstance(valore, dict):
        return {nome: _senza(dentro, parole) for nome, dentro in valore.items()}
    if isinstance(valore, list):
        return [_senza(dentro, parole) for dentro in valore]
    return valore
