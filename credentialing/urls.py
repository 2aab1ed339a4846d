"""Addresses of entering, leaving, declaring a purpose, and of people: their requests and accounts."""

from django.urls import include, path

from credentialing import views

app_name = "credentialing"
urlpatterns = [
    path("", views.home, name="home"),
    path("entrar/", views.login, name="login"),
    path("entrar/codigo/", views.second_factor, name="second-factor"),
    path("confirmar/", views.step_up, name="step-up"),
    path("sair/", views.logout, name="logout"),
    path("senha/", views.password, name="password"),
    path("sessao/", views.session, name="session"),
    path("sessoes/", views.my_sessions, name="sessions"),
    path("sessoes/credenciais/revogar/", views.revoke_tokens, name="revoke-tokens"),
    path("finalidade/", views.purpose, name="purpose"),
    path("finalidade/encerrar/", views.close_purpose, name="close-purpose"),
    path("", include("credentialing.adhesion.urls")),
    path("", include("credentialing.reports.urls")),
    path("", include("credentialing.requests.urls")),
    path("", include("credentialing.people.urls")),
    path("", include("credentialing.passkeys.urls")),
    path("", include("credentialing.govbr.urls")),
    path("", include("credentialing.first_access.urls")),
]
