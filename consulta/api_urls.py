"""Addresses of the consultation under /api/v1/: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from consulta.batch.api import BatchView
from consulta.crossing.api import CrossingsView
from consulta.facilities.api import UnitsView, UnitView
from consulta.links.api import LinksView, PathView
from consulta.missing.api import MissingView
from consulta.profile.api import PersonView
from consulta.review.api import ReviewsView, ReviewView, VotesView
from consulta.seals.requests.api import PersonSealRequestView, SealRequestsView, SealRequestView
from consulta.search.api import SearchView
from consulta.statistics.api import CoverageView, FiguresView, FigureView, StatesView
from consulta.work import api_urls as work

app_name = "consulta-api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("search/", SearchView.as_view(), name="search"),
    path("batch/", BatchView.as_view(), name="batch"),
    path("people/<uuid:person>/", PersonView.as_view(), name="person"),
    path("people/<uuid:person>/links/", LinksView.as_view(), name="links"),
    path("people/<uuid:person>/path/", PathView.as_view(), name="path"),
    path("people/<uuid:person>/seal-requests/", PersonSealRequestView.as_view(), name="person-seal-requests"),
    path("seal-requests/", SealRequestsView.as_view(), name="seal-requests"),
    path("seal-requests/<uuid:pk>/", SealRequestView.as_view(), name="seal-request"),
    path("crossings/", CrossingsView.as_view(), name="crossings"),
    path("missing/", MissingView.as_view(), name="missing"),
    path("reviews/", ReviewsView.as_view(), name="reviews"),
    path("reviews/<int:review>/", ReviewView.as_view(), name="review"),
    path("reviews/<int:review>/votes/", VotesView.as_view(), name="review-votes"),
    path("estatisticas/", FiguresView.as_view(), name="figures"),
    path("estatisticas/visao-geral/", StatesView.as_view(), name="figures-states"),
    path("estatisticas/cobertura/", CoverageView.as_view(), name="figures-coverage"),
    path("estatisticas/<slug:figure>/", FigureView.as_view(), name="figure"),
    path("units/", UnitsView.as_view(), name="units"),
    path("units/<uuid:unit>/", UnitView.as_view(), name="unit"),
    *work.urlpatterns,
]
