"""Addresses of the batch look-up."""

from django.urls import URLPattern, path

from consulta.batch import views

urlpatterns: list[URLPattern] = [
    path("lote/", views.ask, name="batch"),
    path("lote/<uuid:pk>/", views.answer, name="batch-answer"),
]
