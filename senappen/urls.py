"""The routes: each app brings its own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from senappen import api_guide, home, issued, metrics
from senappen.lib import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("credentialing.urls")),
    path("", include("audit.urls")),
    path("", include("consulta.urls")),
    path("", include("ingestion.urls")),
    path("", include("oversight.urls")),
    path("api/v1/", include("senappen.api_urls")),
    path("auditoria/conferir/", issued.page, name="issued"),
    path("inicio/", home.page, name="home"),
    path("ajuda/", home.guide, name="guide"),
    path("ajuda/api/", api_guide.page, name="api-guide"),
    path("metrics", metrics.page, name="metrics"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error
