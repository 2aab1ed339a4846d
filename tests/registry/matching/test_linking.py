"""Training, blocking and scoring: real Splink on real DuckDB."""

import subprocess
import sys
from datetime import date
from math import log2

import pytest

from registry.matching import linking, workbench
from registry.matching.blocking import RULES, most
from registry.matching.decisions import Thresholds
from registry.matching.edges import Edge
from registry.matching.evaluation import evaluate, figures
from registry.matching.features import FEATURES, explain
from registry.matching.linking import link
from registry.matching.model import Model
from registry.matching.predicting import Predictor
from registry.matching.subjects import Source, subject, subjects
from tests.registry.matching.people import SURNAMES, invent

EVERYTHING = -1000.0
HE = Source(
    1, "JOSE CARLOS TESTE SILVA", "MARIA TESTE", "PEDRO SILVA", birth=date(1990, 5, 17), sex="M", cpf="12345678909"
)


def scored(model: Model, a: Source, b: Source) -> Edge:
    [edge] = link(model, subjects([a, b._replace(id=2)]), EVERYTHING)
    return edge


def test_same_pair_scores_the_same_alone_as_among_all(model: Model) -> None:
    sources = {source.id: source for source in invent()[0]}
    bulk = [edge for edge in link(model, subjects(sources.values()), EVERYTHING) if edge.score > 0][::40]
    assert len(bulk) > 3
    for edge in bulk:
        [alone] = link(model, subjects([sources[edge.a], sources[edge.b]]), EVERYTHING)
        assert alone == edge


def test_statements_made_once_score_whatever_pairs_follow(model: Model) -> None:
    sources, predictor = invent()[0], Predictor(model, 0.0)
    for some in (sources[:60], sources[60:90], sources[:60]):
        with workbench.workbench() as bench:
            workbench.put(bench, "subjects", subjects(some))
            workbench.block(bench, "subjects", "subjects", RULES)
            workbench.weigh(bench, "subjects", "weighed", model.frequencies)
            found = list(predictor.edges(bench))
        assert found == link(model, subjects(some), 0.0) != []


def test_same_base_trains_the_same_model(model: Model) -> None:
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(invent()[0]))
        assert linking.train(bench, "subjects").version == model.version


def test_a_base_whose_chances_vanish_still_trains(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    # Splink's own bound, 1e-300, takes a larger base than a test's to reach.
    monkeypatch.setattr("splink.internals.comparison_level.M_U_CLAMP_MIN", 1e-60)
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(invent()[0]))
        trained = linking.train(bench, "subjects")
    other = HE._replace(mother="ANA LIMA", father="RUI LIMA", birth=date(1971, 2, 3), cpf="98765432100")
    assert scored(trained, HE, HE).score > 0 > scored(trained, HE, other).score


def test_model_read_back_from_json_scores_the_same(model: Model) -> None:
    kept = Model.from_json(model.to_json())
    assert kept.version == model.version
    assert scored(kept, HE, HE) == scored(model, HE, HE)


def test_reasons_and_the_prior_add_up_to_the_score(model: Model) -> None:
    edge = scored(model, HE, HE._replace(name="JOSE TESTE SILVA", mother="", birth=date(1990, 1, 1)))
    prior = model.settings["probability_two_random_records_match"]
    weights = sum(float(reason["weight"]) for reason in edge.reasons)
    assert weights + log2(prior / (1 - prior)) == pytest.approx(edge.score, abs=0.05)


def test_reasons_name_features_and_outcomes_and_never_values(model: Model) -> None:
    edge = scored(model, HE, HE._replace(birth=date(1990, 1, 1)))
    outcomes = {reason["feature"]: reason["outcome"] for reason in edge.reasons}
    assert outcomes["birth_date"] == "first_january"
    assert outcomes["cpf"] == "equal"
    assert "rg" not in outcomes
    assert "TESTE" not in str(edge.reasons)


def test_every_outcome_has_words() -> None:
    for feature in FEATURES:
        for level in feature.levels:
            assert explain(feature.code, level.code) == (feature.label, level.text)


def test_more_agreement_scores_more(model: Model) -> None:
    whole = scored(model, HE, HE).score
    without_cpf = scored(model, HE, HE._replace(cpf="")).score
    without_mother = scored(model, HE, HE._replace(cpf="", mother="")).score
    assert whole > without_cpf > without_mother


def test_veto_of_a_pair_comes_with_its_edge(model: Model) -> None:
    assert scored(model, HE, HE._replace(sex="F")).vetoes == ("sex",)
    assert scored(model, HE, HE).vetoes == ()


def test_base_without_mothers_trains_what_it_can() -> None:
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(source._replace(mother="") for source in invent()[0]))
        made = linking.train(bench, "subjects")
    assert scored(made, HE, HE).score > scored(made, HE, HE._replace(cpf="")).score > 0


def test_candidates_agree_on_a_rule_and_come_once() -> None:
    everything = [HE, HE._replace(id=2), Source(3, "OUTRO NOME", birth=date(1950, 1, 2))]
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(everything))
        assert workbench.block(bench, "subjects", "subjects", RULES) == 1
        assert workbench.count_candidates(bench, [(1, 2), (1, 3)]) == 1


def test_key_that_a_crowd_shares_finds_nobody() -> None:
    namesakes = [Source(number, f"JOSE {surname}", birth=date(1990, 5, 17)) for number, surname in enumerate(SURNAMES)]
    for weak, candidates in ((most(("birth_any", "key_given")), 10), (most(("birth_any", "key_given")) + 1, 0)):
        with workbench.workbench() as bench:
            workbench.put(bench, "subjects", subjects(namesakes[:weak]))
            assert workbench.block(bench, "subjects", "subjects", RULES) == candidates


def test_new_subjects_are_blocked_against_others_only() -> None:
    with workbench.workbench() as bench:
        workbench.put(bench, "arrived", [subject(HE._replace(id=9))])
        workbench.put(bench, "base", subjects([HE, HE._replace(id=2)]))
        assert workbench.block(bench, "arrived", "base", RULES) == 2


def test_database_reaches_no_network() -> None:
    with workbench.workbench() as bench:
        found = bench.execute("SELECT current_setting('autoinstall_known_extensions')").fetchall()
    assert found == [(False,)]


def test_model_finds_the_people_it_was_trained_on(model: Model) -> None:
    sources, truth = invent()
    found = evaluate(sources, truth, Thresholds(join=9, keep=5, review=0), model)
    assert found.measures.pairs.precision == 1
    assert found.measures.pairs.recall > 0.9
    assert figures(found.measures)["true_pairs"] == 200


def test_scoring_process_waits_for_no_library_that_it_does_not_need() -> None:
    heavy = "[name for name in ('django', 'celery', 'kombu', 'psycopg') if name in sys.modules]"
    asked = [sys.executable, "-c", f"import sys, registry.matching.scoring; print({heavy})"]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout == "[]\n"
