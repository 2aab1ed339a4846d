"""Routes of kept work: each part brings its own."""

from consulta.work.recents import urls as recents
from consulta.work.saved import urls as saved

urlpatterns = [*recents.urlpatterns, *saved.urlpatterns]
