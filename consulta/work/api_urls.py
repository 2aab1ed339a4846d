"""Addresses of kept work under /api/v1/."""

from django.urls import path

from consulta.work.dossier.api import DossierView
from consulta.work.follows.api import FollowsView, FollowView, NoticesView
from consulta.work.recents.api import RecentsView
from consulta.work.saved.api import SavedSearchesView, SavedSearchView

urlpatterns = [
    path("follows/", FollowsView.as_view(), name="follows"),
    path("follows/<uuid:pk>/", FollowView.as_view(), name="follow"),
    path("notices/", NoticesView.as_view(), name="notices"),
    path("people/<uuid:person>/dossier/", DossierView.as_view(), name="dossier"),
    path("recents/", RecentsView.as_view(), name="recents"),
    path("saved-searches/", SavedSearchesView.as_view(), name="saved-searches"),
    path("saved-searches/<uuid:pk>/", SavedSearchView.as_view(), name="saved-search"),
]
