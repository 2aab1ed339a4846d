"""What the pages of entering say, from what the models hold."""

from django.utils import timezone

from credentialing.models import UserSession
from senappen.lib.wording import moment


def replaced(session: UserSession) -> str:
    """Told to whoever enters while another session of theirs is open."""
    where = f"{session.device}, {session.address}" if session.address else session.device
    return (
        f"A sessão que estava aberta desde {moment(timezone.localtime(session.opened_at))} ({where}) foi encerrada: "
        "cada pessoa tem uma só. Se não era sua, troque a senha e avise o ponto focal do seu órgão."
    )
