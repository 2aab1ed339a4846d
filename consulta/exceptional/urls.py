"""Addresses of the exceptional access."""

from django.urls import path

from consulta.exceptional import views

urlpatterns = [
    path("acesso-excepcional/", views.ask, name="exceptional"),
    path("acessos-excepcionais/", views.queue, name="exceptional-queue"),
    path("acessos-excepcionais/<uuid:pk>/parecer/", views.review, name="exceptional-review"),
]
