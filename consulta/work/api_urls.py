"""Addresses of kept work under /api/v1/."""

from django.urls import path

from consulta.work.approvals.api import ApprovalsView, ExportDecisionView, FollowDecisionView
from consulta.work.diagrams.api import DiagramsView, DiagramView
from consulta.work.dossier.api import DossierView
from consulta.work.exports.api import SearchExportView
from consulta.work.folders.api import FolderNotesView, FolderPersonsView, FoldersView, FolderView
from consulta.work.follows.api import FollowsView, FollowView, NoticesView
from consulta.work.recents.api import RecentsView
from consulta.work.saved.api import SavedSearchesView, SavedSearchView

urlpatterns = [
    path("approvals/", ApprovalsView.as_view(), name="approvals"),
    path("approvals/exports/<uuid:pk>/", ExportDecisionView.as_view(), name="approve-export"),
    path("approvals/follows/<uuid:pk>/", FollowDecisionView.as_view(), name="approve-follow"),
    path("diagrams/", DiagramsView.as_view(), name="diagrams"),
    path("diagrams/<uuid:pk>/", DiagramView.as_view(), name="diagram"),
    path("exports/", SearchExportView.as_view(), name="search-exports"),
    path("folders/", FoldersView.as_view(), name="folders"),
    path("folders/<uuid:pk>/", FolderView.as_view(), name="folder"),
    path("folders/<uuid:pk>/people/", FolderPersonsView.as_view(), name="folder-people"),
    path("folders/<uuid:pk>/notes/", FolderNotesView.as_view(), name="folder-notes"),
    path("follows/", FollowsView.as_view(), name="follows"),
    path("follows/<uuid:pk>/", FollowView.as_view(), name="follow"),
    path("notices/", NoticesView.as_view(), name="notices"),
    path("people/<uuid:person>/dossier/", DossierView.as_view(), name="dossier"),
    path("recents/", RecentsView.as_view(), name="recents"),
    path("saved-searches/", SavedSearchesView.as_view(), name="saved-searches"),
    path("saved-searches/<uuid:pk>/", SavedSearchView.as_view(), name="saved-search"),
]
