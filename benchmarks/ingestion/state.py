"""A state on a private MariaDB, written set by set by its own SQL: N prisoners and ten child rows for each.

Rows are as wide as real ones (25 columns for a prisoner), codes are the state's own numbers, and every table has the
index on (dt_atualizacao, id) that the guide for states asks for.
"""

import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

DATABASE = "estado_bench"
READER = "leitor_bench"
PASSWORD = "leitura"  # noqa: S105 of a database that lives for one run
CHUNK = 250_000


@dataclass(frozen=True)
class Table:
    """A table of the state: its contract view, how many rows a prisoner has in it, and its columns.

    A column is `name, type, expression, contract field`; in the expression `i` numbers the rows from 1 and `p` is the
    prisoner. Everything else follows from it: view, mapping, next day.
    """

    view: str
    each: float
    columns: tuple[tuple[str, str, str, str], ...]
    codes: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return f"t_{self.view.removeprefix('vw_')}"

    def rows(self, people: int) -> int:
        return max(1, round(people * self.each))


# Lists of coprime lengths, so that names repeat as seldom as real ones do.
FIRST = (
    "JOSÉ MARIA JOÃO ANA ANTÔNIO FRANCISCA CARLOS PAULO LUCAS MÁRCIA TEREZA DAMIÃO EDSON RITA CÍCERO VERA IVAN SÔNIA"
)
FIRST += " WESLEY JÉSSICA RAFAEL KAUÃ DÉBORA"
SECOND = "APARECIDA EDUARDO LUIZ CRISTINA HENRIQUE DE~FÁTIMA RODRIGO ALINE FELIPE VITÓRIA GUSTAVO SEBASTIÃO ROSA"
SECOND += " MATEUS BEATRIZ RENAN LÚCIA DANIEL JÚLIA"
THIRD = (
    "DA~SILVA DOS~SANTOS OLIVEIRA SOUZA LIMA FERREIRA ARAÚJO BARBOSA NASCIMENTO RIBEIRO ALVES CARDOSO MELO ROCHA DIAS"
)
THIRD += " CAVALCANTE MOREIRA TEIXEIRA CORREIA FARIAS MENDES NUNES DUARTE PINHEIRO BORGES XAVIER BRANDÃO LEITÃO PAIXÃO"
LAST = (
    "PEREIRA COSTA GOMES MARTINS CARVALHO ALMEIDA LOPES SOARES FERNANDES VIEIRA MONTEIRO MENDONÇA GALVÃO FREITAS CUNHA"
)
LAST += (
    " MOURA PEIXOTO BATISTA CAMPOS GUIMARÃES TAVARES QUEIROZ REIS MACHADO AZEVEDO COUTINHO ROLIM SALES BEZERRA VIANA"
)
LAST += " SIQUEIRA"


def _names(seed: int) -> str:
    parts = ", ' ', ".join(
        _one_of(words.split(), seed + place) for place, words in enumerate((FIRST, SECOND, THIRD, LAST))
    )
    return f"CONCAT({parts})"


def _one_of(words: list[str], seed: int) -> str:
    listed = ", ".join("'" + word.replace("~", " ") + "'" for word in words)
    return f"ELT(1 + (i * {seed} + i DIV 7) % {len(words)}, {listed})"


def _day(first: str, days: int, seed: int) -> str:
    return f"DATE '{first}' + INTERVAL (i * {seed}) % {days} DAY"


def _moment(first: str, days: int, seed: int) -> str:
    return f"TIMESTAMP '{first} 06:00:00' + INTERVAL (i * {seed}) % {days * 86_400} SECOND"


def _cpf(number: str) -> str:
    """A CPF whose check digits agree, as nearly all that a state has, of a number of nine digits."""
    digits = [f"({number}) DIV {10**place} % 10" for place in range(8, -1, -1)]
    first, second = (
        " + ".join(f"{weight} * ({digit})" for weight, digit in zip(range(heaviest, 1, -1), digits, strict=False))
        for heaviest in (10, 11)
    )
    first = f"(({first}) * 10 % 11 % 10)"
    return f"CONCAT(LPAD({number}, 9, '0'), {first}, ({second} + 2 * {first}) * 10 % 11 % 10)"


