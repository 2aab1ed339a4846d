"""Addresses of the API's own door, under /api/v1/."""

from django.urls import path

from credentialing.api import schema  # noqa: F401 - its extensions register themselves
from credentialing.api.views import PurposesView, TokensView

app_name = "credentialing-api"
urlpatterns = [
    path("tokens/", TokensView.as_view(), name="tokens"),
    path("purposes/", PurposesView.as_view(), name="purposes"),
]
