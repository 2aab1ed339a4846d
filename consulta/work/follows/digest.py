"""E-mail about notices: how many, and where to read them; nothing of anybody."""

from datetime import datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from consulta.models import NoticeSettings
from consulta.work.follows.listing import unread_of
from credentialing import policy
from credentialing.roles import Permission
from registry.scope import Scope
from senappen.lib import mail

BODY: Final = (
    "Há {count} de seus acompanhamentos para ler em Avisos, na {platform}.\n\n"
    "Mensagem automática; não traz dados de pessoas. Para mudar a frequência, veja Avisos › Preferências."
)


def send() -> int:
    """E-mail whoever has unread notices newer than the last e-mail, asked for it and is not in quiet hours; how many.

    What cannot be sent now is sent the next time.
    """
    now = timezone.now()
    wanting = NoticeSettings.objects.exclude(every_hours=0).select_related("user__agency")
    return sum(_tell(one, now) for one in wanting if _is_due(one, now))


def is_quiet(clock: time, begins: time | None, ends: time | None) -> bool:
    """True within the quiet hours, which may go over midnight."""
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def _is_due(one: NoticeSettings, now: datetime) -> bool:
    waited = one.told_at is None or now - one.told_at >= timedelta(hours=one.every_hours)
    quiet = is_quiet(timezone.localtime(now).time(), one.quiet_from, one.quiet_until)
    return waited and not quiet and bool(one.user.email) and policy.allows(one.user, Permission.CONSULT_PEOPLE)


def _tell(one: NoticeSettings, now: datetime) -> bool:
    unread = unread_of(one.user, Scope())
    if one.told_at is not None:
        unread = unread.filter(noticed_at__gt=one.told_at)
    if not (count := unread.count()):
        return False
    words = "1 aviso novo" if count == 1 else f"{count} avisos novos"
    body = BODY.format(count=words, platform=settings.PLATFORM_NAME)
    sent = mail.post(f"{settings.PLATFORM_NAME}: {words}", body, [one.user.email], about="notices")
    if sent:
        NoticeSettings.objects.filter(pk=one.pk).update(told_at=now)
    return bool(sent)
