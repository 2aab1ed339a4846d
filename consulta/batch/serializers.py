"""What the batch API reads and answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from consulta.batch.forms import SHORTEST_REASON
from consulta.batch.lines import Line, problem_of
from consulta.batch.present import UNREADABLE
from consulta.batch.tables import MOST_LINES
from consulta.search.serializers import FoundPersonSerializer, person
from registry.selectors.search import Criteria, Match, Outcome
from registry.values.dates import parse_birth_query
from registry.values.errors import InvalidDate


class AskedLineSerializer(serializers.Serializer[Any]):
    """One line. A birth that cannot be read is told in its result, and does not stop the others."""

    name = serializers.CharField(max_length=200, required=False)
    mother = serializers.CharField(max_length=200, required=False)
    father = serializers.CharField(max_length=200, required=False)
    birth = serializers.CharField(max_length=30, required=False, help_text="1991, 03/1991, 12/03/1991 ou 1989-1993.")
    document = serializers.CharField(max_length=40, required=False, help_text="CPF, RG, RJI, matrícula, OAB ou NPU.")


class BatchSerializer(serializers.Serializer[Any]):
    """A batch and its reason."""

    reason = serializers.CharField(min_length=SHORTEST_REASON, max_length=300)
    lines: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=AskedLineSerializer(), min_length=1, max_length=MOST_LINES
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = enumerate(attrs["lines"], start=1)
        return {"reason": attrs["reason"], "lines": [_line(number, one) for number, one in given]}


class MatchSerializer(serializers.Serializer[Any]):
    """What a line found; `problem` says why one could not be read. Of a name alone, one person may be a namesake."""

    number = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=[*(one.value for one in Outcome), UNREADABLE])
    problem = serializers.CharField(allow_blank=True)
    total = serializers.IntegerField()
    truncated = serializers.BooleanField()
    persons = FoundPersonSerializer(many=True)


class MatchesSerializer(serializers.Serializer[Any]):
    """The results, in the order of the lines, and how many lines had each outcome."""

    summary = serializers.DictField(child=serializers.IntegerField())
    lines = MatchSerializer(many=True)
    receipt = serializers.UUIDField(help_text="Comprovante da consulta.")


def results(pairs: Sequence[tuple[Line, Match | None]], summary: dict[str, int]) -> dict[str, Any]:
    """The answer as JSON types, without the receipt."""
    return {"summary": summary, "lines": [_result(line, match) for line, match in pairs]}


def _result(line: Line, match: Match | None) -> dict[str, Any]:
    return {
        "number": line.number,
        "outcome": match.outcome.value if match else UNREADABLE,
        "problem": line.problem,
        "total": match.total if match else 0,
        "truncated": match.truncated if match else False,
        "persons": [person(card) for card in match.cards] if match else [],
    }


def _line(number: int, said: Mapping[str, str]) -> Line:
    birth = said.get("birth", "")
    try:
        criteria = Criteria(
            name=said.get("name", ""),
            mother=said.get("mother", ""),
            father=said.get("father", ""),
            birth=parse_birth_query(birth) if birth else None,
            document=said.get("document", ""),
        )
    except InvalidDate as error:
        return Line(number, "", problem=f"Nascimento: {error.message}.")
    problem = problem_of(criteria)
    return Line(number, "", None if problem else criteria, problem)
