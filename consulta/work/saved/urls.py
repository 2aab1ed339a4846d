"""Routes of saved searches."""

from django.urls import path

from consulta.work.saved import views

urlpatterns = [
    path("buscas/", views.page, name="saved"),
    path("buscas/<uuid:pk>/abrir/", views.ask, name="saved-ask"),
    path("buscas/<uuid:pk>/excluir/", views.forget, name="saved-forget"),
    path("b/<uuid:pk>/guardar/", views.keep, name="saved-keep"),
]
