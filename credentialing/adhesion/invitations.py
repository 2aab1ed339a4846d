"""The accounts of those whom an agency indicates, with what they enter with the first time."""

from audit.events import Actor
from credentialing.adhesion.recording import record
from credentialing.models import Agency, Indication, User
from credentialing.requests import deciding
from credentialing.services import accounts


def invite(indication: Indication, agency: Agency, by: Actor) -> accounts.Credentials:
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
    return accounts.issue(user=user)
