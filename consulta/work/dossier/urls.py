"""Routes of the dossier."""

from django.urls import path

from consulta.work.dossier import views

urlpatterns = [
    path("pessoas/<uuid:person>/dossie/", views.choose, name="dossier"),
    path("pessoas/<uuid:person>/dossie/pdf/", views.make, name="dossier-pdf"),
]
