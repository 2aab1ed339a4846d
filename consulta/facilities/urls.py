"""Routes of the establishments."""

from django.urls import path

from consulta.facilities import views

urlpatterns = [
    path("unidades/", views.units, name="units"),
    path("unidades/<uuid:unit>/", views.unit, name="unit"),
    path("unidades/<uuid:unit>/relacao/", views.roll, name="unit-roll"),
]
