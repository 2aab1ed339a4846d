"""What happens to the sources of an agency that is suspended or past its term: nothing is loaded, no secret is lost.

`agreements.words` refuses new loads by itself; here the running ones are stopped. Once the agency is open again the
loads' clock takes them up where they stood.
"""

from audit.events import Actor
from credentialing.models import Agency
from ingestion.models import Agreement, AgreementStatus, Source
from ingestion.services import agreements


def stop_loads(*, agency: Agency, by: Actor) -> int:
    """Take the running loads of the agency's sources from their workers; how many. The caller holds the transaction."""
    in_force = Agreement.objects.filter(agency=agency, status=AgreementStatus.IN_FORCE).values("origin")
    cause = agreements.CLOSED_AGENCY.format(closed=agency.why_closed)
    return sum(agreements.fence(source, cause) for source in Source.objects.filter(origin__in=in_force))
