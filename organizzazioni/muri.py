"""The walls between organisations, where Wagtail's own admin has holes. It only ever refuses.

Measured on Wagtail 8.0.1: the explorer's header, the page choosers, the forms and the confirmations that copy and move,
the bulk actions, the admin API and two reports name pages, images and tags of others. `tests/test_muri_admin.py` walks
them all.
"""

from django.db.models import F
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.auth import permission_denied
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from base.chiavi import chiavi_in
from base.percorsi import via

from .models import Incarico, Utente
from .operazioni import applica_incarichi
from .permissions import e_coordinamento, e_manager
from .views import senza_accesso

# Views about one page (or about adding below it): parameter names of their URLs.
_UNA_PAGINA = ("page_id", "parent_page_id", "page_to_move_id")
# What is sent to the views that copy, move and add pages: keys of pages, named in full where they are refused.
_PAGINE_INVIATE = ("new_parent_page", "parent_page", "chooser")
_DEI_MANAGER = ("wagtailadmin_reports:", "wagtailadmin_tag_", "wagtailadmin_workflows:task_cho")
_DELLA_REDAZIONE = (
    "wagtailadmin_pages:",
    "wagtailadmin_explore",
    "wagtailadmin_choose_",
    "wagtailadmin_api:",
    "wagtailadmin_block_",
    "wagtailadmin_editing_sessions:",
    "wagtail_bulk_action",
    "wagtailimages",
    "wagtaildocs",
    "wagtailembeds",
    "wagtailsnippets",
)
_SCRIVERE = ("add", "change", "publish")
SENZA_ACCESSO = (
    "wagtailadmin_log",
    "wagtailadmin_password",
    "wagtailadmin_sprite",
    "wagtailadmin_java",
    "account_",
    "mfa_",
)
"""What who has no rights left may still open, by the beginning of its name: the door, in and out."""
_DI_NESSUNO = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:")


def pagine_gestite(utente):
    """Pages in which `utente` has something to do, and those above them (a QuerySet)."""
    return policy_registry.get_by_type(Page).explorable_instances(utente)


def pagine_da_collegare(utente):
    """Pages whose title `utente` may see in a chooser: their own, and the public ones with no other title waiting."""
    pubbliche = Page.objects.live().public().filter(draft_title=F("title"))
    return pubbliche | Page.objects.filter(pk__in=pagine_gestite(utente).order_by().values("pk"))


def gestisce(utente, pk):
    """Whether the page with id `pk` is among those `utente` manages, or waits for their approval."""
    if pagine_gestite(utente).filter(pk=pk).exists():
        return True
    pagina = Page.objects.filter(pk=pk).first()
    return pagina is not None and pagina.specific.permissions_for_user(utente).can_edit()


def _puo_collegare(utente, chiavi):
    chiavi = {chiave for chiave in chiavi if str(chiave).isdigit()}
    return pagine_da_collegare(utente).filter(pk__in=chiavi).count() == len(chiavi)


def _redige(utente):
    """Whether `utente` writes or approves pages at all: who only reads evidence does neither."""
    return e_coordinamento(utente) or policy_registry.get_by_type(Page).user_has_any_permission(utente, _SCRIVERE)


def ammette(request, nome, argomenti):
    """Whether the admin view called `nome`, with the URL's `argomenti`, is open to who asks."""
    utente = request.user
    if not utente.is_authenticated or utente.is_superuser:
        return True  # Wagtail sends the first to the login, and hides nothing from the second
    if nome.startswith(_DI_NESSUNO):
        return False
    if nome.startswith(_DEI_MANAGER):
        return e_manager(utente)
    if nome.startswith(_DELLA_REDAZIONE) and not _redige(utente):
        return False
    if nome.startswith("wagtailadmin_choose_page"):
        scelte = [argomenti["parent_page_id"]] if "parent_page_id" in argomenti else request.GET.getlist("id")
        return _puo_collegare(utente, scelte)
    pagine = [argomenti[parametro] for parametro in _UNA_PAGINA if parametro in argomenti]
    if nome.startswith(("wagtailadmin_pages:", "wagtail_bulk_action")):
        pagine += chiavi_in(chiave for parametro in _PAGINE_INVIATE for chiave in request.POST.getlist(parametro))
    return all(gestisce(utente, pagina) for pagina in pagine)


def chi_possiede(request):
    """Whom the filter of owners offers: those of the pages that the person manages, not everybody's."""
    return Utente.objects.filter(pk__in=pagine_gestite(request.user).order_by().values("owner"))


def chi_ha_scritto(request):
    """The same, of the filter of who edited."""
    scritture = PageLogEntry.objects.filter(
        action="wagtail.edit", page__in=pagine_gestite(request.user).order_by().values("pk")
    )
    return Utente.objects.filter(pk__in=scritture.order_by().values("user"))


class MuriMiddleware:
    """Ask `ammette` before every view of the admin, those that an upgrade adds included."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if request.user.is_authenticated and not request.resolver_match.view_name.startswith(SENZA_ACCESSO):
            oggi = timezone.localdate()
            if Incarico.objects.da_applicare(oggi).filter(persona=request.user).exists():
                applica_incarichi(oggi)
                request.user = Utente.objects.get(pk=request.user.pk)  # without the rights that it remembers
            if not request.user.has_perm("wagtailadmin.access_admin"):
                return senza_accesso(request)
        return None if ammette(request, request.resolver_match.view_name, kwargs) else permission_denied(request)


class SenzaNominareAltri:
    """A bulk action that does not name what the person may not act upon, and takes keys only where it asks for keys:
    what is chosen with none is not found, a place that is none is a field left empty."""

    def dispatch(self, request, *args, **kwargs):
        scelti = [chiave for chiave in request.GET.getlist("id") if chiave != "all"]
        sotto_a = request.GET.getlist("childOf")
        if len(chiavi_in([*scelti, *sotto_a])) < len(scelti) + len(sotto_a):
            raise Http404
        inviate = request.POST.copy()
        for parametro in _PAGINE_INVIATE:
            if parametro in inviate:
                inviate.setlist(parametro, [str(chiave) for chiave in chiavi_in(inviate.getlist(parametro))])
        request.POST = inviate
        return super().dispatch(request, *args, **kwargs)

    def get_actionable_objects(self):
        oggetti, contesto = super().get_actionable_objects()
        if self.action_type == "delete" and issubclass(self.model, Page):  # what goes away with another of them
            percorsi = {pagina.path for pagina in oggetti}
            oggetti = [pagina for pagina in oggetti if percorsi.isdisjoint(via(pagina.path)[:-1])]
        return oggetti, {**contesto, "items_with_no_access": []}


def senza_nominare_altri(azione):
    """The bulk action `azione`, discreet."""
    return type(azione.__name__, (SenzaNominareAltri, azione), {"__module__": __name__})
