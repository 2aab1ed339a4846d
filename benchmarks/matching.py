"""Linking records into persons: how right, how fast, against Splink called directly on the same subjects."""

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from splink import DuckDBAPI, Linker

from benchmarks import febrl, other_country
from benchmarks.result import Result
from fictitious import shard
from fictitious.country import Country
from fictitious.truth import KINDS, human_id, human_rows
from registry.matching import truth as truth_files
from registry.matching import workbench
from registry.matching.decisions import Thresholds
from registry.matching.evaluation import Evaluation, evaluate
from registry.matching.measuring import Truth
from registry.matching.model import Model
from registry.matching.subjects import Source, subjects

NAME = "matching"
CLAIM = "Joins the records of one human being, hardly ever those of two, and says what a human should see."

STATES = ("AL", "PE", "SP")
TODAY = date(2026, 6, 30)
THRESHOLDS = Thresholds(join=settings.MATCHING_JOIN, keep=settings.MATCHING_KEEP, review=settings.MATCHING_REVIEW)


def run(people: int) -> Iterator[Result]:
    """Train on one country and link it; link others with the same model; link without numbers; link FEBRL."""
    sources, truth = country(people, "train")
    trained = evaluate(sources, truth, THRESHOLDS)
    yield from _results("trained_on_it", trained, f"{people} fictitious people")
    yield from _against_splink(sources, trained)
    unseen = evaluate(*country(people, "unseen"), THRESHOLDS, trained.model)
    yield from _results("unseen_country", unseen, f"{people} other fictitious people, model of the first country")
    bare = [source._replace(cpf="", rji="", rg="") for source in sources]
    without = evaluate(bare, truth, THRESHOLDS)
    yield from _results("no_numbers", without, f"{people} people, no CPF, RJI or RG", 0.998, 0.93)
    other, other_truth = other_country.country(people, "bench")
    for name, model in (("other_generator", trained.model), ("other_generator_own_model", None)):
        found = evaluate(other, other_truth, THRESHOLDS, model)
        yield from _results(name, found, f"{people} people of another generator, its errors not those of fictitious")
    yield from _febrl()


def _febrl() -> Iterator[Result]:
    for name, files in (("febrl3", ["dataset3.csv"]), ("febrl4", ["dataset4a.csv", "dataset4b.csv"])):
        for suffix, address in (("", False), ("_address_as_mother", True)):
            sources, truth = febrl.read(*files, address_as_mother=address)
            about = "address in the mother's place" if address else "no mother and no address"
            yield from _results(name + suffix, evaluate(sources, truth, THRESHOLDS), about)
            bare = [source._replace(cpf="") for source in sources]
            yield from _results(f"{name}{suffix}_no_numbers", evaluate(bare, truth, THRESHOLDS), about)


def country(people: int, seed: str) -> tuple[list[Source], Truth]:
    """The records of a fictitious country, as the contract delivers them, and their truth."""
    print(f"inventing {people} people…", file=sys.stderr)
    found = _Gathered()
    made = Country(people, seed, STATES, TODAY)
    for one in made.shards():
        shop, batches = shard.people(made.seed, one.number, one.uf, one.people, made.plan())
        for batch in batches:
            for uf, views in batch.items():
                found.take(uf, views)
        found.judge(shop.truth)
    return found.sources(), found.truth()


