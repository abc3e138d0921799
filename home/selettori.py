"""The read side of the home page and of search."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page

from base.elenchi import senza_riservate
from base.percorsi import madre, sotto
from convenzioni.selettori import ultime_convenzioni
from cura.elenco import POCHE, VICINI
from cura.graduatoria import Graduatoria
from cura.ovunque import SITO, cerca_nel_sito, leggi_risultati
from cura.registro import cura_di, cura_di_ambito
from cura.ricerca import Esito
from guide.models import ServizioPage
from guide.selettori import momenti, prossime_scadenze, ultimi_servizi
from notizie.models import ComunicatoPage, EventoPage, NotiziaPage
from notizie.selettori import ultime_e_prossimi
from organizzazioni.selettori import pubbliche
from programma.selettori.pubblici import azioni_per_area, programma_corrente

from .models import ContenutoPage, HomePage

RISULTATI_PER_PAGINA = 10
SILENZIO = 90
"""Days without anything new after which the manager is told."""
MOMENTI = 8
"""How many moments of life the home page begins from: what fits in the first screen of a phone."""


def contesto_home(pagina: HomePage) -> dict:
    """The moments of life to begin from, and the sections that the manager chose, in their order: (kind, what it
    shows), each kind once, none empty."""
    scelte = {sezione.tipo: sezione.quanti for sezione in pagina.sezioni.all()}
    notizie, eventi = ultime_e_prossimi(scelte.get("notizie", 0), scelte.get("eventi", 0))
    pezzi = {"notizie": notizie, "eventi": _questa_settimana(eventi)}
    lette = [(tipo, pezzi[tipo] if tipo in pezzi else LETTORI[tipo](pagina, n)) for tipo, n in scelte.items()]
    return {"momenti": momenti()[:MOMENTI], "sezioni": [(tipo, voci) for tipo, voci in lette if voci]}


def _programma(pagina: Page, quanti: int) -> dict | None:
    programma = programma_corrente()
    if programma is None:
        return None
    aree, fuori = azioni_per_area(programma)
    azioni = [azione for _, dell_area in aree for azione in dell_area] + fuori
    return {"programma": programma, "azioni": len(azioni), "fatte": sum(bool(azione.contenuti) for azione in azioni)}


def _questa_settimana(eventi: list[EventoPage]) -> dict | None:
    """Those of the next seven days; when there are none, the first to come."""
    entro = timezone.localdate() + timedelta(days=6)
    vicini = [evento for evento in eventi if evento.data <= entro]
    return {"eventi": vicini or eventi, "questa_settimana": bool(vicini)} if eventi else None


def _aderenti(pagina: Page, quanti: int) -> list:
    return list(pubbliche().aderenti_al(timezone.localdate()).order_by("aderente_dal", "denominazione"))


LETTORI = {
    "programma": _programma,
    "scadenze": lambda pagina, quanti: prossime_scadenze(quanti, timezone.localdate()),
    "convenzioni": lambda pagina, quanti: ultime_convenzioni(pagina, quanti),
    "servizi": lambda pagina, quanti: ultimi_servizi(quanti),
    "aderenti": _aderenti,
}


@dataclass(frozen=True)
class Genere:
    """A kind of entry among the results: how it is called in addresses and by who reads, and how many there are."""

    chiave: str
    nome: str
    ambiti: frozenset[str]
    quanti: int


def contesto_cerca(testo: str, tipo: str, numero: int) -> dict:
    """What the page of results shows for `testo`, of the kind `tipo` alone. An unknown kind narrows nothing."""
    trovato = cerca_nel_sito(testo, timezone.localdate())
    esito = trovato.esito if trovato else Esito()
    generi = _generi(esito.risposte)
    scelto = next((genere for genere in generi if genere.chiave == tipo), None)
    quali = esito.risposte.degli_ambiti(*scelto.ambiti) if scelto else esito.risposte
    pagina = Paginator(quali, RISULTATI_PER_PAGINA).get_page(numero)
    pagina.object_list = leggi_risultati(trovato, list(pagina.object_list)) if trovato else []
    poche = len(quali) < POCHE and scelto is None
    guida = cura_di(ServizioPage)
    return {
        "trovato": trovato,
        "risultati": pagina,
        "generi": generi,
        "tipo": scelto.chiave if scelto else "",
        "quasi": leggi_risultati(trovato, esito.quasi[:VICINI]) if trovato and poche else [],
        "numeri": trovato.nomi.emergenze if trovato and (not quali or trovato.pericolo) else [],
        "vana": trovato is not None and trovato.e_vana(SITO),
        "guida": guida.url if not quali else "",
    }


def _generi(risposte: Graduatoria) -> list[Genere]:
    """The kinds of `risposte`, in the order of their best; those that are called the same are one."""
    per_nome: dict[str, Counter[str]] = {}
    for ambito in risposte.ambiti():
        conto = per_nome.setdefault(cura_di_ambito(ambito).tipo, Counter())
        conto[ambito] = risposte.parte(ambito).bit_count()
    return [Genere(min(conto), nome, frozenset(conto), conto.total()) for nome, conto in per_nome.items()]


def sottopagine(pagina: Page) -> list[ContenutoPage]:
    """The public pages right below a plain page, in the order of the tree."""
    if not pagina.numchild:
        return []
    return list(senza_riservate(ContenutoPage.objects.child_of(pagina).live()).order_by("path"))


def rami_del_sito(radice: Page) -> list[tuple[Page, list[Page]]]:
    """The public pages of the first level, each with those right below it, in the order of the tree: one query."""
    livelli = range(radice.depth + 1, radice.depth + 3)
    rami: dict[str, tuple[Page, list[Page]]] = {}
    pagine = Page.objects.live().filter(sotto([radice.path]), depth__in=livelli).order_by("path")
    for pagina in senza_riservate(pagine):
        if pagina.depth == livelli[0]:
            rami[pagina.path] = (pagina, [])
        elif madre(pagina.path) in rami:
            rami[madre(pagina.path)][1].append(pagina)
    return list(rami.values())


def ferme_da(oggi: date) -> date | None:
    """The day on which news, press releases or events last came out, if that was too long before `oggi`."""
    pezzi = Page.objects.live().type(NotiziaPage, ComunicatoPage, EventoPage)
    ultima = pezzi.aggregate(ultima=Max("first_published_at"))["ultima"]
    giorno = timezone.localdate(ultima) if ultima else None
    return giorno if giorno and (oggi - giorno).days >= SILENZIO else None


def da_completare() -> list[tuple[ContenutoPage, list]]:
    """The pages, as they were last written, where something is left for the District to say, and what."""
    trovate = []
    for pagina in ContenutoPage.objects.select_related("latest_revision").order_by("title"):
        ultima = pagina.get_latest_revision_as_object() if pagina.has_unpublished_changes else pagina
        mancano = [blocco.value for blocco in ultima.corpo if blocco.block_type == "da_completare"]
        if mancano:
            trovate.append((pagina, mancano))
    return trovate
