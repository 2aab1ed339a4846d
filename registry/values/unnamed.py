"""Names that are none: what states write of a prisoner whose identity they do not know."""

import re
from typing import Final

from registry.values.text import normalise

_UNNAMED: Final = re.compile(
    r"(?:(?:PRESO|PRESA|HOMEM|MULHER|PESSOA|INDIVIDUO|MASCULINO|FEMININO|NACIONAL|CUSTODIADO|CUSTODIADA|DETENTO|INTERNO)"
    r" )*"
    r"(?:(?:NAO|SEM|N) (?:(?:FOI )?IDENTIFICAD[OA]|IDENTIFICACAO|QUALIFICAD[OA]|NOME|INFORMAD[OA]|DECLARAD[OA]|CONSTA)"
    r"|IGNORAD[OA]|DESCONHECID[OA]|INDIGENTE|SEM NOME|NOME IGNORADO|A IDENTIFICAR|FULANO(?: DE TAL)?|NI|N I|NC|X+)"
    r"(?: (?:MASCULINO|FEMININO|[A-Z]|\d+|NUMERO|N))*"
)


def is_unnamed(name: str) -> bool:
    """True for `NÃO IDENTIFICADO`, `Homem não identificado 3`, `IGNORADO` and an empty name."""
    plain = normalise(name)
    return not plain or _UNNAMED.fullmatch(plain) is not None
