"""Addresses of access requests."""

from django.urls import path

from credentialing.requests import views

urlpatterns = [
    path("solicitacoes/", views.board, name="requests"),
    path("solicitacoes/nova/", views.new, name="request-new"),
    path("solicitacoes/<uuid:pk>/", views.page, name="request"),
    path("solicitacoes/<uuid:pk>/decidir/", views.decide, name="request-decide"),
    path("solicitacoes/<uuid:pk>/retirar/", views.withdraw, name="request-withdraw"),
]
