"""Each situation is in the rows as its name says, the truth names it, and nothing else of a seed changes with it."""

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from fictitious import documents, situations
from fictitious.country import Country
from fictitious.generate import generate
from fictitious.rows import Row, Rows
from fictitious.shop import Shop
from fictitious.situations.scene import Scene
from fictitious.truth import Truth
from tests.fictitious.conftest import STATES

ABROAD = timedelta(days=1)


@pytest.fixture(scope="module")
def told(country: Path) -> list[dict[str, str]]:
    with (country / "truth" / "situations.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def missing(country: Path) -> list[dict[str, str]]:
    with (country / "truth" / "missing.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def play(kind: str, turn: int = 0) -> Scene:
    """One situation by itself, its rows as the contract names them."""
    country = Country(6_000, "scene", STATES)
    scene = Scene(Shop(Random(f"scene:{kind}:{turn}"), country.plan(), Rows(0), Truth(), 0))
    scene.kind, scene.number, scene.turn = kind, turn, turn
    scene.able = tuple(uf for uf in STATES if situations.shows(uf, situations.NEEDS.get(kind, ())))
    situations.KINDS[kind][0](scene)
    return scene


def rows(scene: Scene, view: str) -> list[Row]:
    return [row for made in scene.shop.rows.by_state.values() for row in made.get(view, ())]


def noise(scene: Scene) -> Counter[str]:
    return Counter(label for record in scene.shop.truth.records for label in record[4].split(";") if label)


def held(scene: Scene) -> list[Row]:
    return [row for row in rows(scene, "vw_custodia") if row["dt_saida"] is None]


def days(row: Row, name: str) -> date:
    value = row[name]
    assert isinstance(value, date)
    return value


def test_every_kind_is_there_and_no_person_without_one(
    told: list[dict[str, str]], missing: list[dict[str, str]], records: list[dict[str, str]]
) -> None:
    assert {row["kind"] for row in told} == situations.KINDS.keys() - {"missing_elsewhere"}
    added = {(row["human_id"], row["origin"], row["view"], row["id_origem"]) for row in records}
    named = {(row["human_id"], row["origin"], row["view"], row["id_origem"]) for row in told if row["human_id"]}
    assert named <= added
    assert {row[0] for row in added if row[0] < "H000003000"} == {row[0] for row in named}
    assert any(not row["human_id"] for row in missing)


def test_nothing_else_of_a_seed_changes_with_them(tmp_path: Path) -> None:
    for name, times in (("with", 2.0), ("without", 0.0)):
        generate(Country(600, "same", ("AL", "PE"), situations=times), tmp_path / name, 1)
    files = {path.relative_to(tmp_path / "without") for path in (tmp_path / "without").rglob("*") if path.is_file()}
    for path in files - {Path("country.json")}:
        before, after = (tmp_path / name / path for name in ("without", "with"))
        assert after.read_bytes().startswith(before.read_bytes()), path
    more = {path.relative_to(tmp_path / "with") for path in (tmp_path / "with").rglob("*") if path.is_file()} - files
    assert more
    assert all(path.stem == situations.NAME or path.suffix == ".png" for path in more)


def test_a_country_too_small_has_none(tmp_path: Path) -> None:
    generate(Country(300, "small", ("AL",)), tmp_path, 1)

    assert (tmp_path / "truth" / "situations.csv").read_text().count("\n") == 1


def test_there_are_few_however_large_the_country() -> None:
    assert [situations.how_many(Country(people, "n", STATES), 2) for people in (999, 1_000, 20_000, 10**6)] == [
        0, 1, 4, situations.MOST,
    ]  # fmt: skip


@pytest.mark.parametrize("turn", range(4))
def test_an_unidentified_prisoner_has_marks_and_nothing_that_names(turn: int) -> None:
    scene = play("unidentified", turn)

    [row] = rows(scene, "vw_preso")
    assert [row[name] for name in ("nome_mae", "dt_nascimento", "rji", "endereco")] == [None] * 4
    assert not rows(scene, "vw_preso_documento")
    assert not rows(scene, "vw_preso_nome")
    assert len(rows(scene, "vw_preso_sinal")) >= 2
    assert noise(scene) == {"unidentified": 1}
    assert turn == 3 or any(word in str(row["nome"]) for word in ("IDENTIFICAD", "IGNORAD"))
    assert len(scene.missing) == (turn != 2)


def test_some_of_the_missing_are_prisoners_and_some_are_nowhere(
    missing: list[dict[str, str]], humans: dict[str, dict[str, str]], records: list[dict[str, str]]
) -> None:
    labels = {(row["origin"], row["view"], row["id_origem"]): row["noise"] for row in records}
    found = [row for row in missing if row["human_id"]]
    unidentified = [row for row in found if labels[row["origin"], row["view"], row["id_origem"]] == "unidentified"]

    assert unidentified
    assert len(unidentified) < len(found) < len(missing)
    for row in found:
        human = humans[row["human_id"]]
        assert (row["name"], row["mother_name"]) == (human["name"], human["mother_name"])
        age = (date.fromisoformat(row["last_seen_on"]) - date.fromisoformat(human["birth_date"])).days / 365.25
        assert abs(age - int(row["age"])) < 3.01
        assert row["marks"].count(",") >= 2


def test_a_lawyer_visits_and_another_is_held() -> None:
    visiting, in_custody = play("lawyer_visitor"), play("lawyer_in_custody")

    [visitor] = rows(visiting, "vw_visitante")
    assert visitor["cpf"] in {row["cpf"] for row in rows(visiting, "vw_advogado")}
    assert {row["id_visitante"] for row in rows(visiting, "vw_visita")} == {visitor["id_origem"]}
    [prisoner] = held(in_custody)
    [document] = [row for row in rows(in_custody, "vw_preso_documento") if row["tipo"] == "CPF"]
    assert document["id_preso"] == prisoner["id_preso"]
    assert document["numero"] in {row["cpf"] for row in rows(in_custody, "vw_advogado")}


def test_a_visitor_is_held_now_and_another_was_on_the_day_of_a_visit() -> None:
    now, then = play("visitor_in_custody"), play("visited_in_custody")

    human = next(number for number, _, view, _, _ in now.shop.truth.records if view == "vw_visitante")
    key = next(one[3] for one in now.shop.truth.records if one[0] == human and one[2] == "vw_preso")
    own = [row for row in held(now) if row["id_preso"] == key][-1]
    assert all(days(visit, "dt_entrada") < days(own, "dt_inclusao") for visit in rows(now, "vw_visita"))
    [period] = [row for row in rows(then, "vw_custodia") if row["dt_saida"]]
    [visit] = rows(then, "vw_visita")
    assert days(period, "dt_inclusao") + ABROAD < days(visit, "dt_entrada") < days(period, "dt_saida") - ABROAD


def test_a_visitor_comes_to_many_in_two_states() -> None:
    scene = play("visitor_of_many")

    assert len(rows(scene, "vw_visita")) == len(rows(scene, "vw_preso")) == 8
    assert len({row["cpf"] for row in rows(scene, "vw_visitante")}) == 1
    assert len({row["id_visitante"] for row in scene.rows("AL", "vw_visita")}) == 1


def test_two_people_of_two_states_share_a_home_and_a_telephone() -> None:
    scene = play("shared_contact")

    [visitor] = rows(scene, "vw_visitante")
    [prisoner] = [row for row in rows(scene, "vw_preso") if row["endereco"] == visitor["endereco"]]
    assert prisoner["telefone"] == visitor["telefone"]
    assert prisoner in scene.rows("AL", "vw_preso")
    assert visitor in scene.rows("PE", "vw_visitante")


@pytest.mark.parametrize(
    ("kind", "label"), [("cpf_two_people", "cpf_shared"), ("rji_two_people", "rji_shared")]
)  # fmt: skip
def test_a_number_on_two_people_is_noise_of_one(kind: str, label: str) -> None:
    scene = play(kind)

    name = "rji" if label == "rji_shared" else "numero"
    among = rows(scene, "vw_preso") if name == "rji" else rows(scene, "vw_preso_documento")
    shared = Counter(row[name] for row in among if name == "rji" or row["tipo"] == "CPF")
    assert list(shared.values()) == [2]
    assert noise(scene) == {label: 1}
    assert len({record[0] for record in scene.shop.truth.records}) == 2


@pytest.mark.parametrize("turn", range(3))
def test_twins_of_rare_names_differ_by_a_letter_or_a_few(turn: int) -> None:
    scene = play("twins_alike", turn)

    one, other = rows(scene, "vw_preso")
    assert all(one[field] == other[field] for field in ("nome_mae", "dt_nascimento", "sexo"))
    first, second = (str(row["nome"]).split() for row in (one, other))
    assert first[0] != second[0]
    assert first[0][:2] == second[0][:2]
    assert first[1:] == second[1:]
    assert not other["rji"]
    assert {row["id_preso"] for row in rows(scene, "vw_preso_documento")} == {one["id_origem"]}
    assert noise(scene) == {"undocumented": 1}
    assert len({record[0] for record in scene.shop.truth.records}) == 2


def test_one_photograph_is_of_two_people() -> None:
    scene = play("photo_two_people")

    shared = Counter(row["conteudo_ou_uri"] for row in rows(scene, "vw_preso_foto"))
    [image] = [image for image, times in shared.items() if times == 2]
    assert len({row["id_preso"] for row in rows(scene, "vw_preso_foto") if row["conteudo_ou_uri"] == image}) == 2
    assert noise(scene) == {"photo_shared": 1}


def test_one_person_is_in_two_units() -> None:
    first, second = held(play("two_units"))

    assert first["id_preso"] == second["id_preso"]
    assert first["id_unidade"] != second["id_unidade"]


def test_a_gap_has_no_exit_and_an_exit_no_entry() -> None:
    gap, lone = play("custody_gap"), play("exit_without_entry")

    before, after = rows(gap, "vw_custodia")
    assert days(after, "dt_inclusao") - days(before, "dt_saida") > timedelta(days=30)
    assert {row["tipo"] for row in rows(gap, "vw_movimentacao")} == {"INC_ORIG", "TR_ENT_UF"}
    assert [row["tipo"] for row in rows(lone, "vw_movimentacao")] == ["ALVARA"]


def test_something_happens_after_a_death() -> None:
    scene = play("event_after_death")

    [dead] = rows(scene, "vw_preso")
    last = max(rows(scene, "vw_movimentacao"), key=lambda row: str(row["dt_evento"]))
    assert str(last["dt_evento"])[:10] > str(days(dead, "dt_obito") + timedelta(days=20))
    assert [len(held(play(kind))) for kind in ("held_after_death", "held_after_release")] == [1, 1]


def test_a_man_is_in_a_unit_for_women() -> None:
    scene = play("man_in_womens_unit")

    [period] = held(scene)
    unit = scene.shop.plan.estates(scene.home).units[int(str(period["id_unidade"])) - 1]
    assert ([row["sexo"] for row in rows(scene, "vw_preso")], unit.sex) == (["M"], "F")


def test_a_unit_receives_many_in_one_week() -> None:
    scene = play("capacity_jump")

    target = scene.shop.plan.estates(scene.home).units[int(scene.told[0][5].split("-")[-1]) - 1]
    came = [row for row in rows(scene, "vw_custodia") if row["id_unidade"] == target.number]
    assert all(row["dt_saida"] is None for row in came)
    assert len(came) >= 20
    assert len(came) >= target.expected * 0.45
    assert max(days(row, "dt_inclusao") for row in came) - min(days(row, "dt_inclusao") for row in came) < ABROAD
    assert {row["id_preso"] for row in came} == {row["id_preso"] for row in rows(scene, "vw_custodia")}


def test_telephones_are_nobodys_and_seldom_alike() -> None:
    rng = Random("phones")
    made = [documents.phone(rng, "SP") for _ in range(3_000)]

    assert all(number.startswith("(11) 90") and len(number) == 15 for number in made)
    assert len(set(made)) > 2_995


def test_a_wider_range_of_telephones_leaves_the_stream_as_it_was() -> None:
    rng, before = Random("stream"), Random("stream")
    for _ in range(500):
        documents.phone(rng, "SP")
        before.randrange(10_000)

    assert rng.random() == before.random()


def test_a_situation_is_told_only_of_states_that_show_it() -> None:
    assert not situations.shows("PE", situations.NEEDS["minor_alone"])
    assert play("minor_alone", 1).told[0][3] == "SP"
