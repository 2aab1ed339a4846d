"""Addresses of the consultation: each part brings its own."""

from django.urls import URLPattern, URLResolver

from consulta.batch import urls as batch
from consulta.crossing import urls as crossing
from consulta.exceptional import urls as exceptional
from consulta.facilities import urls as facilities
from consulta.links import urls as links
from consulta.missing import urls as missing
from consulta.photos import urls as photos
from consulta.profile import urls as profile
from consulta.review import urls as review
from consulta.seals import urls as seals
from consulta.seals.requests import urls as seal_requests
from consulta.search import urls as search
from consulta.statistics import urls as statistics
from consulta.work import urls as work

app_name = "consulta"
urlpatterns: list[URLPattern | URLResolver] = [
    *search.urlpatterns,
    *batch.urlpatterns,
    # Before the profile, whose cards would take the addresses of a person's judgements.
    *review.urlpatterns,
    *work.urlpatterns,
    *seal_requests.urlpatterns,
    *links.urlpatterns,
    *profile.urlpatterns,
    *facilities.urlpatterns,
    *photos.urlpatterns,
    *crossing.urlpatterns,
    *missing.urlpatterns,
    *exceptional.urlpatterns,
    *seals.urlpatterns,
    *statistics.urlpatterns,
]
