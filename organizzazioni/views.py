"""Public views: accepting an invitation."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from . import operazioni
from .models import Distretto, Incarico, Organizzazione
from .secondo_fattore import entra


@sensitive_post_parameters()
@never_cache
def invito(request, persona, gettone):
    """The invited person chooses a password and is in; a link used or expired says what to do next."""
    invitata = _invitata(persona)
    if invitata is None or not default_token_generator.check_token(invitata, gettone):
        distretto = Distretto.for_request(request)
        contesto = {"email": distretto.email, "giorni": settings.PASSWORD_RESET_TIMEOUT // 86400}
        return render(request, "organizzazioni/invito_scaduto.html", contesto, status=410)
    form = SetPasswordForm(invitata, request.POST or None)
    if form.is_valid():
        operazioni.accetta_invito(invitata, form.cleaned_data["new_password1"])
        return entra(request, invitata, reverse("wagtailadmin_home"))
    return render(request, "organizzazioni/invito.html", {"form": form, "invitata": invitata})


@never_cache
def senza_accesso(request):
    """Who signed in and may do nothing here reads why, and whom to ask."""
    persona, oggi = request.user, timezone.localdate()
    propri = Incarico.objects.filter(persona=persona).select_related("gruppo")
    contesto = {
        "persona": persona,
        "spente": Organizzazione.objects.filter(gruppo__user=persona, attiva=False),
        "futuri": propri.filter(dal__gt=oggi, finito_il=None, gruppo__organizzazione=None),
        "finiti": propri.exclude(finito_il=None).order_by("-finito_il")[:1],
        "email": Distretto.for_request(request).email,
    }
    return render(request, "organizzazioni/senza_accesso.html", contesto, status=403)


def _invitata(codificata):
    """The active person whose id is in the link, or None."""
    try:
        chiave = int(urlsafe_base64_decode(codificata))
    except (ValueError, OverflowError):
        return None
    return get_user_model().objects.filter(pk=chiave, is_active=True).first() if chiave < 2**63 else None
