"""Profiles of states nobody wrote one for: every view of the contract, in one of three houses' habits of naming."""

from dataclasses import dataclass

from fictitious import contract, tables
from fictitious.rows import REFERENCES
from fictitious.states.spec import Profile, Table, View, lettered, numbered

CODED = (
    "sexo",
    "movimentacao",
    "regime",
    "situacao_custodia",
    "parentesco",
    "escolaridade",
    "estado_civil",
    "raca_cor",
)
PREFIXES = {"date": "dt_", "timestamp": "dh_", "bool": "fl_", "int": "qt_", "blob/text": "bl_", "text": "ds_"}
LOADED_LATER = ("sha256",)  # what the contract says is computed at the load


@dataclass(frozen=True)
class House:
    """Habits of the company that made a state's system."""

    name: str
    schema: str
    table: str
    key: str
    text: str
    dates: str | None
    times: str | None
    flags: tuple[str, str] | None
    deleted: str
    encoding: str = "UTF8"


HOUSES = (
    House("SGP", "sgp", "tb_{}", "{}", "keep", None, None, None, "code"),
    House(
        "InfoPrisão", "public_prisional", "{}", "{:07d}", "plain", "%d/%m/%Y", "%d/%m/%Y %H:%M:%S", ("S", "N"), "flag"
    ),
    House("SISPEN-W", "dbo", "T_{}", "{}", "upper", "%Y%m%d", None, ("1", "0"), "code", "LATIN1"),
)


def profile(uf: str) -> Profile:
    """The generic profile of a state: its house follows from its IBGE code."""
    facts = tables.states()[uf]
    house = HOUSES[int(facts["ibge"]) % len(HOUSES)]
    codes = {domain: numbered(domain, "{:02d}") for domain in CODED}
    if house.deleted == "code":
        codes["st_registro"] = {"A": "1", "E": "0"}
    codes["tipo_documento"] = lettered("tipo_documento", 3)
    return Profile(
        uf, f"{house.name} {uf} (fictício)", f"{house.schema}_{uf.lower()}", facts["timezone"],
        tuple(_view(house, view) for view in contract.views()), house.encoding, house.text, house.dates, house.times,
        house.flags,
        deleted=house.deleted, keys={"vw_preso": house.key, "vw_visitante": house.key}, codes=codes,
    )  # fmt: skip


def _view(house: House, view: str) -> View:
    stem = view.removeprefix("vw_")
    columns = {
        field.name: _column(stem, field) for field in contract.views()[view].values() if field.name not in LOADED_LATER
    }
    return View(view, f"v_{stem}", (Table(house.table.format(stem), columns),))


def _column(stem: str, field: contract.Field) -> str:
    """id_preso → cd_preso, dt_saida of a timestamp → dh_saida, nome → ds_nome …"""
    name = field.name
    if name == "id_origem":
        return f"cd_{stem}"
    if name in REFERENCES:
        return f"cd_{name.removeprefix('id_')}_ref"
    bare = name.removeprefix("dt_").removeprefix("st_")
    return PREFIXES.get(field.kind, "ds_") + bare
