"""Routes of the profile."""

from django.urls import path

from consulta.profile import views

urlpatterns = [
    path("pessoas/<uuid:person>/", views.profile, name="profile"),
    path("pessoas/<uuid:person>/cpf/", views.reveal_cpf, name="reveal-cpf"),
    path("pessoas/<uuid:person>/resumo/", views.preview, name="profile-preview"),
    path("pessoas/<uuid:person>/motivo/", views.reason, name="profile-reason"),
    path("pessoas/<uuid:person>/<slug:card>/", views.card, name="profile-card"),
]