def _voter(number: str) -> str:
    """A voter number of Alagoas whose check digits agree, of a number of eight digits."""
    digits = [f"({number}) DIV {10**place} % 10" for place in range(7, -1, -1)]
    first = "(({}) % 11 % 10)".format(
        " + ".join(f"{weight} * ({digit})" for weight, digit in zip(range(2, 10), digits, strict=True))
    )
    return f"CONCAT(LPAD({number}, 8, '0'), '17', {first}, (7 * 1 + 8 * 7 + 9 * {first}) % 11 % 10)"


KEY = ("id", "INT NOT NULL PRIMARY KEY", "i", "id_origem")
PRISONER = ("cd_preso", "INT NOT NULL", "p", "id_preso")
# Rows were changed about in the order of their numbers, as they are in a system in use.
SINCE = "TIMESTAMP '2021-01-01 00:00:00' + INTERVAL i * {step} + (i * 7919) % 3600 SECOND"
CHANGED = ("dt_alt", "DATETIME NULL", SINCE, "dt_atualizacao")
ACTIVE = ("fl_ativo", "CHAR(1) NOT NULL", "'A'", "st_registro")
UNIT = "1 + (i * 31) % {units}"

UNITS = Table("vw_unidade", 0.001, (
    KEY, ("nm", "VARCHAR(80)", "CONCAT('PENITENCIÁRIA ', i)", "nome"),
    ("tp", "CHAR(30)", "'PENITENCIARIA'", "tipo"), ("md", "VARCHAR(30)", "'FISICA'", "modalidade"),
    ("sx", "CHAR(1)", "'M'", "sexo_destinado"), ("mun", "CHAR(7)", "'2704302'", "cod_municipio_ibge"), CHANGED, ACTIVE,
))  # fmt: skip
PRISONERS = Table("vw_preso", 1, (
    KEY, ("nr_prontuario", "VARCHAR(20)", "CONCAT('P', i)", "prontuario"),
    ("nm", "VARCHAR(120)", _names(5), "nome"),
    ("nm_social", "VARCHAR(80)", "IF(i % 50 = 7, CONCAT('SOCIAL ', i), NULL)", "nome_social"),
    ("nm_mae", "VARCHAR(120)", _names(7), "nome_mae"),
    ("nm_pai", "VARCHAR(120)", f"IF(i % 3 = 0, 'NAO DECLARADO', {_names(11)})", "nome_pai"),
    ("dt_nasc", "DATE", _day("1955-01-01", 18_000, 37), "dt_nascimento"),
    ("tp_sexo", "CHAR(1)", "IF(i % 20 = 3, '2', '1')", "sexo"),
    ("cd_cor", "CHAR(1)", "1 + i % 5", "raca_cor"),
    ("ds_etnia", "VARCHAR(40)", "NULL", "etnia_indigena"), ("cd_civil", "CHAR(1)", "1 + i % 6", "estado_civil"),
    ("cd_escol", "CHAR(1)", "1 + i % 8", "escolaridade"),
    ("ds_prof", "VARCHAR(40)", "ELT(1 + i % 5, 'PEDREIRO', 'SERVENTE', 'MOTORISTA', 'AUTÔNOMO', NULL)", "profissao"),
    ("ds_nac", "VARCHAR(20)", "'BRASILEIRA'", "nacionalidade"),
    ("cd_mun", "CHAR(7)", "2700000 + i % 102 * 100", "naturalidade_ibge"),
    ("ds_def", "VARCHAR(40)", "NULL", "deficiencia"), ("fl_gest", "TINYINT(1)", "0", "gestante"),
    ("qt_filhos", "INT", "i % 7", "n_filhos"), ("tp_area", "VARCHAR(20)", "ELT(1 + i % 2, 'URBANA', 'RURAL')",
     "procedencia"),
    ("ds_end", "VARCHAR(120)", "CONCAT('RUA ', i % 900, ', Nº ', i % 2000, ' - BAIRRO SÃO JOÃO')", "endereco"),
    ("nr_tel", "VARCHAR(20)", "CONCAT('82 9', 90000000 + i)", "telefone"),
    ("ds_email", "VARCHAR(60)", "NULL", "email"), ("dt_obito", "DATE", "NULL", "dt_obito"), CHANGED, ACTIVE,
), (("1", "M"), ("2", "F")))  # fmt: skip
CHILDREN = (
    Table("vw_visitante", 1, (
        KEY, ("nm", "VARCHAR(120)", _names(13), "nome"), ("nm_mae", "VARCHAR(120)", _names(17), "nome_mae"),
        ("dt_nasc", "DATE", _day("1950-01-01", 20_000, 41), "dt_nascimento"), ("tp_sexo", "CHAR(1)", "'F'", "sexo"),
        ("nr_cpf", "VARCHAR(14)", _cpf("i * 97 % 1000000000"), "cpf"), ("nr_rg", "VARCHAR(20)", "NULL", "rg"),
        ("nr_tel", "VARCHAR(20)", "CONCAT('82 9', 80000000 + i)", "telefone"), CHANGED, ACTIVE)),
    Table("vw_preso_documento", 2, (
        KEY, PRISONER, ("tp", "VARCHAR(10)", "IF(i % 2, 'RG', 'TITULO')", "tipo"),
        ("nr", "VARCHAR(40)", f"IF(i % 2, 1000000 + i, {_voter('i * 97 % 100000000')})", "numero"),
        ("ds_orgao", "VARCHAR(20)", "'SSP/AL'", "orgao_uf"),
        ("dt_em", "DATE", _day("1990-01-01", 11_000, 43), "dt_emissao"), CHANGED, ACTIVE)),
    Table("vw_preso_nome", 1, (
        KEY, PRISONER, ("tp", "VARCHAR(12)", "'ALCUNHA'", "tipo"),
        ("ds", "VARCHAR(120)", "CONCAT('APELIDO ', i % 5000)", "valor"),
        ("ds_orgao", "VARCHAR(40)", "'PC/AL'", "orgao_origem"), CHANGED, ACTIVE)),
    Table("vw_custodia", 1, (
        KEY, PRISONER, ("cd_unid", "INT", UNIT, "id_unidade"),
        ("ds_pav", "VARCHAR(20)", "CHAR(65 + i % 6)", "pavilhao"),
        ("nr_cela", "VARCHAR(20)", "CONCAT(i % 40)", "cela"), ("cd_sit", "VARCHAR(20)", "'CONDENADO'", "situacao"),
        ("cd_reg", "VARCHAR(20)", "'FECHADO'", "regime"), ("cd_just", "VARCHAR(10)", "'ESTADUAL'", "justica"),
        ("dt_pris", "DATE", _day("2015-01-01", 3_000, 47), "dt_prisao"),
        ("dt_inc", "DATETIME", _moment("2015-01-02", 3_000, 104_729), "dt_inclusao"),
        ("dt_sai", "DATETIME", "NULL", "dt_saida"), ("fl_rdd", "TINYINT(1)", "0", "rdd"), CHANGED, ACTIVE)),
    Table("vw_movimentacao", 3, (
        KEY, PRISONER, ("cd_tp", "VARCHAR(4)", "LPAD(1 + i % 3, 3, '0')", "tipo"),
        ("dt_ev", "DATETIME", _moment("2015-01-02", 3_900, 15_485_863), "dt_evento"),
        ("dt_reg", "DATETIME", _moment("2015-01-03", 3_900, 15_485_863), "dt_registro"),
        ("cd_de", "INT", UNIT, "id_unidade_origem"), ("cd_para", "INT", UNIT, "id_unidade_destino"),
        ("ds_mot", "VARCHAR(80)", "ELT(1 + i % 3, 'DETERMINAÇÃO JUDICIAL', 'SEGURANÇA', NULL)", "motivo"),
        CHANGED, ACTIVE), (("001", "INC_ORIG"), ("002", "TR_ENT_UF"), ("003", "TR_SAI_UF"))),
    Table("vw_visitante_preso", 1, (
        KEY, ("cd_vis", "INT", "p", "id_visitante"), PRISONER, ("ds_par", "VARCHAR(20)", "'MAE'", "parentesco"),
        ("ds_sit", "VARCHAR(20)", "'ATIVO'", "situacao"),
        ("dt_ini", "DATE", _day("2018-01-01", 2_000, 53), "dt_inicio"), CHANGED, ACTIVE)),
    Table("vw_visita", 1, (
        KEY, ("cd_vis", "INT", "p", "id_visitante"), PRISONER, ("cd_unid", "INT", UNIT, "id_unidade"),
        ("dt_ent", "DATETIME", _moment("2022-01-02", 1_000, 15_485_863), "dt_entrada"),
        ("dt_sai", "DATETIME", _moment("2022-01-02", 1_000, 15_485_863), "dt_saida"),
        ("tp", "VARCHAR(10)", "'SOCIAL'", "tipo"), ("fl_menor", "TINYINT(1)", "i % 9 = 0", "menor_acompanhado"),
        CHANGED, ACTIVE)),
)  # fmt: skip
TABLES = (UNITS, PRISONERS, *CHILDREN)


