"""Routes of the second person's decisions."""

from django.urls import path

from consulta.work.approvals import views

urlpatterns = [
    path("aprovacoes/", views.page, name="approvals"),
    path("aprovacoes/acompanhamentos/<uuid:pk>/", views.decide_follow, name="approve-follow"),
    path("aprovacoes/exportacoes/<uuid:pk>/", views.decide_export, name="approve-export"),
]
