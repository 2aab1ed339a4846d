"""What the columns of the form count, read from the contract's lists, and the margins of a file."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fictitious.contract import CONTRACT

SEXES: Final = ("M", "F")
# Regime and court of the lines of 4.1, in the form's order.
REGIMES: Final = ("PROVISORIO", "FECHADO", "SEMIABERTO", "ABERTO", "MS_INTERNACAO", "MS_AMBULATORIAL")
COURTS: Final = ("ESTADUAL", "FEDERAL", "OUTROS")
CONVICTED: Final = ("FECHADO", "SEMIABERTO", "ABERTO")
PLACES: Final = ("PROVISORIO", "FECHADO", "SEMIABERTO", "ABERTO", "RDD", "MEDIDA_SEGURANCA", "OUTRO")

Columns = dict[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the form: what it counts, and its columns of men, women and (where there is one) both."""

    code: str
    men: int
    women: int
    total: int | None = None

    def column(self, sex: str) -> int:
        return self.men if sex == "M" else self.women


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of which each person is in one. `missing`: the line of whoever has not informed it; None without one."""

    name: str
    lines: tuple[Line, ...]
    missing: Line | None = None
    totals: tuple[int, ...] = ()


@dataclass(frozen=True)
class Margins:
    """What a state published: column → count."""

    uf: str
    columns: Columns

    def scaled(self, by: int) -> "Margins":
        """A state `by` times smaller; what rounding takes apart, closing puts together."""
        return Margins(self.uf, {column: count // by for column, count in self.columns.items() if count >= by})


def read(path: Path) -> list[Margins]:
    """The states of a file. Raises ValueError for a line that is no margin."""
    found: dict[str, Columns] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            try:
                uf, column, count = row["uf"], int(row["column"]), int(row["count"])
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"not a line of margins (uf,column,count): {row}") from error
            if count < 0 or column in found.setdefault(uf, {}):
                raise ValueError(f"column {column} of {uf}: twice, or below zero")
            found[uf][column] = count
    return [Margins(uf, columns) for uf, columns in found.items()]


@cache
def lines(name: str, *, total: bool = False) -> tuple[Line, ...]:
    """The lines of one of the contract's lists; `total`: the column of both sexes follows that of women."""
    lists = json.loads((CONTRACT / "codes_sisdepen.json").read_text(encoding="utf-8"))
    return tuple(
        Line(each["cod"], each["col_m"], each["col_f"], each["col_f"] + 1 if total else None) for each in lists[name]
    )


def _block(name: str, missing: str, *, total: bool = False, totals: tuple[int, ...] = ()) -> Block:
    every = lines(name, total=total)
    unknown = next((line for line in every if line.code == missing), None)
    return Block(name, tuple(line for line in every if line is not unknown), unknown, totals)


