"""Addresses of the audit's screens."""

from django.urls import path

from audit import views

app_name = "audit"
urlpatterns = [
    path("auditoria/", views.events, name="events"),
    path("meus-acessos/", views.mine, name="mine"),
]
