"""What the pages of entering say, from what the models hold."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone
from knox.models import AuthToken

from credentialing.models import UserSession
from senappen.lib.wording import moment, tag

ENDINGS: Final = {
    "user": "você saiu",
    "idle": "falta de uso",
    "expired": "tempo máximo",
    "replaced": "aberta em outro aparelho, ou encerrada por alguém",
    "closed": "conta ou órgão sem acesso",
    "frozen": "conta congelada",
    "unverified": "segundo fator retirado",
}


def session(row: UserSession) -> dict[str, object]:
    """A session of one's own, in a line."""
    over = row.ended_at is not None
    latest = row.opened_at + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return {
        "device": row.device or "aparelho desconhecido",
        "address": row.address or "",
        "opened": moment(timezone.localtime(row.opened_at)),
        "state": tag("encerrada", "outline") if over else tag("aberta", "ok"),
        "ended": moment(timezone.localtime(row.ended_at)) if row.ended_at else "",
        "ending": ENDINGS.get(row.ending, "") if over else f"termina no máximo em {moment(timezone.localtime(latest))}",
    }


def token(held: AuthToken) -> dict[str, str]:
    """A token of one's own: when it was issued and until when it is good. Nothing of the secret."""
    return {"issued": moment(timezone.localtime(held.created)), "until": moment(timezone.localtime(held.expiry))}


def replaced(session: UserSession) -> str:
    """Told to whoever enters while another session of theirs is open."""
    where = f"{session.device}, {session.address}" if session.address else session.device
    return (
        f"A sessão que estava aberta desde {moment(timezone.localtime(session.opened_at))} ({where}) foi encerrada: "
        "cada pessoa tem uma só. Se não era sua, troque a senha e avise o ponto focal do seu órgão."
    )
