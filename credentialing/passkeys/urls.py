"""Addresses of passkeys: adding and removing, entering, the second factor again."""

from django.urls import path

from credentialing.passkeys import views

urlpatterns = [
    path("minha-conta/chaves/iniciar/", views.begin_adding, name="passkey-add-begin"),
    path("minha-conta/chaves/", views.add, name="passkey-add"),
    path("minha-conta/chaves/<int:pk>/remover/", views.remove, name="passkey-remove"),
    path("entrar/chave/iniciar/", views.begin_entering, name="passkey-enter-begin"),
    path("entrar/chave/", views.enter, name="passkey-enter"),
    path("confirmar/chave/iniciar/", views.begin_confirming, name="passkey-confirm-begin"),
    path("confirmar/chave/", views.confirm, name="passkey-confirm"),
]
