"""Addresses of agencies and their adhesion. Ids of agencies identify nobody."""

from django.urls import path

from credentialing.adhesion import agencies, requests

urlpatterns = [
    path("orgaos/", agencies.listing, name="agencies"),
    path("orgaos/<int:pk>/", agencies.page, name="agency"),
    path("orgaos/<int:pk>/suspender/", agencies.suspend, name="agency-suspend"),
    path("orgaos/<int:pk>/reabrir/", agencies.lift, name="agency-lift"),
    path("orgaos/<int:pk>/prazo/", agencies.prolong, name="agency-prolong"),
    path("orgaos/<int:pk>/substitutos/<int:user>/designar/", agencies.designate, name="designate"),
    path("orgaos/<int:pk>/designacoes/<int:designation>/encerrar/", agencies.end_designation, name="end-designation"),
    path("adesoes/nova/", requests.register, name="adhesion-new"),
    path("adesoes/<uuid:pk>/", requests.page, name="adhesion"),
    path("adesoes/<uuid:pk>/corrigir/", requests.correct, name="adhesion-correct"),
    path("adesoes/<uuid:pk>/decidir/", requests.decide, name="adhesion-decide"),
]
