"""Follows and notices for programs."""

import uuid
from typing import Any, Final

from django.http import Http404, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.models import Follow, FollowKind
from consulta.profile import grounds
from consulta.profile.finding import find_current
from consulta.search import queries
from consulta.serializers import PURPOSE, REFUSALS
from consulta.work.follows import asking
from consulta.work.follows.forms import FollowForm
from consulta.work.follows.listing import follow_rows, notice_rows
from consulta.work.people import as_json
from consulta.work.serializers import PERSON, RECEIPT, PersonLineSerializer
from credentialing import actors

_FOLLOW: Final = {
    "id": "5a3a7a52-27c1-4a0e-9a35-8e1f4b1f6a10",
    "person": PERSON,
    "search": "",
    "state": "Em vigor",
    "term": "28/11/2026 a 27/01/2027",
    "basis": "Inquérito 123/2026",
    "unread": 2,
}
_ASK: Final = {
    "person": PERSON["id"],
    "kinds": ["movement", "release"],
    "since": "2026-11-28",
    "until": "2027-01-27",
    "most_days": 30,
    "basis": "Inquérito 123/2026",
    "reason": "Alvo de investigação em curso, autorizada.",
}
_NOTICE: Final = {
    "id": 7,
    "kind": "release",
    "person": {**PERSON, "note": "Soltura em 28/11/2026 10:00"},
    "search": "",
    "happened_at": "2026-11-28T13:00:00Z",
    "unread": True,
}


class FollowSerializer(serializers.Serializer[Any]):
    """A follow; `person` is null for a search and for who left the caller's scope."""

    id = serializers.UUIDField()
    person = PersonLineSerializer(allow_null=True)
    search = serializers.CharField()
    state = serializers.CharField()
    term = serializers.CharField()
    basis = serializers.CharField()
    unread = serializers.IntegerField()


class FollowsSerializer(serializers.Serializer[Any]):
    """The caller's follows."""

    follows = FollowSerializer(many=True)
    receipt = serializers.UUIDField()


class AskSerializer(serializers.Serializer[Any]):
    """A follow to ask for."""

    person = serializers.UUIDField()
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=FollowKind.choices), max_length=6)
    since = serializers.DateField()
    until = serializers.DateField()
    most_days = serializers.IntegerField(min_value=1, max_value=365, default=30)
    basis = serializers.CharField(max_length=160)
    reason = serializers.CharField(max_length=500)


class NoticeSerializer(serializers.Serializer[Any]):
    """One thing that became known."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=FollowKind.choices)
    person = PersonLineSerializer()
    search = serializers.CharField()
    happened_at = serializers.DateTimeField()
    unread = serializers.BooleanField()


class NoticesSerializer(serializers.Serializer[Any]):
    """The caller's notices."""

    notices = NoticeSerializer(many=True)
    receipt = serializers.UUIDField()


class FollowsView(APIView):
    """Whom the caller follows."""

    @extend_schema(
        operation_id="follows",
        summary="Acompanhamentos",
        parameters=[PURPOSE],
        responses={200: FollowsSerializer, **REFUSALS},
        examples=[OpenApiExample("Um", value={"follows": [_FOLLOW], "receipt": RECEIPT}, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """All of them, the latest first."""
        access = open_request(request, Action.FOLLOWS, asked={}, channel=Channel.API)
        rows, shown = follow_rows(access)
        told = [
            {**{name: row[name] for name in ("id", "search", "term", "basis", "unread")}, **_said(row)} for row in rows
        ]
        return rendering.data(access, {"follows": told}, shown=shown)

    @extend_schema(
        operation_id="ask_follow",
        summary="Pedir o acompanhamento de uma pessoa",
        parameters=[PURPOSE],
        request=AskSerializer,
        responses={201: None, 400: OpenApiResponse(description="Prazo, motivo ou fundamento inválidos"), **REFUSALS},
        examples=[OpenApiExample("Pedir", value=_ASK, request_only=True)],
    )
    def post(self, request: Request) -> HttpResponse:
        """Ask; it begins when a second person approves."""
        given = AskSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = FollowForm(given.validated_data)
        if not form.is_valid():
            raise serializers.ValidationError({name: list(map(str, said)) for name, said in form.errors.items()})
        person = given.validated_data["person"]
        asked = {"person": str(person), **grounds.given(request, person)}
        access = open_request(request, Action.FOLLOW, asked=asked, channel=Channel.API)
        subject = find_current(person, access)
        grounds.require(subject, asked)
        by = actors.from_request(request, Channel.API)
        follow = asking.ask_of_person(user=access.user, person=subject.person, terms=form.terms, by=by)
        # That the person exists within the scope is told by the answer.
        shown = Shown(persons=(subject.public_id,), fields=("existencia",))
        answer = rendering.data(access, {"id": str(follow.pk)}, shown=shown)
        answer.status_code = status.HTTP_201_CREATED
        return answer


@shows_no_person
class FollowView(APIView):
    """One follow of the caller's."""

    @extend_schema(
        operation_id="end_follow",
        summary="Encerrar um acompanhamento",
        parameters=[PURPOSE],
        responses={204: None, **REFUSALS},
    )
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """End it before its term."""
        follow = Follow.objects.filter(pk=pk, user=queries.admit(request).user).first()
        if follow is None:
            raise Http404
        asking.end(follow=follow, by=actors.from_request(request, Channel.API))
        return Response(status=status.HTTP_204_NO_CONTENT)


class NoticesView(APIView):
    """What the caller's follows tell."""

    @extend_schema(
        operation_id="notices",
        summary="Avisos",
        parameters=[PURPOSE],
        responses={200: NoticesSerializer, **REFUSALS},
        examples=[OpenApiExample("Um", value={"notices": [_NOTICE], "receipt": RECEIPT}, response_only=True)],
    )
    def get(self, request: Request) -> HttpResponse:
        """The last two hundred, the latest first."""
        access = open_request(request, Action.NOTICES, asked={}, channel=Channel.API)
        rows, shown = notice_rows(access)
        told = [
            {
                **{name: row[name] for name in ("id", "kind", "search", "unread")},
                "person": as_json([row["person"]])[0],
                "happened_at": row["happened_at"].isoformat(),
            }
            for row in rows
        ]
        return rendering.data(access, {"notices": told}, shown=shown)


def _said(row: dict[str, Any]) -> dict[str, Any]:
    person = as_json([row["person"]])[0] if row["person"] else None
    return {"person": person, "state": row["state"]["label"]}
