"""Routes of exports."""

from django.urls import path

from consulta.work.exports import views

urlpatterns = [
    path("b/<uuid:pk>/exportar/", views.of_search, name="export-search"),
    path("pastas/<uuid:pk>/exportar/", views.of_folder, name="export-folder"),
    path("exportacoes/", views.page, name="exports"),
    path("exportacoes/<uuid:pk>/baixar/", views.take, name="export-take"),
]
