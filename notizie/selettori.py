"""The read side of news, press releases and events: one list for all of them."""

from django.core.paginator import Paginator
from django.db.models import Count, DateField, Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Cast, Coalesce, ExtractYear, Least, Left, Length
from django.utils import timezone
from wagtail.models import Page

from organizzazioni.riquadri import Riquadro
from programma.alimentazione import azioni_pubbliche

from .forms import FiltroPezziForm
from .models import ComunicatoPage, EventoPage, NotiziaPage, SezioneNotiziePage
from .models.pezzi import con_organizzazione

PER_PAGINA = 12
TIPI = {modello.tipo: modello for modello in (NotiziaPage, ComunicatoPage, EventoPage)}


def _nome(modello):
    return modello._meta.model_name


def pezzi():
    """Live pieces of every type, as pages: `giorno` is their own date (the first day of an event), `ultimo_giorno` the
    last one, `ordine` the day under which the list has them: an event to come is under the day it was published."""
    giorni = Coalesce(*(f"{_nome(modello)}__data" for modello in TIPI.values()))
    return (
        Page.objects.live().type(*TIPI.values())
        .annotate(giorno=giorni)
        .annotate(
            ultimo_giorno=Coalesce("eventopage__data_fine", "giorno"),
            ordine=Least("giorno", Coalesce(Cast("first_published_at", DateField()), "giorno")),
        )
        .order_by("-ordine", "-pk")
    )


def leggi(pagine, con_immagini=True):
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


def _che_realizzano(azioni):
    """The `Q` of pieces that realise one of `azioni` (primary keys)."""
    filtro = Q(pk__in=[])
    for modello in TIPI.values():
        legami = modello.azioni_realizzate.through.objects.filter(azionepage__in=azioni)
        filtro |= Q(pk__in=legami.values(_nome(modello)))
    return filtro


def _azioni_realizzate(sotto):
    """Keys of the actions that live pieces below `sotto` realise."""
    legami = [
        modello.azioni_realizzate.through.objects.filter(
            **{f"{_nome(modello)}__live": True, f"{_nome(modello)}__path__startswith": sotto.path}
        ).values("azionepage")
        for modello in TIPI.values()
    ]
    return legami[0].union(*legami[1:])


def _nella_sezione(sezioni):
    """The condition of pages right below one of `sezioni`."""
    sopra = Left(OuterRef("path"), Length(OuterRef("path")) - Page.steplen)
    return Exists(sezioni.filter(path=sopra))


def _filtra(pagine, scelte):
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


def _organizzazioni_di(indice):
    """Whose the sections below `indice` are that have something to read, by name."""
    sotto = Page.objects.live().filter(path__startswith=OuterRef("path"), depth=OuterRef("depth") + 1)
    sezioni = SezioneNotiziePage.objects.descendant_of(indice).live().filter(Exists(sotto))
    return sorted({sezione.organizzazione for sezione in sezioni.select_related("organizzazione")}, key=str)


def contesto_elenco(pagina, dati):
    """What is below `pagina` (the index or one section), filtered by the GET parameters `dati`, newest first.

    `archivio` is {year: how many}, from the newest.
    """
    tutti = pezzi().descendant_of(pagina)
    anni = tutti.order_by().annotate(anno=ExtractYear("giorno")).values("anno").annotate(quanti=Count("pk"))
    archivio = dict(anni.order_by("-anno").values_list("anno", "quanti"))
    organizzazioni = [] if isinstance(pagina, SezioneNotiziePage) else _organizzazioni_di(pagina)
    form = FiltroPezziForm(dati, organizzazioni, azioni_pubbliche(_azioni_realizzate(pagina)), archivio)
    pagine = Paginator(_filtra(tutti, form.scelte), PER_PAGINA)
    if form.scelte.keys() <= {"anno"}:
        pagine.count = archivio.get(form.scelte["anno"], 0) if form.scelte else sum(archivio.values())
    trovati = pagine.get_page(dati.get("pagina"))
    trovati.object_list = leggi(trovati.object_list)
    return {"form": form, "filtrata": bool(form.scelte), "pezzi": trovati, "archivio": archivio}


def ultimi(quanti):
    """The newest `quanti` news and press releases, with image and organisation."""
    return leggi(pezzi().type(NotiziaPage, ComunicatoPage)[:quanti])


def contesto_pezzo(pezzo):
    """The actions that it realises and, below, others of the same actions or of the same organisation."""
    realizzate = pezzo.azioni_realizzate.values_list("id", flat=True)
    # a preview holds its relations in memory; a page that was saved leaves them to the one query below
    azioni = list(azioni_pubbliche(realizzate if isinstance(realizzate, QuerySet) else list(realizzate)))
    sorelle = Q(path__startswith=pezzo.path[: -Page.steplen]) | _che_realizzano([azione.pk for azione in azioni])
    correlati = pezzi().filter(sorelle).exclude(pk=pezzo.pk)[:3]
    return {"azioni_realizzate": azioni, "correlati": leggi(correlati, con_immagini=False)}


def contesto_evento(evento):
    """When it is, whether it is over, the greater event that it is part of, and those that are part of it."""
    parte_di = evento.parte_di if evento.parte_di_id and evento.parte_di.live else None
    collaterali = pezzi().filter(eventopage__parte_di=evento.pk).order_by("giorno", "eventopage__ora_inizio", "pk")
    return {
        "quando": evento.quando, "finito": evento.quando.finito(timezone.now()), "parte_di": parte_di,
        "collaterali": leggi(collaterali, con_immagini=False) if evento.pk and not evento.parte_di_id else [],
    }


def riquadro_notizie(organizzazione):
    """The newest pieces of a body."""
    sezione = SezioneNotiziePage.objects.filter(organizzazione=organizzazione)
    trovati = pezzi().filter(_nella_sezione(sezione))[:6]
    return Riquadro("Notizie ed eventi", "notizie/includes/pezzi.html", leggi(trovati, con_immagini=False))
