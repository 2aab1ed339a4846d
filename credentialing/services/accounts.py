"""The password that an account's owner chooses."""

from django.db import transaction
from knox.models import AuthToken

from audit import recorder
from audit.events import Actor, Event, Kind
from credentialing.models import User
from credentialing.services import letters
from credentialing.services.letters import Letter


@transaction.atomic
def choose_password(*, user: User, password: str, by: Actor) -> None:
    """The owner's own choice, already validated. Tokens end; sessions do by Django's password hash."""
    user.set_password(password)
    user.save(update_fields=["password"])
    AuthToken.objects.filter(user=user).delete()
    recorder.record_with(Event(kind=Kind.PASSWORD_CHANGED, actor=by))
    letters.send_later(user, Letter.PASSWORD)
