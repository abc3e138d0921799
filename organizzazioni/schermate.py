"""What screens of the admin have in common: for whom they are."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from .permissions import e_manager


class DelManagerMixin:
    """For the managers, whatever Django permissions others hold; to these it is refused or, `nascosta`, not there."""

    nascosta = False

    def dispatch(self, request, *args, **kwargs):
        if not e_manager(request.user):
            raise Http404 if self.nascosta else PermissionDenied
        return super().dispatch(request, *args, **kwargs)
