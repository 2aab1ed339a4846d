"""Why a source may not load: the one place that decides. Deny by default."""

from datetime import datetime

from ingestion.models import Source
from ingestion.services import agreements

PAUSED = "A fonte está pausada; retome-a antes de carregar."
NO_MAPPING = "A fonte não tem mapeamento em uso; envie um antes de carregar."
NO_CREDENTIALS = "As credenciais desta fonte foram apagadas ou nunca informadas; informe as que o estado der."


class LoadRefused(ValueError):
    """The source may not load; the text says why, in pt-BR."""


def why_not(source: Source, now: datetime) -> str:
    """A sentence in pt-BR; empty when the source may load."""
    return first_of(source, agreements.refusal(source.origin, now))


def first_of(source: Source, of_agreements: str) -> str:
    """`why_not` where it is known what the agreements say, for whoever asks of many sources."""
    if not source.enabled:
        return PAUSED
    if source.mapping is None:
        return NO_MAPPING
    return of_agreements or ("" if source.encrypted_credentials else NO_CREDENTIALS)
