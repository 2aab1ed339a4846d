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


# SQLSTATE or its class → code of the cause, sentence, and whether waiting may help.
CAUSES: dict[str, tuple[str, str, bool]] = {
    "28": ("login", "O banco recusou o usuário do gateway; confira [database] na configuração.", False),
    "3D": ("database", "A base configurada no gateway não existe no servidor.", False),
    "42501": ("permission", "O usuário do gateway perdeu a permissão de leitura na visão (GRANT SELECT).", False),
    "42P01": ("relation", "A visão configurada no gateway não existe mais no banco.", False),
    "3F": ("relation", "O esquema da visão configurada no gateway não existe no banco.", False),
    "42703": ("column", "Uma coluna configurada no gateway não existe mais na visão.", False),
    "42": ("query", "O banco não aceitou a consulta; confira a posição pedida e a visão na configuração.", False),
    "22": ("value", "O banco não conseguiu calcular um valor da visão; confira as conversões feitas nela.", False),
    "57014": ("timeout", "O banco demorou demais; crie índice em (dt_atualizacao, id_origem).", True),
}
BUSY = ("unavailable", "O banco do estado não respondeu (fora do ar, reiniciando ou sem recursos).", True)


def cause_of(error: BaseException) -> tuple[str, str, bool]:
    """Code, sentence and whether it may pass. The driver's text is not used: it quotes values."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    for prefix in (state, state[:2]):
        if prefix in CAUSES:
            return CAUSES[prefix]
    return BUSY


def new_reference() -> str:
    """A code that finds in the log what a caller was told."""
    return f"GTW-{secrets.token_hex(4).upper()}"


def record(error: BaseException, reference: str) -> None:
    """Log the kind of error, its SQLSTATE and where it happened."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames[-5:]))
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    logger.error("%s error %s sqlstate=%s at %s", reference, type(error).__name__, state, place)
