"""What the screens and the API of the desk share: the next pair, and refusals in words."""

from collections.abc import Collection
from typing import Final

from audit.events import Actor
from consulta.access import scope_of
from credentialing.models import User
from registry.models import Review, Verdict
from registry.selectors.reviewing.queue import Filters, narrowed
from registry.services.resolution import Judged
from registry.services.reviewing import errors
from registry.services.reviewing.claiming import claim_next, reviewer

REFUSALS: Final[dict[type[errors.Refused], str]] = {
    errors.Unknown: "Este par não existe.",
    errors.Settled: "Este par já foi resolvido ou saiu da fila.",
    errors.Taken: "Outro revisor está com este par.",
    errors.AlreadyVoted: "Você já votou neste par.",
    errors.Changed: "O par mudou enquanto estava na tela. Seu voto não foi gravado: veja de novo e julgue.",
    errors.Busy: "Uma carga está julgando registros agora. Seu voto não foi gravado: tente de novo em instantes.",
    errors.NothingToUndo: "Não há voto seu que ainda possa ser desfeito.",
}
VERDICTS: Final = {
    Verdict.SAME: "mesma pessoa",
    Verdict.DIFFERENT: "pessoas diferentes",
    Verdict.UNSURE: "não sei",
}


def words(refusal: errors.Refused) -> str:
    """Why the act was refused."""
    return REFUSALS[type(refusal)]


def warning(judged: Judged | None) -> str:
    """What a judgement just made goes against, or empty: a rule or a model that says otherwise is outranked."""
    if judged is None:
        return ""
    if not judged.holds:
        return "O julgamento contradiz outros e ainda não vale: o par voltou à fila, para outro revisor."
    if any(against.judge.startswith("user:") for against in judged.contradicts):
        return "Outra pessoa julgou o contrário: o par voltou à fila, para outro revisor."
    return ""


def next_pair(user: User, actor: Actor, filters: Filters, skipped: Collection[int] = ()) -> Review | None:
    """Claim the next pair of the filtered queue; None when none is left for this reviewer."""
    among = narrowed(scope_of(user), filters, reviewer(actor))
    return claim_next(among=among, without=skipped, by=actor)
