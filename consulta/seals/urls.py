"""Addresses of the desk of the seals."""

from django.urls import path

from consulta.seals import views

urlpatterns = [
    path("sigilos/", views.page, name="seals"),
    path("sigilos/ordenar/", views.new, name="seal-new"),
    path("sigilos/<uuid:pk>/", views.one, name="seal"),
    path("sigilos/<uuid:pk>/autorizar/", views.grant, name="seal-grant"),
    path("sigilos/autorizacoes/<int:pk>/", views.decide, name="seal-grant-decide"),
    path("sigilos/<uuid:pk>/levantar/", views.ask_lift, name="seal-lift"),
    path("sigilos/<uuid:pk>/levantar/decidir/", views.decide_lift, name="seal-lift-decide"),
]
