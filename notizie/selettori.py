"""The read side of news."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet

from organizzazioni.riquadri import Riquadro
from programma.alimentazione import azioni_pubbliche

from .forms import FiltroNotizieForm
from .models import NotiziaPage, SezioneNotiziePage

PER_PAGINA = 12


def _filtro(scelte):
    """The `Q` of the chosen filters."""
    filtro = Q()
    if "organizzazione" in scelte:
        filtro &= Q(organizzazione_chiave=scelte["organizzazione"])
    if "azione" in scelte:
        filtro &= Q(pk__in=NotiziaPage.azioni_realizzate.through.objects.filter(azionepage=scelte["azione"])
                    .values("notiziapage"))
    if "anno" in scelte:
        filtro &= Q(data__year=scelte["anno"])
    return filtro


def _anni(sezioni):
    """Years from the newest news to the oldest."""
    if not sezioni:
        return []
    return range(max(s.ultima for s in sezioni).year, min(s.prima for s in sezioni).year - 1, -1)


def contesto_elenco(pagina, dati):
    """News below `pagina` (the index or one section), filtered by the GET parameters `dati`, newest first."""
    notizie = NotiziaPage.objects.descendant_of(pagina).live()
    sezioni = list(SezioneNotiziePage.objects.descendant_of(pagina, inclusive=True).live().con_notizie())
    di_tutte = not isinstance(pagina, SezioneNotiziePage)
    organizzazioni = sorted((s.organizzazione for s in sezioni), key=str) if di_tutte else []
    realizzate = NotiziaPage.azioni_realizzate.through.objects.filter(notiziapage__in=notizie).values("azionepage")
    form = FiltroNotizieForm(dati, organizzazioni, azioni_pubbliche(realizzate), _anni(sezioni))
    trovate = notizie.con_organizzazione().filter(_filtro(form.scelte))
    pagine = Paginator(trovate.piu_recenti().con_immagine(), PER_PAGINA)
    return {"form": form, "filtrata": bool(form.scelte), "notizie": pagine.get_page(dati.get("pagina"))}


def ultime(quante):
    """The newest `quante` live news, with image and organisation."""
    return list(NotiziaPage.objects.live().con_organizzazione().con_immagine().piu_recenti()[:quante])


def contesto_notizia(notizia):
    """Actions that it realises and, below, other news of the same actions or of the same organisation."""
    realizzate = notizia.azioni_realizzate.values_list("id", flat=True)
    # a preview holds its relations in memory; a page that was saved leaves them to the one query below
    azioni = list(azioni_pubbliche(realizzate if isinstance(realizzate, QuerySet) else list(realizzate)))
    sorelle = Q(organizzazione_chiave=notizia.organizzazione_chiave) | Q(azioni_realizzate__in=[a.pk for a in azioni])
    correlate = NotiziaPage.objects.live().con_organizzazione().filter(sorelle).exclude(pk=notizia.pk)
    return {"azioni_realizzate": azioni, "correlate": list(correlate.distinct().piu_recenti()[:3])}


def riquadro_notizie(organizzazione):
    """The newest news of a body."""
    notizie = NotiziaPage.objects.live().con_organizzazione().filter(organizzazione_chiave=organizzazione.chiave)
    return Riquadro("Notizie", "notizie/includes/riquadro_notizie.html", list(notizie.piu_recenti()[:6]))
