"""Pieces as a feed, events as a calendar."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from base.formati.calendario import Evento, scrivi_ics
from base.formati.caratteri import senza_controlli


def atom(titolo, url, trovati, request):
    """The feed of `trovati`, the newest first. An entry keeps its identity when its address changes."""
    feed = Atom1Feed(title=senza_controlli(titolo), link=url, description=None, language="it", feed_url=f"{url}atom/")
    for pezzo in trovati:
        pubblicato = pezzo.first_published_at or mezzanotte(pezzo.data)
        feed.add_item(
            title=senza_controlli(_con_stato(pezzo)),
            link=pezzo.get_full_url(request),
            description=senza_controlli(escape(_in_breve(pezzo))),
            unique_id=f"urn:uuid:{pezzo.translation_key}",
            pubdate=pubblicato,
            updateddate=pezzo.last_published_at or pubblicato,
            categories=[pezzo._meta.verbose_name],
            author_name=senza_controlli(pezzo.organizzazione_nome or "") or None,
        )
    return feed.writeString("utf-8")


def calendario(nome, eventi, request):
    """The calendar of `eventi`, those called off included: who had them must see it."""
    return scrivi_ics((in_evento(evento, request) for evento in eventi), nome, settings.WAGTAIL_SITE_NAME)


def in_evento(evento, request):
    """An event as calendars read it, with its public address."""
    quando = evento.quando
    luogo = ", ".join(parte for parte in (evento.luogo, evento.indirizzo, evento.comune) if parte)
    return Evento(
        uid=str(evento.translation_key),
        titolo=_con_stato(evento),
        inizio=quando.inizio,
        fine=quando.termine,
        cambiato=evento.last_published_at or mezzanotte(evento.data),
        descrizione="\n".join(parte for parte in (evento.avviso, evento.sommario) if parte),
        luogo=luogo or evento.collegamento,
        url=evento.get_full_url(request),
        annullato=evento.annullato,
        sequenza=sequenza(evento),
    )


def sequenza(pagina):
    """How many seconds after its first publication the page was last published: it grows with each publication."""
    prima, ultima = pagina.first_published_at, pagina.last_published_at
    return max(0, int((ultima - prima).total_seconds())) if prima and ultima else 0


def _con_stato(pezzo):
    return f"Annullato: {pezzo.title}" if getattr(pezzo, "annullato", False) else pezzo.title


def _in_breve(pezzo):
    quando = f"{str(pezzo.quando).capitalize()}. " if pezzo.tipo == "evento" else ""
    return f"{quando}{pezzo.sommario}"


def mezzanotte(giorno):
    return timezone.make_aware(datetime.combine(giorno, time()))
