"""Why a reviewer's act on a pair is refused. Nothing is written then."""


class Refused(Exception):
    """The pair is not this reviewer's to judge now. Subclasses say why."""


class Unknown(Refused):
    """There is no such pair, or it is out of scope."""


class Settled(Refused):
    """Somebody settled the pair, or the queue took it back."""


class Taken(Refused):
    """Another reviewer has the pair in hand."""


class AlreadyVoted(Refused):
    """The reviewer has already voted on this pair."""


class Changed(Refused):
    """What was shown is not what stands now: the records, the score or the sides changed."""


class Busy(Refused):
    """A load is judging records; try again in a moment."""


class NothingToUndo(Refused):
    """The reviewer has no vote left that may still be undone."""
