"""Addresses of the requests for a seal."""

from django.urls import path

from consulta.seals.requests import deciding, views

urlpatterns = [
    path("pedidos-de-sigilo/", views.page, name="seal-requests"),
    path("pedidos-de-sigilo/novo/", views.new, name="seal-request-new"),
    path("pedidos-de-sigilo/<uuid:pk>/retirar/", views.withdraw, name="seal-request-withdraw"),
    path("pessoas/<uuid:person>/pedir-sigilo/", views.of_person, name="seal-request-person"),
    path("sigilos/pedidos/", deciding.page, name="seal-requests-waiting"),
    path("sigilos/pedidos/<uuid:pk>/", deciding.one, name="seal-request"),
]