BRACKETS: Final = ("tempo_total_pena", "tempo_pena_remanescente")
_UNBRACKETED: Final = "NUMERO_DE_PESSOAS_SEM_INFORMACAO"
AGE: Final = _block("faixa_etaria", "NAO_INFORMADO", total=True, totals=(495, 496, 497))
NATIONALITY: Final = _block("nacionalidade", "SEM_INFORMACAO_SOBRE_A_NACIONALIDADE")
FOREIGN: Final = "ESTRANGEIROS_TOTAL"
# Blocks of everybody, by the contract's field that holds the category's code.
OF_EVERYBODY: Final = {
    "raca_cor": _block("raca_cor", "NAO_INFORMADO", total=True, totals=(517, 518, 519)),
    "estado_civil": _block("estado_civil", "NAO_INFORMADO", total=True, totals=(552, 553, 554)),
    "escolaridade": _block("escolaridade", "NAO_INFORMADO", total=True, totals=(611, 612, 613)),
    "procedencia": _block("procedencia", ""),
    "n_filhos": _block("numero_filhos", "SEM_INFORMACAO"),
}
SENTENCE, REMAINING = (_block(name, _UNBRACKETED) for name in BRACKETS)
PAY: Final = _block("remuneracao", "SEM_INFORMACAO")
_WHEELCHAIR: Final = 3  # of which no field tells
DISABLED: Final = tuple(line for at, line in enumerate(lines("deficiencia", total=True)) if at != _WHEELCHAIR)
KINDS_OF_DISABILITY: Final = {"INTELECTUAL": 1, "FISICA": 2, "AUDITIVA": 3, "VISUAL": 4}
DOCUMENTS: Final = dict(zip(
    ("CERTIDAO", "RG", "CPF", "TITULO", "RESERVISTA", "CTPS", "SUS", "RNM", "PASSAPORTE"), lines("documentos"),
    strict=False,
))  # fmt: skip
WITH_DOCUMENT, WITHOUT_DOCUMENT = lines("documentos")[9:11]
OFFENCES: Final = tuple(line for line in lines("incidencia_penal", total=True) if not line.code.startswith("PESSOAS"))
WITH_OFFENCE, WITHOUT_OFFENCE = (
    next(line for line in lines("incidencia_penal", total=True) if line.code == code)
    for code in ("PESSOAS_COM_INFO", "PESSOAS_SEM_INFO")
)
LONG: Final = Line("MAIS_DE_90", 438, 439)
VISITED: Final = Line("VISITADO", 906, 907)
BOTH: Final = Line("TRABALHA_E_ESTUDA", 1258, 1259)
DEATHS: Final = dict(zip(
    ("NATURAL", "CRIMINAL", "SUICIDIO", "ACIDENTAL", ""), lines("obito", total=True), strict=True
))  # fmt: skip
# 4.5: what a state calls it → its line; deaths are those of 6.8.
FLOWS: Final = dict(zip(
    ("INC_ORIG", "ALVARA", "ABANDONO", "OBITO", "TR_ENT_INTER", "TR_SAI_INTER", "PERM_SAIDA", "SAI_TEMP"),
    lines("movimentacao", total=True), strict=True,
))  # fmt: skip
ARRIVALS: Final = ("INC_ORIG", "TR_ENT_INTER")
DEPARTURES: Final = ("ALVARA", "ABANDONO", "TR_SAI_INTER")
ABSENCES: Final = ("PERM_SAIDA", "SAI_TEMP")
TIMES_AWAY: Final = 20  # how often at most somebody leaves for a day within a semester
VISITS: Final = 1319
RECEIVED: Final = Line("VISITADA", 1320, 1321)
RDD: Final = 436
DISABLED_PLACES: Final = Line("VAGAS_DESATIVADAS", 40, 41, 42)
PLACES_TOTAL: Final = {"M": 37, "F": 38}
OFFENCES_TOTAL: Final = {"M": 1123, "F": 1124}

# 6.1: whose vacancy (as a state would write it), its first column; three sectors, outside and inside, of both sexes.
VACANCIES: Final = {
    "Vaga própria": 1126, "Empresa privada": 1144, "Órgão público": 1159, "Entidade sem fins lucrativos": 1174,
}  # fmt: skip
SECTORS: Final = ("PRIMARIO", "SECUNDARIO", "TERCIARIO")
SUPPORT: Final = Line("Apoio ao estabelecimento||S", 1141, 1142, 1143)
LABOUR: Final = Block("trabalho", (
    *(
        Line(f"{words}|{sector}|{inside}", first + 5 * at + 2 * side, first + 5 * at + 2 * side + 1)
        for words, first in VACANCIES.items() for at, sector in enumerate(SECTORS) for side, inside in enumerate("NS")
    ),
    SUPPORT,
))  # fmt: skip
# 6.3: the level as a state would write it, and its first column; at a distance two columns on, both six on.
LEVELS: Final = {
    "Alfabetização": 1207, "Ensino fundamental": 1214, "Ensino médio": 1221, "Ensino superior": 1228,
    "Curso técnico": 1235, "Capacitação profissional": 1242,
}  # fmt: skip
STUDY: Final = (
    *(Line(words, first, first + 1) for words, first in LEVELS.items()),
    *(Line(f"{words} EAD", first + 2, first + 3) for words, first in LEVELS.items()),
    Line("Atividade complementar", 1255, 1256, 1257),
)
READING: Final = {"LEITURA": Line("LEITURA", 1249, 1250, 1251), "ESPORTE": Line("ESPORTE", 1252, 1253, 1254)}
POPULATION: Final = tuple(
    Line(f"{regime} {court}", line.men, line.women)
    for (regime, court), line in zip(((r, c) for r in REGIMES for c in COURTS), lines("populacao"), strict=True)
)
CAPACITY: Final = tuple(
    Line(code, line.men, line.women, line.women + 1)
    for code, line in zip(PLACES, lines("capacidade"), strict=False)
)  # fmt: skip
