"""Codes of the 27 federation units, and the three numberings used inside document numbers."""

from __future__ import annotations

from typing import Final

# Order of the state courts in the NPU (Res. CNJ 65/2008, art. 1 §5): the position, from 1, is the code.
COURT_ORDER: Final = (
    "AC", "AL", "AP", "AM", "BA", "CE", "DF", "ES", "GO", "MA", "MT", "MS", "MG", "PA",
    "PB", "PR", "PE", "PI", "RJ", "RN", "RS", "RO", "RR", "SC", "SE", "SP", "TO",
)  # fmt: skip

# Order of the electoral registers in the voter number (Res. TSE 21.538/2003, art. 12); 28 is abroad (ZZ).
VOTER_ORDER: Final = (
    "SP", "MG", "RJ", "RS", "BA", "PR", "CE", "PE", "SC", "GO", "MA", "PB", "PA", "ES",
    "PI", "RN", "AL", "MT", "MS", "DF", "SE", "AM", "RO", "AC", "AP", "RR", "TO", "ZZ",
)  # fmt: skip

STATES: Final = frozenset(COURT_ORDER)

# First two digits of the code of a municipality (IBGE).
OF_IBGE: Final = {
    "11": "RO", "12": "AC", "13": "AM", "14": "RR", "15": "PA", "16": "AP", "17": "TO", "21": "MA", "22": "PI",
    "23": "CE", "24": "RN", "25": "PB", "26": "PE", "27": "AL", "28": "SE", "29": "BA", "31": "MG", "32": "ES",
    "33": "RJ", "35": "SP", "41": "PR", "42": "SC", "43": "RS", "50": "MS", "51": "MT", "52": "GO", "53": "DF",
}  # fmt: skip
