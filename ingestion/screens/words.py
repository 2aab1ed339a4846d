"""Short words of the connectors' pages, where the whole sentence would not fit."""

from ingestion.reasons import ReasonCode

REASONS: dict[ReasonCode, str] = {
    ReasonCode.REQUIRED: "Obrigatório vazio",
    ReasonCode.DATE: "Data ilegível",
    ReasonCode.NUMBER: "Número inválido",
    ReasonCode.BOOLEAN: "Sim ou não inválido",
    ReasonCode.CODE: "Código inválido",
    ReasonCode.LENGTH: "Texto longo demais",
    ReasonCode.CHARACTER: "Caractere inválido",
    ReasonCode.ENCODING: "Codificação de texto",
    ReasonCode.PHOTO_MISSING: "Foto ausente",
    ReasonCode.PHOTO_INVALID: "Foto inválida",
    ReasonCode.COLUMN_UNREAD: "Coluna não lida",
    ReasonCode.REPEATED_KEY: "Chave repetida",
    ReasonCode.UNKNOWN_PARENT: "Registro pai não chegou",
    ReasonCode.EXCLUSION_REFUSED: "Exclusão recusada",
    ReasonCode.ABSENCE_REFUSED: "Ausência recusada",
}


def reason(code: str) -> str:
    """The short words of a reason; a code of another version as it is."""
    return REASONS.get(code, code)  # type: ignore[call-overload, no-any-return]
