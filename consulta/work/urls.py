"""Routes of kept work: each part brings its own."""

from consulta.work.dossier import urls as dossier
from consulta.work.recents import urls as recents
from consulta.work.saved import urls as saved

urlpatterns = [*dossier.urlpatterns, *recents.urlpatterns, *saved.urlpatterns]
