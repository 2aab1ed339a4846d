"""What crosses the border between loading and the registry."""

from dataclasses import dataclass

from registry.models import Origin


@dataclass(frozen=True, kw_only=True)
class Handover:
    """The new and changed rows of one contract view, in a temporary table or view of the caller's transaction.

    `relation` has one column per contract field, typed text, date, timestamptz (an instant), integer or boolean,
    NULL where not informed, and no `id_origem` twice; photographs come as `sha256 text, tamanho integer` instead
    of `conteudo_ou_uri`, their bytes already stored by `registry.services.photos`. The caller has analysed it.
    `load` is the load's number.
    """

    view: str
    origin: Origin
    load: int
    relation: str


@dataclass(frozen=True, kw_only=True)
class Received:
    """How many rows came to the registry, and how many were refused for want of the row they refer to.

    `removed` counts those that the state marked as excluded (`st_registro` E), inserted and updated the others.
    """

    inserted: int = 0
    updated: int = 0
    removed: int = 0
    refused: int = 0
