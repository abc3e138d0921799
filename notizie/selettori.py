"""The read side of news, press releases and events: one list for all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import Count, DateField, Exists, Max, Min, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Cast, Coalesce, ExtractYear, Least
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page
from wagtail.query import PageQuerySet

from base.durata import vale_un_minuto
from base.elenchi import senza_riservate
from base.percorsi import madre, percorso_della_madre, sotto
from cura.scheda import Luogo, Nome
from organizzazioni.models import Organizzazione
from organizzazioni.riquadri import Riquadro
from programma.alimentazione import azioni_pubbliche

from .forms import FiltroPezziForm
from .mese import Mese
from .metadati import dati_strutturati
from .models import ComunicatoPage, EventoPage, NotiziaPage, Pezzo, SezioneNotiziePage
from .models.eventi import EventoQuerySet
from .models.pezzi import con_organizzazione

PER_PAGINA = 12
RIGHE_DEL_FLUSSO = 30
COMUNICATI = 5
"""How many press releases the page for the press shows."""
TIPI = {modello.tipo: modello for modello in (NotiziaPage, ComunicatoPage, EventoPage)}


def _nome(modello: type[Page]) -> str:
    return modello._meta.model_name


def pezzi() -> PageQuerySet:
    """Public pieces of every type, as pages: `giorno` is their own date (the first day of an event), `ultimo_giorno`
    the last one, `ordine` the day under which the list has them: an event to come is under the day it was published."""
    giorni = Coalesce(*(f"{_nome(modello)}__data" for modello in TIPI.values()))
    return (
        senza_riservate(Page.objects.live().type(*TIPI.values()))
        .annotate(giorno=giorni)
        .annotate(
            ultimo_giorno=Coalesce("eventopage__data_fine", "giorno"),
            ordine=Least("giorno", Coalesce(Cast("first_published_at", DateField()), "giorno")),
        )
        .order_by("-ordine", "-pk")
    )


def leggi(pagine: Iterable[Any], con_immagini: bool = True) -> list:
    """The pieces behind `pagine` (from `pezzi`, sliced), each as its own type, with `organizzazione_nome` and image.

    One query whatever their number, and one more for the renditions.
    """
    legami = [_nome(modello) + ("__immagine" if con_immagini else "") for modello in TIPI.values()]
    trovati = []
    for riga in con_organizzazione(pagine).select_related(*legami):
        pezzo = getattr(riga, _nome(riga.specific_class))
        pezzo.organizzazione_nome = riga.organizzazione_nome
        trovati.append(pezzo)
    if con_immagini:
        prefetch_related_objects([pezzo.immagine for pezzo in trovati if pezzo.immagine], "renditions")
    return trovati


def _che_realizzano(azioni: Iterable[int]) -> Q:
    """The `Q` of pieces that realise one of `azioni` (primary keys)."""
    filtro = Q(pk__in=[])
    for modello in TIPI.values():
        legami = modello.azioni_realizzate.through.objects.filter(azionepage__in=azioni)
        filtro |= Q(pk__in=legami.values(_nome(modello)))
    return filtro


def _azioni_realizzate(madre: Any) -> QuerySet:
    """Keys of the actions that live pieces below the page `madre` realise."""
    legami = [
        modello.azioni_realizzate.through.objects.filter(
            sotto([madre.path], f"{_nome(modello)}__path"), **{f"{_nome(modello)}__live": True}
        ).values("azionepage")
        for modello in TIPI.values()
    ]
    return legami[0].union(*legami[1:])


def _nella_sezione(sezioni: Any) -> Exists:
    """The condition of pages right below one of `sezioni`."""
    return Exists(sezioni.filter(path=percorso_della_madre(OuterRef("path"))))


def _filtra(pagine: PageQuerySet, scelte: Mapping[str, Any]) -> QuerySet:
    """`pagine` narrowed by the filters chosen."""
    if "tipo" in scelte:
        pagine = pagine.type(TIPI[scelte["tipo"]])
    if "organizzazione" in scelte:
        sezione = SezioneNotiziePage.objects.filter(organizzazione__chiave=scelte["organizzazione"])
        pagine = pagine.filter(_nella_sezione(sezione))
    if "azione" in scelte:
        pagine = pagine.filter(_che_realizzano([scelte["azione"]]))
    if "anno" in scelte:
        pagine = pagine.filter(giorno__year=scelte["anno"])
    if "dal" in scelte:
        pagine = pagine.filter(ultimo_giorno__gte=scelte["dal"])
    if "al" in scelte:
        pagine = pagine.filter(giorno__lte=scelte["al"])
    return pagine


@dataclass(frozen=True)
class Conto:
    """How many pieces of a type, of a year, an organisation has: its key and its name."""

    anno: int
    tipo: str
    organizzazione: str
    nome: str
    quanti: int

    def vale(self, scelte: Mapping[str, Any]) -> bool:
        return all(getattr(self, nome) == valore for nome, valore in scelte.items())


def _conti(tutti: Any) -> list:
    """The counts of the pieces in `tutti`: one query, whatever the filters."""
    righe = (
        con_organizzazione(tutti.order_by(), organizzazione="chiave")
        .annotate(anno=ExtractYear("giorno"))
        .values_list("anno", "content_type", "organizzazione", "organizzazione_nome")
        .annotate(quanti=Count("pk"))
    )
    tipi = {ContentType.objects.get_for_model(modello).pk: tipo for tipo, modello in TIPI.items()}
    return [Conto(anno, tipi[tipo], *resto) for anno, tipo, *resto in righe]


def contesto_elenco(pagina: Page, dati: Mapping[str, str]) -> dict:
    """What is below `pagina` (the index or one section), filtered by the GET parameters `dati`, newest first.

    `archivio` is {year: how many}, from the newest.
    """
    tutti = pezzi().descendant_of(pagina)
    conti = _conti(tutti)
    per_anno: Counter[int] = Counter()
    for conto in conti:
        per_anno[conto.anno] += conto.quanti
    archivio = dict(sorted(per_anno.items(), reverse=True))
    di_tutte = not isinstance(pagina, SezioneNotiziePage)
    di_chi = {conto.organizzazione: conto.nome for conto in conti} if di_tutte else {}
    organizzazioni = sorted(di_chi.items(), key=lambda voce: voce[1])
    form = FiltroPezziForm(dati, organizzazioni, azioni_pubbliche(_azioni_realizzate(pagina)), archivio)
    pagine = Paginator(_filtra(tutti, form.scelte), PER_PAGINA)
    if form.scelte.keys() <= {"anno", "tipo", "organizzazione"}:
        pagine.count = sum(conto.quanti for conto in conti if conto.vale(form.scelte))
    trovati = pagine.get_page(dati.get("pagina"))
    trovati.object_list = leggi(trovati.object_list)
    return {"form": form, "filtrata": bool(form.scelte), "pezzi": trovati, "archivio": archivio}


def recenti(pagina: Page) -> list:
    """The newest pieces below `pagina`, for its feed."""
    return leggi(pezzi().descendant_of(pagina)[:RIGHE_DEL_FLUSSO], con_immagini=False)


def eventi_da_un_anno(pagina: Page, oggi: date) -> EventoQuerySet:
    """The events below `pagina` that ended in the last year, go on or are to come, for its calendar."""
    eventi = EventoPage.objects.descendant_of(pagina).tra(oggi - timedelta(days=365), date.max)
    return eventi.con_organizzazione()


def ultimi_comunicati(pagina: Page) -> list:
    """The newest press releases below `pagina`."""
    return leggi(pezzi().descendant_of(pagina).type(ComunicatoPage)[:COMUNICATI], con_immagini=False)


def mese_da_aprire(pagina: Page) -> Mese:
    """The month of the next event below `pagina`; that of today where nothing is to come."""
    prossimo = EventoPage.objects.descendant_of(pagina).prossimi(timezone.now()).values_list("data", flat=True).first()
    return Mese.di(max(prossimo or date.min, timezone.localdate()))


def contesto_mese(pagina: Page, mese: Mese) -> dict:
    """The table of `mese` for the events below `pagina`, and the months before and after that lead to others."""
    tutti = EventoPage.objects.descendant_of(pagina)
    eventi = list(tutti.tra(mese.primo, mese.ultimo).con_organizzazione())
    estremi = tutti.pubblici().con_ultimo_giorno().aggregate(prima=Min("data"), ultima=Max("ultimo_giorno"))
    prima, ultima = estremi["prima"], estremi["ultima"]
    return {
        "mese": mese,
        "eventi": eventi,
        "lunghi": mese.lunghi(eventi),
        "settimane": mese.settimane(eventi),
        "precedente": min(mese.prima, Mese.di(ultima)) if prima and prima < mese.primo else None,
        "successivo": max(mese.dopo, Mese.di(prima)) if ultima and ultima > mese.ultimo else None,
        "oggi": timezone.localdate(),
    }


def ultime_e_prossimi(notizie: int, eventi: int) -> tuple[list, list]:
    """The newest `notizie` news and press releases, and the first `eventi` events that are not over now: one query."""
    ultime = pezzi().type(NotiziaPage, ComunicatoPage)[:notizie].values("pk")
    prossimi = EventoPage.objects.prossimi(timezone.now())[:eventi].values("pk")
    trovati = leggi(pezzi().filter(Q(pk__in=ultime) | Q(pk__in=prossimi)), con_immagini=False)
    in_arrivo = [pezzo for pezzo in trovati if isinstance(pezzo, EventoPage)]
    if any(evento.data <= timezone.localdate() for evento in in_arrivo):
        vale_un_minuto()
    in_ordine = sorted(in_arrivo, key=lambda e: (e.data, e.ora_inizio or time.min, e.pk))
    return [pezzo for pezzo in trovati if pezzo not in in_arrivo], in_ordine


def contesto_pezzo(pezzo: Pezzo, request: HttpRequest | None) -> dict:
    """The actions that it realises and, below, others of the same actions or of the same organisation."""
    realizzate = pezzo.azioni_realizzate.values_list("id", flat=True)
    # a preview holds its relations in memory; a page that was saved leaves them to the one query below
    azioni = list(azioni_pubbliche(realizzate if isinstance(realizzate, QuerySet) else list(realizzate)))
    sorelle = sotto([madre(pezzo.path)]) | _che_realizzano([azione.pk for azione in azioni])
    correlati = pezzi().filter(sorelle).exclude(pk=pezzo.pk)[:3]
    url, copertina = (pezzo.get_full_url(request) or "") if pezzo.pk else "", pezzo.copertina
    return {
        "azioni_realizzate": azioni,
        "correlati": leggi(correlati, con_immagini=False),
        "copertina": copertina,
        "metadati": dati_strutturati(pezzo, url, copertina.full_url if copertina else ""),
    }


def contesto_evento(evento: EventoPage) -> dict:
    """When it is, whether it is over, and the events that are part of it."""
    collaterali = pezzi().filter(eventopage__parte_di=evento.pk).order_by("giorno", "eventopage__ora_inizio", "pk")
    con_altri = evento.pk and not evento.parte_di_id and getattr(evento, "ha_collaterali", True)
    if evento.data <= timezone.localdate() <= evento.quando.fine:
        vale_un_minuto()
    return {
        "quando": evento.quando,
        "finito": evento.quando.finito(timezone.now()),
        "dove": Luogo(evento.luogo, evento.indirizzo, Nome("", evento.comune) if evento.comune else None),
        "collaterali": leggi(collaterali, con_immagini=False) if con_altri else [],
    }


def riquadro_notizie(organizzazione: Organizzazione) -> Riquadro | None:
    """The newest pieces of a body."""
    sezione = SezioneNotiziePage.objects.filter(organizzazione=organizzazione)
    trovati = pezzi().filter(_nella_sezione(sezione))[:6]
    return Riquadro("Notizie ed eventi", "notizie/includes/pezzi.html", leggi(trovati, con_immagini=False))
