"""Routes of the recents."""

from django.urls import path

from consulta.work.recents import views

urlpatterns = [path("recentes/", views.page, name="recents")]
