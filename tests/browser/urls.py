"""The portal's URLs, with media files served as the proxy does on the public site."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

from cms.urls import handler404, handler500
from cms.urls import urlpatterns as del_portale

__all__ = ["handler404", "handler500", "urlpatterns"]

urlpatterns = [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}), *del_portale]
