"""Addresses of the agency's accounts, and of one's own."""

from django.urls import path

from credentialing.people import views

urlpatterns = [
    path("contas/", views.accounts, name="people"),
    path("contas/atestar/", views.attest, name="people-attest"),
    path("contas/<int:pk>/", views.person, name="person"),
    path("contas/<int:pk>/encerrar/", views.end, name="person-end"),
    path("contas/<int:pk>/reabrir/", views.reopen, name="person-reopen"),
    path("contas/<int:pk>/atividades/", views.narrow, name="person-activities"),
    path("contas/<int:pk>/lotacao/", views.post, name="person-posting"),
    path("contas/<int:pk>/cpf/", views.identify, name="person-cpf"),
    path("contas/<int:pk>/primeiro-acesso/", views.renew, name="person-first-access"),
    path("minha-conta/", views.mine, name="my-account"),
]
