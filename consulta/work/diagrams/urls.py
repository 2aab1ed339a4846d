"""Routes of saved diagrams."""

from django.urls import path

from consulta.work.diagrams import views

urlpatterns = [
    path("diagramas/", views.page, name="diagrams"),
    path("diagramas/<uuid:pk>/", views.diagram, name="diagram"),
    path("diagramas/<uuid:pk>/excluir/", views.forget, name="diagram-forget"),
    path("pessoas/<uuid:person>/vinculos/guardar/", views.keep, name="diagram-keep"),
]