class _Gathered:
    """Rows of the contract's views, by record."""

    def __init__(self) -> None:
        self._records: dict[truth_files.Key, dict[str, Any]] = {}
        self._documents: dict[truth_files.Key, dict[str, dict[str, Any]]] = defaultdict(dict)
        self._aliases: dict[truth_files.Key, str] = {}
        self._humans: dict[truth_files.Key, tuple[str, str]] = {}
        self._people: list[dict[str, str]] = []

    def take(self, uf: str, views: dict[str, list[dict[str, Any]]]) -> None:
        for view, kind in KINDS.items():
            self._records |= {(uf, kind, str(row["id_origem"])): row for row in views.get(view, ())}
        for row in views.get("vw_preso_documento", ()):
            self._documents[uf, "P", str(row["id_preso"])][row["tipo"]] = row
        for row in views.get("vw_preso_nome", ()):
            if row["tipo"] == "NOME":
                self._aliases[uf, "P", str(row["id_preso"])] = row["valor"]

    def judge(self, known: Any) -> None:
        for number, uf, view, key, noise in known.records:
            self._humans[uf, KINDS[view], str(key)] = human_id(number), noise
        self._people += [{"human_id": row[0], "mother_name": row[2], "birth_date": row[3]} for row in human_rows(known)]

    def sources(self) -> list[Source]:
        return [self._source(number, key) for number, key in enumerate(sorted(self._records))]

    def truth(self) -> Truth:
        known = [self._humans[key] for key in sorted(self._records)]
        humans = {number: human for number, (human, _) in enumerate(known)}
        noise = {number: tuple(filter(None, classes.split(";"))) for number, (_, classes) in enumerate(known)}
        return Truth(humans, noise, truth_files.twins(iter(self._people), set(humans.values())))

    def _source(self, number: int, key: truth_files.Key) -> Source:
        row, documents = self._records[key], self._documents[key]
        cpf, rg = documents.get("CPF", {}), documents.get("RG", {})
        return Source(
            id=number, name=row["nome"], mother=row.get("nome_mae") or "", father=row.get("nome_pai") or "",
            alias=self._aliases.get(key, ""), birth=row.get("dt_nascimento"), sex=row.get("sexo") or "",
            cpf=cpf.get("numero") or row.get("cpf") or "", rji=row.get("rji") or "",
            rg="".join(filter(str.isalnum, rg.get("numero") or row.get("rg") or "")),
            rg_uf=(rg.get("orgao_uf") or "")[-2:], birthplace=row.get("naturalidade_ibge") or "",
            oab="".join(filter(None, (row.get("oab_uf"), row.get("oab_numero")))),
        )  # fmt: skip


def _results(
    name: str, found: Evaluation, about: str, precision: float = 0.999, recall: float = 0.97
) -> Iterator[Result]:
    measures = found.measures
    conditions = f"{about}, {measures.records} records, {measures.true_pairs} true pairs; ratio value/baseline"
    wanted = (
        ("precision", measures.pairs.precision, precision, ">= 1"), ("recall", measures.pairs.recall, recall, ">= 1"),
        ("found", measures.found, 0.99, ">= 1"), ("b3_f1", measures.b_cubed.f1, 0.99, ">= 1"),
        ("review_share", measures.review_share, 0.02, "<= 1"),
        ("mixed_per_10000", measures.mixed_per_10000, 3.0, "<= 1"),
        ("twins_joined_per_1000", 1000 * measures.twins_joined / max(measures.twins, 1), 1.0, "<= 1"),
    )  # fmt: skip
    for figure, value, goal, target in wanted:
        yield Result(
            name=f"matching.{name}.{figure}", value=value, unit="share" if value <= 1 else "count", baseline=goal,
            ratio=value / goal, conditions=f"{conditions}; baseline is the goal", target=target,
        )  # fmt: skip


def _against_splink(sources: list[Source], ours: Evaluation) -> Iterator[Result]:
    again = evaluate(sources, Truth({source.id: "" for source in sources[:1]}), THRESHOLDS, ours.model)
    plain = _splink_alone(sources, ours.model)
    yield Result(
        name="matching.link", value=again.linking, unit="s", baseline=plain, ratio=again.linking / plain,
        conditions=f"{len(sources)} records, trained model: blocking, scoring, reasons, vetoes, clusters; baseline:"
        " Splink's predict and connected components at the same threshold",
        target="<= 1.3",
    )  # fmt: skip


def _splink_alone(sources: list[Source], model: Model) -> float:
    with workbench.workbench() as bench:
        workbench.put(bench, "subjects", subjects(sources))
        start = time.perf_counter()
        linker = Linker(DuckDBAPI(bench).register("subjects"), model.settings, log_level=None)
        predicted = linker.inference.predict(threshold_match_weight=settings.MATCHING_REVIEW)
        linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_weight=settings.MATCHING_JOIN
        )
        return time.perf_counter() - start
