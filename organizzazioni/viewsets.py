"""The manager's screens: organisations, their people, invitations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from . import operazioni
from .forms import InvitoForm, SpostaForm
from .models import Organizzazione, Utente
from .schermate import DelManagerMixin
from .secondo_fattore import con_secondo_fattore

SPAZIO = "gestione_organizzazioni"


class ElencoView(DelManagerMixin, IndexView):
    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .annotate(numero_persone=Count("gruppo__user", filter=Q(gruppo__user__is_active=True)))
        )

    def get_edit_url(self, instance):
        return reverse(f"{SPAZIO}:persone", args=[instance.pk])

    @cached_property
    def columns(self):
        return [
            TitleColumn("denominazione", label="Organizzazione", get_url=self.get_edit_url, sort_key="denominazione"),
            Column("get_settore_display", label="Settore", sort_key="settore"),
            Column("aderente_dal", label="Aderente dal", accessor=_aderente_dal, sort_key="aderente_dal"),
            BooleanColumn("attiva", label="Attiva", sort_key="attiva"),
            Column("numero_persone", label="Persone", sort_key="numero_persone"),
        ]


def _aderente_dal(organizzazione):
    return date_format(organizzazione.aderente_dal, "d/m/Y") if organizzazione.aderente_dal else ""


class NuovaView(DelManagerMixin, CreateView):
    def save_instance(self):
        with transaction.atomic():
            organizzazione = super().save_instance()
            operazioni.crea_pagina(organizzazione)
        return organizzazione

    def get_success_url(self):
        return reverse(f"{SPAZIO}:persone", args=[self.object.pk])


class ModificaView(DelManagerMixin, EditView):
    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.fields["chiave"].disabled = True
        form.fields["chiave"].help_text = "Non si cambia: i file e le importazioni la usano"
        return form

    @property
    def header_buttons(self):
        return [
            HeaderButton(
                "Persone e accesso",
                url=reverse(f"{SPAZIO}:persone", args=[self.object.pk]),
                icon_name="group",
                icon_only=False,
            )
        ]


class SchermataView(DelManagerMixin, WagtailAdminTemplateMixin):
    """A screen of ours about one organisation, inside the admin's frame."""

    header_icon = "group"

    @cached_property
    def organizzazione(self):
        return get_object_or_404(Organizzazione, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.organizzazione) if "pk" in self.kwargs else ""

    def get_breadcrumbs_items(self):
        via = [{"url": reverse(f"{SPAZIO}:index"), "label": "Organizzazioni"}]
        if "pk" in self.kwargs:
            scheda = reverse(f"{SPAZIO}:persone", args=[self.organizzazione.pk])
            via.append({"url": scheda, "label": str(self.organizzazione)})
        return [*super().get_breadcrumbs_items(), *via, {"url": "", "label": self.get_page_title()}]


class PersoneView(SchermataView, TemplateView):
    """Who acts for an organisation, who is still to accept, and whether it is active."""

    page_title = "Persone e accesso"
    template_name = "organizzazioni/admin/persone.html"

    def get_context_data(self, **kwargs):
        persone = con_secondo_fattore(self.organizzazione.persone).order_by("last_name", "first_name", "pk")
        return super().get_context_data(
            organizzazione=self.organizzazione,
            persone=persone,
            pagina=getattr(self.organizzazione, "pagina", None),
            **kwargs,
        )


class InvitaView(SchermataView, FormView):
    """Invite a person; `?organizzazione=` (a key) is ticked already."""

    page_title = "Invita una persona"
    header_icon = "mail"
    template_name = "organizzazioni/admin/invita.html"
    form_class = InvitoForm

    def get_initial(self):
        chiave = self.request.GET.get("organizzazione", "")
        return {"organizzazioni": Organizzazione.objects.attive().filter(chiave=chiave)}

    def form_valid(self, form):
        dati = form.cleaned_data
        try:
            persona = operazioni.invita(
                dati["email"], dati["nome"], dati["cognome"], dati["organizzazioni"], self.request.user, dati["al"]
            )
        except ValidationError as errore:
            form.add_error(None, errore)
            return self.form_invalid(form)
        messages.success(self.request, f"Invito spedito a {persona} ({persona.email})")
        return redirect(f"{SPAZIO}:persone", dati["organizzazioni"][0].pk)


