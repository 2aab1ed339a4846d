"""What stops a load, in words for the person who has to act, and what is written to the log: never a row's data."""

import errno
import logging
import secrets
import traceback

from django.db import Error as DatabaseFailure
from django.db import InterfaceError, OperationalError

logger = logging.getLogger("ingestion")


class SourceProblem(Exception):
    """The source cannot be read now. `cause` is a sentence in pt-BR; `passing` says whether waiting may help."""

    def __init__(self, cause: str, *, passing: bool = True) -> None:
        super().__init__(cause)
        self.cause = cause
        self.passing = passing


class EntryRefused(SourceProblem):
    """The state refused our credentials: asking again may lock the account there, so only a person goes on."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause, passing=False)


class LostLoad(Exception):
    """Another worker has taken the load over: this one must stop, and has written nothing since."""


class OwnProblem(Exception):
    """The national base cannot write now: no fault of the source's, which is tried again within the minute."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


FULL = "Falta espaço em disco no banco nacional; libere espaço. A carga continua de onde parou assim que houver."
FULL_PHOTOS = "Falta espaço na pasta de fotografias da plataforma; libere espaço. A carga continua de onde parou."
AWAY = "O banco nacional foi reiniciado ou está fora do ar; a carga continua de onde parou assim que ele voltar."
# SQLSTATE (PostgreSQL's documentation, appendix A) or its class → cause.
OWN = {
    "53100": FULL,
    "53": "O banco nacional está sem recursos (memória ou conexões); a carga continua de onde parou.",
    "57P": AWAY,
    "08": AWAY,
    "25006": AWAY,
    "40": "Outra operação do banco nacional impediu a gravação; a carga continua de onde parou.",
    "55P03": "Outra operação do banco nacional impediu a gravação; a carga continua de onde parou.",
}
NO_SPACE = (errno.ENOSPC, errno.EDQUOT)


def own_problem(error: BaseException) -> OwnProblem | None:
    """The error as a problem of our own that passes, where it is one."""
    cause = ""
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        cause = FULL_PHOTOS
    elif isinstance(error, DatabaseFailure):
        state = getattr(error.__cause__, "sqlstate", None) or ""
        cause = next((OWN[prefix] for prefix in (state, state[:3], state[:2]) if prefix in OWN), "")
        # A broken connection has no SQLSTATE.
        if not state and isinstance(error, OperationalError | InterfaceError):
            cause = AWAY
    if not cause:
        return None
    problem = OwnProblem(cause)
    problem.__cause__, problem.__traceback__ = error, error.__traceback__
    return problem


INTERNAL = "Erro interno ao gravar a carga; o que já foi gravado está salvo. Informe o código de referência ao suporte."


def describe(error: BaseException) -> tuple[str, str]:
    """A sentence for people and a reference code that finds the error in the log.

    Database errors quote values, so the log has the kind of error, its SQLSTATE and where it happened, not its text.
    """
    reference = f"ING-{secrets.token_hex(3).upper()}"
    cause = error.cause if isinstance(error, SourceProblem | OwnProblem) else INTERNAL
    origin = error.__cause__ or error
    origin = origin.__cause__ if isinstance(origin, DatabaseFailure) and origin.__cause__ else origin
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in reversed(frames[-6:]))
    state = getattr(origin, "sqlstate", None) or getattr(getattr(origin, "orig", None), "sqlstate", None)
    logger.error("%s %s sqlstate=%s at %s", reference, type(origin).__name__, state, place)
    return cause, reference
