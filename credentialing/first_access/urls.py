"""Addresses of the first access: open to whoever has the link, and of no use without the code."""

from django.urls import path

from credentialing.first_access import views

urlpatterns = [
    path("primeiro-acesso/<uuid:pk>/", views.hand_over, name="first-access"),
    path("primeiro-acesso/<uuid:pk>/conta/", views.take_over, name="take-over"),
]