class ConfermaView(SchermataView, TemplateView):
    """Ask before activating or deactivating, then do it."""

    template_name = "organizzazioni/admin/conferma.html"
    operazione = None
    fatto = ""
    testo = ""
    serio = False

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            organizzazione=self.organizzazione, testo=self.testo, serio=self.serio, **kwargs
        )

    def post(self, request, *args, **kwargs):
        type(self).operazione(self.organizzazione, request.user)
        messages.success(request, f"{self.organizzazione}: {self.fatto}")
        return redirect(f"{SPAZIO}:persone", self.organizzazione.pk)


class AttivaView(ConfermaView):
    page_title = "Attiva l'organizzazione"
    operazione = staticmethod(operazioni.attiva)
    fatto = "ora è attiva"
    testo = "Le sue persone potranno aggiungere contenuti nelle proprie sezioni e inviare evidenze."


class DisattivaView(ConfermaView):
    page_title = "Disattiva l'organizzazione"
    operazione = staticmethod(operazioni.disattiva)
    fatto = "ora non è attiva"
    testo = (
        "Le sue persone non potranno più entrare per suo conto. I contenuti pubblicati restano pubblici e ciò che "
        "aspetta approvazione resta in coda. La puoi riattivare quando vuoi."
    )
    serio = True


class PersonaView(DelManagerMixin, View):
    """What a button does to one person of an organisation; only by POST."""

    http_method_names = ["post"]

    def post(self, request, pk, persona):
        organizzazione = get_object_or_404(Organizzazione, pk=pk)
        self.esegui(organizzazione, get_object_or_404(Utente, pk=persona, groups=organizzazione.gruppo_id))
        return redirect(f"{SPAZIO}:persone", pk)


class TogliView(PersonaView):
    def esegui(self, organizzazione, persona):
        operazioni.togli_persona(organizzazione, persona, self.request.user)
        messages.success(self.request, f"{persona} non lavora più per {organizzazione}")


class RinvitaView(PersonaView):
    def esegui(self, organizzazione, persona):
        try:
            operazioni.invita(persona.email, persona.first_name, persona.last_name, [organizzazione], self.request.user)
        except ValidationError as errore:
            messages.error(self.request, " ".join(errore.messages))
        else:
            messages.success(self.request, f"Nuovo invito spedito a {persona} ({persona.email})")


class SpostaView(SchermataView, FormView):
    """A person goes from one body to another."""

    page_title = "Sposta la persona"
    template_name = "organizzazioni/admin/sposta.html"
    form_class = SpostaForm

    @cached_property
    def persona(self):
        return get_object_or_404(Utente, pk=self.kwargs["persona"], groups=self.organizzazione.gruppo_id)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "da": self.organizzazione}

    def get_context_data(self, **kwargs):
        return super().get_context_data(persona=self.persona, organizzazione=self.organizzazione, **kwargs)

    def form_valid(self, form):
        nuova = form.cleaned_data["organizzazione"]
        try:
            operazioni.sposta_persona(self.persona, self.organizzazione, nuova, self.request.user)
        except ValidationError as errore:
            form.add_error(None, errore)
            return self.form_invalid(form)
        messages.success(self.request, f"{self.persona} ora lavora per {nuova}")
        return redirect(f"{SPAZIO}:persone", nuova.pk)


class OrganizzazioneViewSet(ModelViewSet):
    """The register of the network: facts, people, access."""

    model = Organizzazione
    name = SPAZIO
    url_prefix = "organizzazioni"
    icon = "group"
    menu_label = "Organizzazioni"
    menu_order = 300
    add_to_admin_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = ElencoView
    add_view_class = NuovaView
    edit_view_class = ModificaView
    ordering = "denominazione"
    list_filter = ["attiva", "settore", "natura"]
    search_fields = ["denominazione", "nome_breve", "chiave"]
    search_backend_name = None
    form_fields = [
        "denominazione",
        "nome_breve",
        "chiave",
        "natura",
        "settore",
        "capofila",
        "aderente_dal",
        "aderente_fino_al",
        "family_audit",
        "family_audit_dal",
        "family_audit_fino_al",
        "family_in_trentino",
        "family_in_trentino_dal",
        "family_in_trentino_fino_al",
    ]

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("invita/", InvitaView.as_view(), name="invita"),
            path("<int:pk>/persone/", PersoneView.as_view(), name="persone"),
            path("<int:pk>/attiva/", AttivaView.as_view(), name="attiva"),
            path("<int:pk>/disattiva/", DisattivaView.as_view(), name="disattiva"),
            path("<int:pk>/persone/<int:persona>/togli/", TogliView.as_view(), name="togli"),
            path("<int:pk>/persone/<int:persona>/sposta/", SpostaView.as_view(), name="sposta"),
            path("<int:pk>/persone/<int:persona>/invita/", RinvitaView.as_view(), name="rinvita"),
        ]
