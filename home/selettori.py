"""The read side of the home page and of search."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.utils import timezone

from convenzioni.selettori import ultime_convenzioni
from cura.elenco import POCHE, VICINI
from cura.ovunque import SITO, cerca_nel_sito, emergenze, leggi_risultati
from cura.registro import cura_di, cura_di_ambito
from cura.ricerca import Esito
from guide.models import ServizioPage
from guide.selettori import ultimi_servizi
from notizie.selettori import prossimi_eventi, ultimi
from organizzazioni.selettori import pubbliche
from programma.selettori.pubblici import azioni_per_area, programma_corrente

from .models import ContenutoPage

RISULTATI_PER_PAGINA = 10


def contesto_home(pagina) -> dict:
    """The sections that the manager chose, in their order: (kind, what it shows), each kind once, none empty."""
    scelte = {sezione.tipo: sezione.quanti for sezione in pagina.sezioni.all()}
    lette = [(tipo, LETTORI[tipo](pagina, quanti)) for tipo, quanti in scelte.items()]
    return {"sezioni": [(tipo, voci) for tipo, voci in lette if voci]}


def _programma(pagina, quanti) -> dict | None:
    programma = programma_corrente()
    if programma is None:
        return None
    aree, fuori = azioni_per_area(programma)
    return {"programma": programma, "aree": aree, "azioni_fuori_programma": fuori}


def _aderenti(pagina, quanti) -> list:
    return list(pubbliche().aderenti_al(timezone.localdate()).order_by("aderente_dal", "denominazione"))


LETTORI = {
    "programma": _programma,
    "notizie": lambda pagina, quanti: ultimi(quanti),
    "eventi": lambda pagina, quanti: prossimi_eventi(quanti),
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


def contesto_cerca(testo, tipo, numero) -> dict:
    """What the page of results shows for `testo`, of the kind `tipo` alone. An unknown kind narrows nothing."""
    trovato = cerca_nel_sito(testo, timezone.localdate())
    esito = trovato.esito if trovato else Esito()
    generi = _generi(esito.risposte)
    scelto = next((genere for genere in generi if genere.chiave == tipo), None)
    quali = [voce for voce in esito.risposte if scelto is None or voce[0] in scelto.ambiti]
    pagina = Paginator(quali, RISULTATI_PER_PAGINA).get_page(numero)
    pagina.object_list = leggi_risultati(trovato, pagina.object_list) if trovato else []
    poche = len(quali) < POCHE and scelto is None
    guida = cura_di(ServizioPage)
    return {
        "trovato": trovato,
        "risultati": pagina,
        "generi": generi,
        "tipo": scelto.chiave if scelto else "",
        "quasi": leggi_risultati(trovato, esito.quasi[:VICINI]) if trovato and poche else [],
        "numeri": emergenze() if not quali or trovato.pericolo else [],
        "vana": trovato is not None and trovato.e_vana(SITO),
        "guida": guida.url if not quali else "",
    }


def _generi(voci) -> list[Genere]:
    """The kinds of `voci`, in the order of their best; those that are called the same are one."""
    per_nome = {}
    for ambito, _ in voci:
        per_nome.setdefault(cura_di_ambito(ambito).tipo, Counter())[ambito] += 1
    return [Genere(min(conto), nome, frozenset(conto), conto.total()) for nome, conto in per_nome.items()]


def da_completare() -> list[tuple[ContenutoPage, list]]:
    """The pages, as they were last written, where something is left for the District to say, and what."""
    trovate = []
    for pagina in ContenutoPage.objects.select_related("latest_revision").order_by("title"):
        ultima = pagina.get_latest_revision_as_object() if pagina.has_unpublished_changes else pagina
        mancano = [blocco.value for blocco in ultima.corpo if blocco.block_type == "da_completare"]
        if mancano:
            trovate.append((pagina, mancano))
    return trovate
