"""The review desk for programs: the same gate, the same queue, the same rules."""

from typing import Any, Final

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from audit.events import Channel
from consulta import access as gate
from consulta import rendering
from consulta.access import Action, Shown
from consulta.review import desk, params, serializers, tokens
from consulta.review.admission import admit
from consulta.review.present import fields
from consulta.review.views import FIELDS
from consulta.serializers import PURPOSE, REFUSALS
from credentialing.roles import Permission
from registry.models import Verdict
from registry.selectors.reviewing import queue as queues
from registry.selectors.reviewing.pair import Half, Pair
from registry.selectors.reviewing.pair import pair as read_pair
from registry.services.reviewing import errors
from registry.services.reviewing.claiming import claim, reviewer
from registry.services.reviewing.voting import vote

_CONFLICT: Final = OpenApiResponse(description="O par é de outro revisor, já foi resolvido ou mudou; nada foi gravado")
_FILTERS: Final = [
    OpenApiParameter("motivo", str, enum=[cause.value for cause in queues.SHOWN_CAUSES]),
    OpenApiParameter("uf", str, description="UF de um dos registros"),
    OpenApiParameter("tipo", str, enum=["P", "V", "L"]),
    OpenApiParameter("segundo", str, enum=["1"], description="só os que já têm um voto"),
    OpenApiParameter("meus", str, enum=["1"]),
    OpenApiParameter("pagina", int),
]
_LISTED: Final = {
    "rows": [{"id": 63, "cause": "veto", "kinds": ["P", "P"], "origins": ["AL", "PE"], "in_custody": True}],
    "total": 1,
    "page": 1,
    "pages": 1,
    "receipt": "0f8fad5b-d9cb-469f-a165-70867728950e",
}
_READ: Final = {
    "id": 63,
    "cause": "veto",
    "score": 4.2,
    "vetoes": ["given_name"],
    "fields_compared": [{"label": "Nome", "outcome": "differs", "a": ["JOÃO TESTE"], "b": ["JOSÉ TESTE"]}],
    "lives": "apart",
    "seen": "WzYzLDEsIj…",
}


class Conflict(APIException):
    """The pair is not this reviewer's to judge now."""

    status_code = status.HTTP_409_CONFLICT


class VotesThrottle(UserRateThrottle):
    """A person does not judge a pair a second; a program that does judges nothing."""

    scope = "review_votes"
    rate = "60/min"


class ReviewsView(APIView):
    """The pairs that wait for a human."""

    @extend_schema(
        operation_id="reviews",
        summary="Listar pares em revisão",
        parameters=[PURPOSE, *_FILTERS],
        responses={200: serializers.ReviewListSerializer, **{code: REFUSALS[code] for code in (403, 428, 503)}},
        examples=[OpenApiExample("Um par fictício, resumido", value=_LISTED, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """One page of the queue, the most consequential first; it says nothing of whom a pair is about."""
        filters = params.read(request.query_params)
        access = gate.open_request(
            request,
            Action.REVIEWS,
            asked={"queue": params.write(filters)},
            channel=Channel.API,
            needs=Permission.REVIEW_IDENTITY,
        )
        number = request.query_params.get("pagina", "")
        page = int(number) if number.isdigit() else 1
        found = queues.queue(access.scope, filters, reviewer(access.actor), page)
        return rendering.data(access, dict(serializers.ReviewListSerializer(found).data), shown=Shown(fields=("fila",)))


class ReviewView(APIView):
    """One pair."""

    @extend_schema(
        operation_id="review",
        summary="Abrir um par em revisão",
        parameters=[PURPOSE],
        responses={200: serializers.ReviewSerializer, 409: _CONFLICT, **REFUSALS},
        examples=[OpenApiExample("Par fictício, resumido", value=_READ, response_only=True)],
    )
    def get(self, request: Request, review: int) -> HttpResponse:
        """Everything a reviewer decides on; the pair is in their hands from now on, for some minutes."""
        access = gate.open_request(
            request,
            Action.REVIEW,
            asked={"review": review},
            channel=Channel.API,
            needs=Permission.REVIEW_IDENTITY,
        )
        try:
            taken = claim(review=review, among=queues.visible(access.scope), by=access.actor)
        except errors.Unknown as unknown:
            raise Http404 from unknown
        except errors.Refused as refusal:
            raise Conflict(desk.words(refusal)) from refusal
        found = read_pair(taken, access.scope)
        body = _payload(found, tokens.seal(review, found.fingerprint, access.user))
        persons = tuple(person.public_id for person in found.persons)
        shown = Shown(persons=persons, fields=FIELDS, extra={"review": review})
        return rendering.data(access, dict(serializers.ReviewSerializer(body).data), shown=shown)


class VotesView(APIView):
    """Votes on one pair."""

    shows_no_person = True
    throttle_classes = [VotesThrottle]

    @extend_schema(
        operation_id="review_vote",
        summary="Votar em um par",
        parameters=[PURPOSE],
        request=serializers.VoteSerializer,
        responses={
            201: serializers.CastSerializer,
            400: OpenApiResponse(description="Voto inválido"),
            409: _CONFLICT,
            429: OpenApiResponse(description="Mais de 60 votos por minuto"),
            **{code: REFUSALS[code] for code in (403, 428, 503)},
        },
        examples=[
            OpenApiExample("Mesma pessoa", value={"verdict": "same", "seen": "WzYzLDEsIj…"}, request_only=True),
            OpenApiExample(
                "Falta o segundo revisor", value={"conclusion": "waiting", "warning": ""}, response_only=True
            ),
        ],
    )
    def post(self, request: Request, review: int) -> Response:
        """Say whether the two are one person; `seen` is what the pair was opened with."""
        user, actor = admit(request, Action.REVIEW, Channel.API)
        given = serializers.VoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        try:
            seen = tokens.unseal(asked["seen"], review, user)
            cast = vote(
                review=review,
                verdict=Verdict(asked["verdict"]),
                shown=seen.shown,
                seconds=seen.seconds,
                note=asked["note"],
                by=actor,
            )
        except tokens.Unreadable as unreadable:
            raise Conflict("O campo seen não é deste par ou deste revisor: abra o par de novo.") from unreadable
        except errors.Refused as refusal:
            raise Conflict(desk.words(refusal)) from refusal
        body = {"conclusion": cast.conclusion.value, "warning": desk.warning(cast.judged)}
        return Response(serializers.CastSerializer(body).data, status=status.HTTP_201_CREATED)


def _payload(found: Pair, seen: str) -> dict[str, Any]:
    review = found.review
    return {
        "id": review.pk,
        "cause": queues.shown_cause(review).value,
        "score": review.score,
        "reasons": review.reasons,
        "vetoes": review.vetoes,
        "records": [_record(found.a), _record(found.b)],
        "fields_compared": [
            {"label": line.label, "outcome": line.outcome, "a": line.texts_a, "b": line.texts_b}
            for line in fields.lines(found.a, found.b)
        ],
        "lives": found.lives.answer.value,
        "overlaps": found.lives.overlaps,
        "risks": [risk.value for risk in found.risks],
        "seen": seen,
    }


def _record(half: Half) -> dict[str, Any]:
    return {
        "kind": half.record.kind,
        "source": half.subject.sources[0],
        "key": half.record.origin_key,
        "photos": [photo.pk for photo in half.identity.photos],
        "others": len(half.others),
    }
