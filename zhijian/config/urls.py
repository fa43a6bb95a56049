"""The address table: the pages of each room, and the doors of the program itself."""

from __future__ import annotations

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView

from zhijian.config import health
from zhijian.config.rooms import ROOMS
from zhijian.foundation.api.missing import NoSuchDoor

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("api/openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
    path(
        "api/docs",
        SpectacularSwaggerSplitView.as_view(url_name="openapi", template_name="api_docs.html"),
        name="api-docs",
    ),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path("api/", include(room.api)) for room in ROOMS if room.has_api),
    # Also for addresses with line feeds in them, which no converter takes.
    re_path(r"^api/(?P<rest>[\s\S]+)$", NoSuchDoor.as_view(), name="api-missing"),
    *(path(room.prefix, include(f"{room.package}.urls")) for room in ROOMS),
]
