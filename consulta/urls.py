"""Addresses of the consultation: each part brings its own."""

from django.urls import URLPattern, URLResolver

from consulta.search import urls as search

app_name = "consulta"
urlpatterns: list[URLPattern | URLResolver] = [
    *search.urlpatterns,
]
