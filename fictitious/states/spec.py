"""How a state keeps its data: its own tables, columns, codes, formats and what it shows in its views."""

from dataclasses import dataclass, field

from fictitious import contract


@dataclass(frozen=True)
class Table:
    """A native table fed by one contract view: contract field → native column, the key first."""

    name: str
    columns: dict[str, str]


@dataclass(frozen=True)
class View:
    """What the reader sees for one contract view; tables after the first are joined to it by the key."""

    contract: str
    name: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Profile:
    """One state's database.

    `keys` maps view → template of its `id_origem` ("{}" is a plain integer); `codes` domain → contract code → the
    state's; `lookups` domain → table that holds the state's codes by number, joined in the view; `folded` document
    type → column of the prisoners' table, for states that have no table of documents. `dates` and `times` are
    strftime formats of text columns, None for native types; `dt_atualizacao` is always a native timestamp.
    """

    uf: str
    system: str
    schema: str
    timezone: str
    views: tuple[View, ...]
    encoding: str = "UTF8"
    text: str = "keep"  # keep, upper, plain (upper case without accents)
    dates: str | None = None
    times: str | None = None
    flags: tuple[str, str] | None = None
    photos: str = "blob"
    deleted: str = "code"  # code: the domain st_registro; flag: a boolean that the view turns into A or E
    keys: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    lookups: dict[str, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    prefix: str = ""  # of the database and the reader, where several countries share a server

    @property
    def database(self) -> str:
        return f"{self.prefix}estado_{self.uf.lower()}"

    @property
    def reader(self) -> str:
        return f"{self.prefix}leitor_{self.uf.lower()}"

    def key(self, view: str, number: int) -> str:
        """The `id_origem` that the view shows for our number."""
        return self.keys.get(view, "{}").format(number)

    def number(self, view: str, key: str) -> int:
        """Our number of an `id_origem`."""
        return int(key[len(self.keys.get(view, "{}").partition("{")[0]) :])


def table(name: str, columns: str) -> Table:
    """A table from "field=column field=column …"; a bare name is both."""
    pairs = (item.partition("=") for item in columns.split())
    return Table(name, {field: column or field for field, _, column in pairs})


def view(contract_view: str, name: str, *tables: Table) -> View:
    return View(contract_view, name, tables)


def numbered(domain: str, template: str = "{}", first: int = 1) -> dict[str, str]:
    """Codes of a list by their number, as many systems keep them."""
    return {code: template.format(number) for number, code in enumerate(contract.codes(domain), first)}


def lettered(domain: str, length: int) -> dict[str, str]:
    """Codes cut to their first letters, lengthened where two would be alike."""
    made: dict[str, str] = {}
    for code in contract.codes(domain):
        size = length
        while code[:size] in made.values():
            size += 1
        made[code] = code[:size]
    return made
