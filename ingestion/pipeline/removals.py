"""How many removals a load may make by itself: more than a fifth of a view is rarely what a state meant."""

from collections.abc import Callable

from ingestion.models import LoadView, RemovalAnswer

SHARE = 0.20
# So few are never asked about, whatever the share.
FEW = 10


class AnswerNeeded(Exception):
    """A view would lose `count` of its `of` standing rows: a person has to say whether that is so."""

    def __init__(self, view: LoadView, count: int, of: int) -> None:
        super().__init__(f"{view.view}: {count} of {of}")
        self.view, self.count, self.of = view, count, of

    @property
    def cause(self) -> str:
        share = f"{100 * self.count / max(self.of, 1):.0f} %"
        return (
            f"A carga excluiria {self.count} de {self.of} linhas de {self.view.view} ({share}). Nada foi excluído"
            " ainda: confira com o estado e aprove ou recuse as exclusões."
        )


def may_remove(progress: LoadView, count: int, standing: Callable[[], tuple[int, int]]) -> bool:
    """True when so many rows may go; False when a person refused it. Raises AnswerNeeded when nobody was asked.

    `standing` tells how many rows stand, and how many this load has removed already. An approval covers as many
    removals as were asked about.
    """
    if count <= FEW:
        return True
    of, already = standing()
    total, of = count + already, of + already
    if total <= SHARE * of:
        return True
    if progress.answer == RemovalAnswer.REFUSED:
        return False
    if progress.answer == RemovalAnswer.APPROVED and total <= (progress.asked_count or 0):
        return True
    raise AnswerNeeded(progress, total, of)