def mapping(origin: str) -> str:
    """The mapping file of this state."""
    views = "".join(f"  {table.view}:\n{textwrap.indent(_view_mapping(table), '    ')}" for table in TABLES)
    head = f"mapping: 1\ncontract: 1\norigin: {origin}\ntimezone: America/Maceio\n"
    return f"{head}not_declared: [NAO DECLARADO]\nrepair: [trim, mojibake]\nviews:\n{views}"


def _view_mapping(table: Table) -> str:
    coded = {"vw_preso": "sexo", "vw_movimentacao": "tipo"}.get(table.view)
    codes = ", ".join(f'"{ours}": {theirs}' for ours, theirs in table.codes)
    lines = [
        f"  {field}: {{column: {name}, codes: {{{codes}}}}}\n" if field == coded else f"  {field}: {name}\n"
        for name, _, _, field in table.columns
    ]
    return f"relation: {table.view}\nfields:\n{''.join(lines)}"


class State:
    """The state's database, seen by its administrator."""

    def __init__(self, url: str, people: int) -> None:
        self.people = people
        self._engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")

    def build(self) -> None:
        """Database, tables, rows, views and the reader."""
        print(f"writing a state of {self.people} prisoners and their children…", file=sys.stderr)
        with self._session(None) as run:
            run(f"DROP DATABASE IF EXISTS {DATABASE}")
            run(f"CREATE DATABASE {DATABASE} CHARACTER SET utf8mb4")
            run(f"CREATE OR REPLACE USER {READER}@'%' IDENTIFIED BY '{PASSWORD}'")
        for table in TABLES:
            self._fill(table)

    def next_day(self, percent: int) -> int:
        """Change so many of a hundred rows of every table, as of now; how many rows those are."""
        changed = 0
        with self._session(DATABASE) as run:
            for table in TABLES:
                changed += run(
                    f"UPDATE {table.name} SET {_freest(table)} = CONCAT('M', id),"
                    f" dt_alt = UTC_TIMESTAMP() - INTERVAL 181 MINUTE WHERE id % {100 // percent} = 1"
                )
        return changed

    def _fill(self, table: Table) -> None:
        rows = table.rows(self.people)
        step = max(1, 150_000_000 // rows)
        places = {"units": UNITS.rows(self.people), "step": step}
        columns = ", ".join(f"{name} {kind}" for name, kind, _, _ in table.columns)
        values = ", ".join(value.format(**places) for _, _, value, _ in table.columns)
        with self._session(DATABASE) as run:
            run(f"CREATE TABLE {table.name} ({columns}, KEY (dt_alt, id)) ENGINE=InnoDB")
            for first in range(1, rows + 1, CHUNK):
                last = min(rows, first + CHUNK - 1)
                numbered = f"SELECT seq AS i, 1 + (seq - 1) % {self.people} AS p FROM seq_{first}_to_{last}"
                run(f"INSERT INTO {table.name} SELECT {values} FROM ({numbered}) n")
            run(f"ANALYZE TABLE {table.name}")
            run(f"CREATE VIEW {table.view} AS SELECT * FROM {table.name}")
            run(f"GRANT SELECT ON {DATABASE}.{table.view} TO {READER}@'%'")

    @contextmanager
    def _session(self, database: str | None) -> Iterator[Any]:
        with self._engine.connect() as connection:
            if database:
                connection.exec_driver_sql(f"USE {database}")
            yield lambda statement: connection.exec_driver_sql(statement.replace("%", "%%")).rowcount


def _freest(table: Table) -> str:
    """A column of free text, whose change is a change that the registry sees."""
    free = ("endereco", "telefone", "orgao_uf", "valor", "pavilhao", "motivo", "parentesco", "nome", "tipo")
    found = {field: name for name, _, _, field in table.columns}
    return next(found[field] for field in free if field in found)
