"""Routes of the search of somebody missing."""

from django.urls import path

from consulta.missing import views

urlpatterns = [
    path("desaparecidos/", views.ask, name="missing"),
    path("desaparecidos/<uuid:pk>/", views.answer, name="missing-answer"),
]
