"""Addresses of the audit's screens."""

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("auditoria/", views.events, name="events"),
    path("auditoria/exportar/", views.export, name="export"),
    path("meus-acessos/", views.mine, name="mine"),
]
