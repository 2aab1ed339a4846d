"""Routes of folders."""

from django.urls import path

from consulta.work.folders import views

urlpatterns = [
    path("pastas/", views.page, name="folders"),
    path("pastas/<uuid:pk>/", views.folder, name="folder"),
    path("pastas/<uuid:pk>/buscas/", views.add_search, name="folder-search"),
    path("pastas/<uuid:pk>/itens/<uuid:item>/abrir/", views.ask, name="folder-ask"),
    path("pastas/<uuid:pk>/itens/<uuid:item>/retirar/", views.remove, name="folder-remove"),
    path("pastas/<uuid:pk>/notas/", views.note, name="folder-note"),
    path("pastas/<uuid:pk>/notas/<uuid:note>/retirar/", views.withdraw, name="folder-withdraw"),
    path("pastas/<uuid:pk>/compartilhar/", views.share, name="folder-share"),
    path("pastas/<uuid:pk>/compartilhar/<int:grant>/retirar/", views.unshare, name="folder-unshare"),
    path("pastas/<uuid:pk>/encerrar/", views.close, name="folder-close"),
    path("pessoas/<uuid:person>/guardar/", views.keep_person, name="folder-person"),
]
