"""Addresses of the search."""

from django.urls import URLPattern, path

from consulta.search import views

urlpatterns: list[URLPattern] = [
    path("busca/", views.ask, name="search"),
    path("b/<uuid:pk>/", views.results, name="results"),
]
