"""Routes of the links. They stand before those of the profile, whose cards would take their place."""

from django.urls import path

from consulta.links import views

urlpatterns = [
    path("pessoas/<uuid:person>/vinculos/", views.links, name="links"),
    path("pessoas/<uuid:person>/vinculos/expandir/", views.expand, name="links-expand"),
    path("pessoas/<uuid:person>/vinculos/caminho/", views.path, name="links-path"),
    path("pessoas/<uuid:person>/vinculos/exportar/", views.export, name="links-export"),
]
