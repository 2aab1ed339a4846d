"""Addresses of the consultation under /api/v1/: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from consulta.search.api import SearchView

app_name = "consulta-api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", SearchView.as_view(), name="search"),
]
