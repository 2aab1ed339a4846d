"""Routes of the crossings."""

from django.urls import path

from consulta.crossing import views

urlpatterns = [
    path("cruzamentos/", views.overview, name="crossings"),
    path("cruzamentos/<slug:of>/", views.listing, name="crossing-list"),
    path("cruzamentos/<slug:of>/motivo/", views.reason, name="crossing-reason"),
]
