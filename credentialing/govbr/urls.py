"""Addresses of entering with gov.br; the second one is registered there."""

from django.urls import path

from credentialing.govbr import views

urlpatterns = [
    path("entrar/govbr/", views.begin, name="govbr"),
    path("entrar/govbr/retorno/", views.come_back, name="govbr-return"),
]
