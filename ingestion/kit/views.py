"""A view of the contract as a template in a state's own database, and what stands around it.

The templates run as they are over tables that have the contract's own names (`rehearsal` makes such tables): a state
puts its own expressions and joins in their place. Nothing is cast: a cast to a length cuts silently, and one around
the watermark's columns keeps the database from using its index.
"""

from ingestion.contract import VIEWS, Field, View
from ingestion.kit.databases import WATERMARK, Database
from ingestion.kit.dictionary import codes, meaning

# More codes than these are looked up in the dictionary.
FEW_CODES = 12
HEADER = """\
-- {name}: {description}
-- Modelo. Troque cada t.coluna pela coluna ou expressão do seu banco, e a cláusula FROM pelas suas tabelas.
-- Mantenha os nomes depois de AS. Campo opcional que o estado não tem: escreva NULL no lugar de t.coluna (ou apague a
-- linha aqui e no mapeamento). Campo obrigatório não pode vir vazio. Não converta dt_atualizacao nem id_origem: o
-- banco deixaria de usar o índice. Código diferente do da tabela pode vir como está: a tradução fica no mapeamento.
-- A visão mostra todas as linhas, inclusive as excluídas (st_registro = 'E'), uma vez cada.
"""


def create(database: Database, view: View, schema: str, tables: str) -> str:
    """CREATE VIEW with every column of the contract, each with its type, whether it is required and what it says."""
    fields = view.fields
    lines = [_column(database, view, field, last=field is fields[-1]) for field in fields]
    head = f"{database.replace} {database.name(schema, view.name)} AS\nSELECT\n"
    source = f"FROM {database.name(tables, table_of(view))} t{database.terminator}\n"
    return HEADER.format(name=view.name, description=view.description) + head + "\n".join(lines) + "\n" + source


def indexes(database: Database, tables: str) -> str:
    """The index that every load begins by, for the table behind each view."""
    order = ", ".join(WATERMARK)
    lines = [
        "-- Um índice por tabela de onde vem a dt_atualizacao da visão; troque os nomes pelos do seu banco.",
        "-- Sem ele cada carga lê a tabela inteira. Se a visão junta tabelas, o índice fica na tabela que dá a",
        "-- dt_atualizacao; se ela vem de mais de uma (a maior das datas), grave a data na tabela principal.",
    ]
    for view in VIEWS.values():
        table = table_of(view)
        lines.append(f"CREATE INDEX ix_{table}_sn ON {database.name(tables, table)} ({order}){database.terminator}")
    return "\n".join(lines) + "\n"


def rehearsal(database: Database, view: View, tables: str) -> str:
    """A table under the view, for who wants to try the templates on an empty database."""
    columns = ",\n".join(f"    {field.name} {_nullable(database, field)}" for field in view.fields)
    return f"CREATE TABLE {database.name(tables, table_of(view))} (\n{columns}\n){database.terminator}\n"


def table_of(view: View) -> str:
    """The name the templates give to the table behind a view."""
    return view.name.removeprefix("vw_")


def _nullable(database: Database, field: Field) -> str:
    return f"{database.type_of(field)}{' NOT NULL' if field.required else ''}"


def _column(database: Database, view: View, field: Field, *, last: bool) -> str:
    expression = f"    t.{field.name} AS {field.name}{'' if last else ','}"
    need = "OBRIGATÓRIO" if field.required else "opcional"
    said = f"{database.type_of(field)} · {need} · {meaning(view, field)}"
    listed = codes(field)
    if listed and len(listed) <= FEW_CODES:
        said += " " + ", ".join(f"{code} = {label}" for code, label in listed.items()) + "."
    elif listed:
        said += f" {len(listed)} códigos, no dicionário de dados."
    return f"{expression}  -- {said}"
