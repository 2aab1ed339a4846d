"""The API, version 1: each app brings its own addresses."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularJSONAPIView

from credentialing.permissions import IsVerified

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("credentialing.api_urls")),
    path("", include("consulta.api_urls")),
    path("schema/", SpectacularJSONAPIView.as_view(permission_classes=[IsVerified]), name="api-schema"),
]
