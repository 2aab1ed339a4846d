"""What a request may be told, and what only the log keeps. Neither ever holds a row's data."""

import logging
import secrets
import traceback

logger = logging.getLogger("senappen.gateway")


class Refusal(Exception):
    """A request that is answered with an error. `detail` is a sentence in pt-BR."""

    def __init__(self, status: int, detail: str, *, code: str = "", retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code
        self.retry_after = retry_after


# Name of a cause, which callers are told → sentence, and whether waiting may help.
CAUSES: dict[str, tuple[str, bool]] = {
    "login": ("O banco recusou o usuário do gateway; confira [database] na configuração.", False),
    "database": ("A base configurada no gateway não existe no servidor.", False),
    "permission": ("O usuário do gateway perdeu a permissão de leitura na visão (GRANT SELECT).", False),
    "relation": ("A visão configurada no gateway não existe mais no banco.", False),
    "hidden": ("A visão não existe mais no banco, ou o usuário do gateway não pode lê-la (GRANT SELECT).", False),
    "column": ("Uma coluna configurada no gateway não existe mais na visão.", False),
    "query": ("O banco não aceitou a consulta; confira a posição pedida e a visão na configuração.", False),
    "value": ("O banco não conseguiu calcular um valor da visão; confira as conversões feitas nela.", False),
    "timeout": ("O banco demorou demais; crie índice em (dt_atualizacao, id_origem).", True),
    "unavailable": ("O banco do estado não respondeu (fora do ar, reiniciando ou sem recursos).", True),
}


class DatabaseProblem(Exception):
    """The state's database could not be read. `detail` is a sentence in pt-BR; `passing` says whether to wait.

    The driver's text is not used: it quotes values.
    """

    def __init__(self, code: str, number: object = None) -> None:
        self.code, self.number = code, number
        self.detail, self.passing = CAUSES[code]
        super().__init__(code)


def new_reference() -> str:
    """A code that finds in the log what a caller was told."""
    return f"GTW-{secrets.token_hex(4).upper()}"


def record(error: BaseException, reference: str) -> None:
    """Log the kind of error, the database's number of it and where it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames[-5:]))
    origin = getattr(error.__cause__, "orig", None) or error.__cause__ or error
    number = getattr(error, "number", None)
    logger.error("%s error %s number=%s at %s", reference, type(origin).__name__, number, place)
