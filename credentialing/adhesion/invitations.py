"""The accounts of those whom an agency indicates, each with its first access."""

from audit.events import Actor
from credentialing.adhesion.recording import record
from credentialing.models import Agency, Indication, User
from credentialing.requests import deciding
from credentialing.services import first_access


def invite(indication: Indication, agency: Agency, by: Actor) -> first_access.Issued:
    """Make the account; a substitute's opens nothing until they are designated. The caller holds the transaction."""
    user = User(
        username=deciding.free_name(indication.full_name),
        full_name=indication.full_name,
        email=indication.email,
        registration=indication.registration,
        agency=agency,
        role=indication.role,
        is_substitute=indication.is_substitute,
        # What they hold is what they may hand on.
        activities=agency.activities,
    )
    user.set_unusable_password()
    user.save()
    indication.user = user
    indication.save(update_fields=["user"])
    record("adhesion.account", by, agency=agency.acronym, user=user.pk, role=user.role, substitute=user.is_substitute)
    return first_access.issue(user=user, by=by)
