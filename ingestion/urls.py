"""Addresses of the connectors. Origin codes and ids of loads and rejections identify nobody."""

from django.urls import path

from ingestion.screens import views

app_name = "ingestion"
urlpatterns = [
    path("conectores/", views.connectors, name="connectors"),
    path("conectores/<slug:code>/", views.source, name="source"),
]
