"""Why a row is not in the national base yet: closed codes, and the sentence each says to a person."""

from enum import StrEnum
from typing import NamedTuple


class ReasonCode(StrEnum):
    """What is wrong with a row."""

    REQUIRED = "required"
    DATE = "date"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CODE = "code"
    LENGTH = "length"
    CHARACTER = "character"
    ENCODING = "encoding"
    PHOTO_MISSING = "photo_missing"
    PHOTO_INVALID = "photo_invalid"
    COLUMN_UNREAD = "column_unread"
    REPEATED_KEY = "repeated_key"
    UNKNOWN_PARENT = "unknown_parent"
    EXCLUSION_REFUSED = "exclusion_refused"
    ABSENCE_REFUSED = "absence_refused"


SENTENCES: dict[ReasonCode, str] = {
    ReasonCode.REQUIRED: "é obrigatório no contrato e veio vazio",
    ReasonCode.DATE: "não pôde ser lido como data no formato do mapeamento",
    ReasonCode.NUMBER: "deve ser um número inteiro, sem sinal, até 2147483647",
    ReasonCode.BOOLEAN: "deve ser sim ou não (t/f, true/false, 1/0, S/N, SIM/NAO)",
    ReasonCode.CODE: "não pode ser um código (passa de 80 caracteres ou tem caractere inválido)",
    ReasonCode.LENGTH: "passa do tamanho do contrato",
    ReasonCode.CHARACTER: "tem caractere que nenhum texto válido tem (nulo ou metade de um par)",
    ReasonCode.ENCODING: "não está na codificação de texto do mapeamento",
    ReasonCode.PHOTO_MISSING: "aponta para um arquivo que não está na pasta de fotos da fonte",
    ReasonCode.PHOTO_INVALID: "não é imagem PNG ou JPEG de até 5 MB",
    ReasonCode.COLUMN_UNREAD: "vem de coluna que não foi lida com esta linha; a próxima carga completa a trará",
    ReasonCode.REPEATED_KEY: "apareceu mais de uma vez na mesma leitura; a visão deve dar uma linha por chave",
    ReasonCode.UNKNOWN_PARENT: "aponta para um registro que ainda não chegou; será tentado de novo a cada carga",
    ReasonCode.EXCLUSION_REFUSED: "diz que a linha foi excluída, e a exclusão foi recusada por quem respondeu à carga",
    ReasonCode.ABSENCE_REFUSED: "não está mais na origem, e a exclusão foi recusada por quem respondeu à carga",
}


class Reason(NamedTuple):
    """One thing wrong with one field."""

    code: ReasonCode
    field: str

    @property
    def message(self) -> str:
        return f"{self.field}: {SENTENCES[self.code]}."

    def as_json(self) -> dict[str, str]:
        """As kept with the rejected row. Never holds the row's values."""
        return {"code": self.code, "field": self.field, "message": self.message}


class Faults:
    """The reasons found in a batch, by the row's position."""

    def __init__(self) -> None:
        self.by_row: dict[int, list[Reason]] = {}

    def add(self, row: int, code: ReasonCode, field: str) -> None:
        self.by_row.setdefault(row, []).append(Reason(code, field))
