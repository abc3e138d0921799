"""The calendar of a year for who works in the network: meetings, events, deadlines, in one table and one file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from base.formati.calendario import Evento, scrivi_ics
from base.tempo import MESI, PRIMO_ANNO, ULTIMO_ANNO
from base.views import PaginaAdminMixin
from notizie.feeds import in_evento
from notizie.models import EventoPage
from programma.models import ProgrammaPage, TermineInterno
from programma.operazioni import cambia_indirizzo
from programma.selettori import riassunto
from programma.views.lavoro import calendario_segreto
from registri.models import Rilevazione
from registri.permissions import legge_i_nomi, puo_aprire
from registri.riunioni import selettori
from registri.riunioni.notifiche import in_calendario

SPAZIO = "agenda"


@dataclass(frozen=True)
class Appuntamento:
    """One row of the calendar: what it is, where it is read, and how calendars read it."""

    genere: str
    evento: Evento
    url: str

    @property
    def giorno(self) -> date:
        inizio = self.evento.inizio
        return timezone.localdate(inizio) if isinstance(inizio, datetime) else inizio

    @property
    def ora(self) -> datetime | None:
        return self.evento.inizio if isinstance(self.evento.inizio, datetime) else None


def appuntamenti(request, anno: int, utente) -> list[Appuntamento]:
    """Meetings that `utente` may open, public events, the internal deadlines that they read and those of the year."""
    trovati = [*_riunioni(utente, anno), *_eventi(request, anno), *_scadenze(utente, anno)]
    return sorted(trovati, key=lambda uno: (uno.giorno, str(uno.ora or ""), uno.evento.titolo))


def _riunioni(utente, anno) -> Iterable[Appuntamento]:
    for riunione in selettori.dell_anno(utente, anno):
        url = riunione.get_absolute_url()
        yield Appuntamento("Riunione", in_calendario(riunione), url)


def _eventi(request, anno) -> Iterable[Appuntamento]:
    for evento in EventoPage.objects.live().public().filter(data__year=anno):
        yield Appuntamento("Evento", in_evento(evento, request), evento.get_url(request) or "")


def _scadenze(utente, anno) -> Iterable[Appuntamento]:
    casa = reverse("programma:scadenze")
    for termine in TermineInterno.objects.visibili_a(utente).filter(giorno__year=anno).select_related("azione"):
        yield Appuntamento("Termine", riassunto.in_evento(riassunto.del_termine(termine)), casa)
    for rilevazione in Rilevazione.objects.visibili_a(utente).filter(scade_il__year=anno):
        titolo = f"{rilevazione}: ultimo giorno per rispondere"
        scadenza = riassunto.Scadenza(f"misure-{rilevazione.anno}", titolo, rilevazione.scade_il, rilevazione.aperta_il)
        yield Appuntamento("Scadenza", riassunto.in_evento(scadenza), rilevazione.get_absolute_url())
    for programma in ProgrammaPage.objects.filter(scadenza__year=anno).exclude(stato=ProgrammaPage.Stato.BOZZA):
        yield Appuntamento("Scadenza", riassunto.in_evento(riassunto.del_programma(programma)), casa)


class AgendaMixin(PaginaAdminMixin):
    """For who works in the network; the others find nothing here."""

    header_icon = "date"

    def dispatch(self, request, *args, **kwargs):
        if not puo_aprire(request.user) or not PRIMO_ANNO <= kwargs.get("anno", PRIMO_ANNO) <= ULTIMO_ANNO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class QuestAnnoView(AgendaMixin, View):
    def get(self, request):
        return redirect(f"{SPAZIO}:anno", timezone.localdate().year)


class AnnoView(AgendaMixin, View):
    template_name = "home/admin/agenda.html"

    def get_page_title(self):
        return f"Calendario {self.kwargs['anno']}"

    def get_header_buttons(self):
        return [
            HeaderButton("Scarica ICS", url=reverse(f"{SPAZIO}:ics", args=[self.kwargs["anno"]]), icon_name="download")
        ]

    def get(self, request, anno):
        trovati = appuntamenti(request, anno, request.user)
        tutto, chiave = legge_i_nomi(request.user), riassunto.chiave_dell_indirizzo(request.user)
        return self.mostra(
            anno=anno,
            mesi=[(nome, [uno for uno in trovati if uno.giorno.month == n]) for n, nome in enumerate(MESI, start=1)],
            quanti=len(trovati),
            prima=anno - 1 if anno > PRIMO_ANNO else None,
            dopo=anno + 1 if anno < ULTIMO_ANNO else None,
            cadenze=selettori.cadenze_dell_anno(anno, timezone.localdate()) if tutto else [],
            sedi=selettori.sedi_dell_anno(anno) if tutto else [],
            presenze=selettori.presenze_del_manager(anno) if tutto else [],
            indirizzo=request.build_absolute_uri(reverse("calendario", args=[chiave])) if chiave else "",
        )


class CalendarioView(AgendaMixin, View):
    def get(self, request, anno):
        eventi = [uno.evento for uno in appuntamenti(request, anno, request.user)]
        nome = f"Calendario {anno}"
        risposta = HttpResponse(scrivi_ics(eventi, nome, settings.WAGTAIL_SITE_NAME), "text/calendar; charset=utf-8")
        risposta["Content-Disposition"] = f'attachment; filename="calendario-{anno}.ics"'
        risposta["Cache-Control"] = "private, no-store"
        return risposta


class IndirizzoView(AgendaMixin, View):
    """Give the calendars of the person a secret address, another one, or none."""

    def post(self, request):
        if (azione := request.POST.get("azione")) not in ("crea", "togli"):
            raise Http404
        cambia_indirizzo(request.user, togli=azione == "togli")
        messages.success(request, "Fatto: un indirizzo di prima non vale più")
        return redirect(f"{SPAZIO}:quest_anno")


@require_safe
def calendario(request, chiave):
    """This year and the next behind the secret address of a person's calendars: what they read, and no more."""
    persona = riassunto.persona_dell_indirizzo(chiave)
    if persona is None or not puo_aprire(persona):
        raise Http404
    anno = timezone.localdate().year
    trovati = [uno for quale in (anno, anno + 1) for uno in appuntamenti(request, quale, persona)]
    return calendario_segreto([uno.evento for uno in trovati], "Calendario del Distretto")


urlpatterns = [
    path("indirizzo/", IndirizzoView.as_view(), name="indirizzo"),
    path("", QuestAnnoView.as_view(), name="quest_anno"),
    path("<int:anno>/", AnnoView.as_view(), name="anno"),
    path("<int:anno>/ics/", CalendarioView.as_view(), name="ics"),
]
