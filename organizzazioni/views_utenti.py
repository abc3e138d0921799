"""The users, as Wagtail lists and edits them; in place of deleting, the two right things."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users
from wagtail.users.views.bulk_actions.user_bulk_action import UserBulkAction

from base.views import PaginaAdminMixin

from . import operazioni
from .models import Utente
from .permissions import puo_chiudere_accesso

SPAZIO = "wagtailusers_users"


def _bottoni(utente, persona):
    """Deactivate, make anonymous, take a lost second factor away, where `utente` may."""
    if not puo_chiudere_accesso(utente, persona):
        return []
    scelte = [("Rendi anonima", reverse(f"{SPAZIO}:anonima", args=[persona.pk]), "view")]
    if persona.is_active:
        scelte += [
            ("Disattiva", reverse(f"{SPAZIO}:disattiva", args=[persona.pk]), "lock"),
            ("Azzera il secondo fattore", reverse("azzera_secondo_fattore", args=[persona.pk]), "key"),
        ]
    return [Button(scritta, url=url, icon_name=icona, priority=20) for scritta, url, icona in scelte]


class ElencoView(users.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("groups")

    @cached_property
    def columns(self):
        nome, *altre = [c for c in super().columns if c.name != "bulk_actions"]
        ruoli = Column("ruoli", label="Ruoli", accessor=lambda persona: ", ".join(_nomi_dei_gruppi(persona)))
        return [c for c in super().columns if c.name == "bulk_actions"] + [nome, ruoli, *altre]

    def get_delete_url(self, instance):
        return None

    def get_list_more_buttons(self, instance):
        return [*super().get_list_more_buttons(instance), *_bottoni(self.request.user, instance)]


def _nomi_dei_gruppi(persona):
    suoi = sorted(gruppo.name for gruppo in persona.groups.all())
    return ["Superutente", *suoi] if persona.is_superuser else suoi


class ModificaView(users.EditView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.can_delete = False

    @cached_property
    def header_more_buttons(self):
        return [*super().header_more_buttons, *_bottoni(self.request.user, self.object)]


class NonSiEliminaView(View):
    """The address where Wagtail would delete: it says what to do instead, and does nothing."""

    permission_required = "delete"

    def dispatch(self, request, *args, pk, **kwargs):
        persona = get_object_or_404(Utente, pk=pk)
        if not puo_chiudere_accesso(request.user, persona):
            raise PermissionDenied
        messages.warning(request, f"{persona} non si elimina: si può disattivare, o rendere anonima")
        return redirect(f"{SPAZIO}:edit", pk)


class ChiudiView(PaginaAdminMixin, TemplateView):
    """Ask, then deactivate a person or make them anonymous."""

    template_name = "organizzazioni/admin/chiudi_accesso.html"
    header_icon = "user"
    anonima = False

    def dispatch(self, request, *args, **kwargs):
        if not puo_chiudere_accesso(request.user, self.persona):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def persona(self):
        return get_object_or_404(Utente, pk=self.kwargs["pk"])

    def get_page_title(self):
        return "Rendi anonima" if self.anonima else "Disattiva"

    def percorso(self):
        return [
            {"url": reverse(f"{SPAZIO}:index"), "label": "Utenti"},
            {"url": reverse(f"{SPAZIO}:edit", args=[self.persona.pk]), "label": str(self.persona)},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(persone=[self.persona], anonima=self.anonima, **kwargs)

    def post(self, request, *args, **kwargs):
        nome = str(self.persona)
        if self.anonima:
            operazioni.anonimizza(self.persona, request.user)
            messages.success(request, f"{nome} ora è {self.persona}: nome e indirizzo non ci sono più")
        else:
            operazioni.chiudi_accesso(self.persona, request.user)
            messages.success(request, f"{nome} non può più entrare")
        return redirect(f"{SPAZIO}:index")


class UtentiViewSet(users.UserViewSet):
    index_view_class = ElencoView
    edit_view_class = ModificaView

    @property
    def delete_view(self):
        return NonSiEliminaView.as_view()

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/disattiva/", ChiudiView.as_view(), name="disattiva"),
            path("<int:pk>/anonima/", ChiudiView.as_view(anonima=True), name="anonima"),
        ]


class RendiAnonimeBulkAction(UserBulkAction):
    """In the place of Wagtail's own «delete», whose address it keeps."""

    display_name = "Rendi anonime"
    action_type = "delete"
    aria_label = "Rendi anonime le persone scelte"
    template_name = "organizzazioni/admin/rendi_anonime.html"
    action_priority = 100
    classes = {"serious"}

    def check_perm(self, obj):
        return puo_chiudere_accesso(self.request.user, obj)

    def get_execution_context(self):
        return {"user": self.request.user}

    @classmethod
    def execute_action(cls, objects, user=None, **kwargs):
        for persona in objects:
            operazioni.anonimizza(persona, user)
        return len(objects), 0

    def get_success_message(self, num_parent_objects, num_child_objects):
        return "Una persona è anonima" if num_parent_objects == 1 else f"{num_parent_objects} persone sono anonime"
