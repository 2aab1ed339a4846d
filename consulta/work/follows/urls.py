"""Routes of follows and notices."""

from django.urls import path

from consulta.work.follows import views

urlpatterns = [
    path("acompanhamentos/", views.page, name="follows"),
    path("acompanhamentos/<uuid:pk>/renovar/", views.renew, name="follow-renew"),
    path("acompanhamentos/<uuid:pk>/encerrar/", views.end, name="follow-end"),
    path("pessoas/<uuid:person>/acompanhar/", views.person, name="follow-person"),
    path("buscas/<uuid:pk>/acompanhar/", views.search, name="follow-search"),
    path("avisos/", views.notices, name="notices"),
    path("avisos/lidos/", views.read, name="notices-read"),
    path("avisos/preferencias/", views.settings, name="notice-settings"),
]
