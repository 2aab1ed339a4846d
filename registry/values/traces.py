"""Comparable keys of what people leave in records besides names and documents: phones, addresses, words of marks."""

import uuid
from hashlib import blake2b
from typing import Final

from registry.values import addresses, phones, phonetics
from registry.values.text import tokens

# States with one telephone area: there a number written without it is complete.
_ONLY_AREA: Final = {
    "AC": 68, "AL": 82, "AP": 96, "DF": 61, "MS": 67, "PB": 83, "RN": 84, "RO": 69, "RR": 95, "SE": 79, "TO": 63,
}  # fmt: skip
# What nearly every description has; a size or a side tells nobody from another.
_COMMON: Final = frozenset({
    "TATUAGEM", "TATUAGENS", "TATUADO", "TATUADA", "CICATRIZ", "CICATRIZES", "SINAL", "SINAIS", "MARCA",
    "MARCAS", "DESENHO", "FIGURA", "IMAGEM", "NOME", "COM", "SEM", "UMA", "UNS", "NAS", "NOS", "PELA", "PELO",
    "LADO", "DIREITO", "DIREITA", "ESQUERDO", "ESQUERDA", "REGIAO", "PARTE", "CORPO", "POSSUI", "TEM",
    "PEQUENA", "PEQUENO", "GRANDE", "OUTROS",
})  # fmt: skip
# Where a mark is tells little: half of all tattoos are on an arm.
_BODY: Final = frozenset({
    "BRACO", "BRACOS", "ANTEBRACO", "PERNA", "PERNAS", "COXA", "COSTAS", "PEITO", "PESCOCO", "MAO", "MAOS", "ROSTO",
    "FACE", "OMBRO", "ABDOMEN", "BARRIGA", "PE", "PES", "PUNHO", "CABECA", "DEDO", "PANTURRILHA", "JOELHO",
})  # fmt: skip
_SHORTEST: Final = 3


def phone_keys(text: str, uf: str = "") -> tuple[str, ...]:
    """The numbers of a field in E.164; `uf` completes one without area in a state that has a single one."""
    return phones.each_e164(text, _ONLY_AREA.get(uf))


def address_key(text: str) -> str | None:
    """The key of an address that tells one door from others, or None."""
    return addresses.key(text)


def mark_words(text: str) -> tuple[str, ...]:
    """The telling words of a description of one mark, by sound, each once: `Dragão no braço` → `DRAGAO`.

    The part of the body counts where nothing else is said: `cicatriz no braço`.
    """
    words = [word for word in tokens(text) if len(word) >= _SHORTEST and word.isalpha() and word not in _COMMON]
    telling = [word for word in words if word not in _BODY] or words
    return tuple(dict.fromkeys(phonetics.key(word) for word in telling))


def hashed(key: str) -> uuid.UUID:
    """The key in sixteen bytes."""
    return uuid.UUID(bytes=blake2b(key.encode(), digest_size=16).digest())
