"""New conventions as a feed and as a calendar: made from sheets, as everything that goes out."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from base.formati.calendario import Evento, scrivi_ics
from base.formati.caratteri import senza_controlli


def rss(pagina, voci, request):
    """`voci` are (first day, voice), the newest first."""
    indirizzo = pagina.get_full_url(request)
    flusso = Rss201rev2Feed(
        title=f"{pagina.title}: le nuove",
        link=indirizzo,
        description="Le convenzioni più recenti del Distretto",
        language="it",
        feed_url=f"{indirizzo}novita-rss/",
    )
    for giorno, voce in voci:
        url = voce.convenzione.get_full_url(request)
        flusso.add_item(
            title=senza_controlli(voce.scheda.nome),
            link=url,
            description=senza_controlli(voce.scheda.sommario),
            unique_id=url,
            pubdate=_istante(giorno),
            categories=[voce.scheda.categoria_nome],
        )
    return flusso.writeString("utf-8")


def calendario(pagina, voci, request):
    """The day on which each begins to hold."""
    eventi = [
        Evento(
            uid=f"convenzione-{voce.convenzione_id}@{request.get_host()}",
            titolo=f"Da oggi: {voce.scheda.nome}",
            inizio=giorno,
            cambiato=_istante(giorno),
            descrizione=voce.scheda.sommario,
            luogo=voce.scheda.dove,
            url=voce.convenzione.get_full_url(request),
            impegna=False,
        )
        for giorno, voce in voci
    ]
    return scrivi_ics(eventi, f"{pagina.title}: le nuove", settings.WAGTAIL_SITE_NAME)


def _istante(giorno):
    return timezone.make_aware(datetime.combine(giorno, time()))
