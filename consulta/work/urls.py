"""Routes of kept work: each part brings its own."""

from consulta.work.approvals import urls as approvals
from consulta.work.diagrams import urls as diagrams
from consulta.work.dossier import urls as dossier
from consulta.work.exports import urls as exports
from consulta.work.folders import urls as folders
from consulta.work.follows import urls as follows
from consulta.work.recents import urls as recents
from consulta.work.saved import urls as saved

urlpatterns = [
    *approvals.urlpatterns,
    *diagrams.urlpatterns,
    *dossier.urlpatterns,
    *exports.urlpatterns,
    *folders.urlpatterns,
    *follows.urlpatterns,
    *recents.urlpatterns,
    *saved.urlpatterns,
]
