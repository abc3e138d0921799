"""What is new in a list, as a feed and as a calendar: made from sheets, as everything that goes out."""

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from base.feeds import se_cambiato
from base.formati.calendario import Evento, scrivi_ics
from base.formati.caratteri import senza_controlli
from base.percorsi import sotto

from .dichiarazione import Cura

RIGHE = 30
RSS, ICS = FEED = ("novita-rss", "novita-ics")
"""Their addresses, below the list."""


def nuove(cura: Cura, pagina: Any, oggi, quante: int = RIGHE) -> list[tuple[Any, Any]]:
    """The entries below `pagina` that came in the last year, the newest first: (day, entry of the index)."""
    voci = cura.in_pubblico(cura.voci.filter(sotto([pagina.path], "pagina__path")), oggi)
    giorni = cura.novita_di(cura.con_contenuto(voci, *cura.per_la_lista).defer("parole"), oggi)
    return sorted(giorni, key=lambda coppia: (coppia[0], coppia[1].pk), reverse=True)[:quante]


def feed_novita(cura: Cura, pagina: Any, request, quale: str):
    """The new entries below `pagina` as a feed (`novita-rss/`) or a calendar (`novita-ics/`)."""
    voci = nuove(cura, pagina, timezone.localdate())
    scrivi, tipo = {RSS: (rss, "application/rss+xml"), ICS: (calendario, "text/calendar")}[quale]
    return se_cambiato(request, scrivi(cura, pagina, voci, request), tipo)


def rss(cura: Cura, pagina: Any, voci, request):
    """`voci` are (day, entry), the newest first."""
    indirizzo = pagina.get_full_url(request)
    feed = Rss201rev2Feed(
        title=f"{pagina.title}: {cura.le_nuove}",
        link=indirizzo,
        description=cura.novita,
        language="it",
        feed_url=f"{indirizzo}{RSS}/",
    )
    for giorno, voce in voci:
        scheda, url = voce.scheda, voce.contenuto.get_full_url(request)
        feed.add_item(
            title=senza_controlli(scheda.nome),
            link=url,
            description=senza_controlli(scheda.sommario),
            unique_id=url,
            pubdate=_istante(giorno),
            categories=cura.argomenti(scheda),
        )
    return feed.writeString("utf-8")


def calendario(cura: Cura, pagina: Any, voci, request):
    """The day from which each is there."""
    eventi = [
        Evento(
            uid=f"{cura.modello._meta.verbose_name}-{voce.pagina_id}@{request.get_host()}",
            titolo=f"Da oggi: {voce.scheda.nome}",
            inizio=giorno,
            cambiato=_istante(giorno),
            descrizione=voce.scheda.sommario,
            luogo=voce.scheda.dove,
            url=voce.contenuto.get_full_url(request),
            impegna=False,
        )
        for giorno, voce in voci
    ]
    return scrivi_ics(eventi, f"{pagina.title}: {cura.le_nuove}", settings.WAGTAIL_SITE_NAME)


def _istante(giorno):
    return timezone.make_aware(datetime.combine(giorno, time()))
