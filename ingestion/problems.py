"""What stops a load, in words for the person who has to act, and what is written to the log: never a row's data."""

import logging
import secrets
import traceback

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


INTERNAL = "Erro interno ao gravar a carga; o que já foi gravado está salvo. Informe o código de referência ao suporte."


def describe(error: BaseException) -> tuple[str, str]:
    """A sentence for people and a reference code that finds the error in the log.

    Database errors quote values, so the log has the kind of error, its SQLSTATE and where it happened, not its text.
    """
    reference = f"ING-{secrets.token_hex(3).upper()}"
    cause = error.cause if isinstance(error, SourceProblem) else INTERNAL
    origin = error.__cause__ or error
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.filename.rsplit('/', 2)[-1]}:{frame.lineno}" for frame in reversed(frames[-6:]))
    state = getattr(origin, "sqlstate", None) or getattr(getattr(origin, "orig", None), "sqlstate", None)
    logger.error("%s %s sqlstate=%s at %s", reference, type(origin).__name__, state, place)
    return cause, reference
