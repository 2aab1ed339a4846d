"""Requests for a seal for programs: asking, reading the answers, taking back."""

import uuid
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from audit.events import Channel
from consulta import rendering
from consulta.access import Action, Shown, open_request
from consulta.marks import shows_no_person
from consulta.models import SealRequest, SealRequestState
from consulta.profile import grounds
from consulta.profile.finding import find_current
from consulta.seals.requests import asking, listing
from consulta.seals.requests.forms import BlindWishForm, WishForm, last_day
from consulta.seals.requests.views import FULL, purpose_of
from consulta.serializers import PURPOSE, REFUSALS
from credentialing import actors, policy
from credentialing.models import Purpose, User
from credentialing.permissions import IsVerified
from credentialing.roles import Permission
from registry.models import SealBasis, SealLevel

_WISH: Final = {
    "level": "named",
    "basis": "threat",
    "ordered_by": "Vara de Execuções fictícia, autos 10/2026",
    "reason": "Ameaça de morte por facção, comunicada pela unidade.",
    "until": "2027-05-28",
}
_REQUEST: Final = {
    **_WISH,
    "id": "9a1d0a52-27c1-4a0e-9a35-8e1f4b1f6a10",
    "state": "asked",
    "asked_at": "2026-11-28T13:00:00-03:00",
    "decided_at": None,
    "note": "",
}
_FULL: Final = OpenApiResponse(description="Já há pedidos demais à espera de decisão")
_REFUSED: Final = OpenApiResponse(description="O perfil não pede sigilo")


class WishSerializer(serializers.Serializer[Any]):
    """What is asked of a seal; `until` is its last day, or null for a seal without an end."""

    level = serializers.ChoiceField(choices=SealLevel.choices)
    basis = serializers.ChoiceField(choices=SealBasis.choices)
    ordered_by = serializers.CharField(min_length=5, max_length=200)
    reason = serializers.CharField(max_length=500)
    until = serializers.DateField(required=False, allow_null=True, default=None)


class SealRequestSerializer(WishSerializer):
    """A request as who asked may read it: their words and the answer, nothing of the person."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=SealRequestState.choices)
    asked_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    note = serializers.CharField(help_text="Motivo da recusa.")


class SealRequestsSerializer(serializers.Serializer[Any]):
    """The caller's requests, the newest first."""

    requests = SealRequestSerializer(many=True)


class AskSealSerializer(WishSerializer):
    """A request of a person; `keeps`: the caller goes on needing to see them, and would be admitted by name."""

    keeps = serializers.BooleanField(required=False, default=False)


class AskSealBlindSerializer(WishSerializer):
    """A request of whoever has an identifier, whom nobody looks for before the decision."""

    identifier = serializers.CharField(max_length=60)


@shows_no_person
class SealRequestsView(APIView):
    """The caller's requests for a seal. No answer of theirs depends on the person: they tell of nobody."""

    permission_classes = (IsVerified,)

    @extend_schema(
        operation_id="seal_requests",
        summary="Pedidos de sigilo do usuário",
        responses={200: SealRequestsSerializer, 403: _REFUSED},
        examples=[OpenApiExample("Um pedido", value={"requests": [_REQUEST]}, response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """The caller's own words, and what was decided."""
        user = policy.require(request.user, Permission.REQUEST_SEALS)
        rows = [_told(asked) for asked in listing.own(user)[: listing.SHOWN]]
        return Response(SealRequestsSerializer({"requests": rows}).data)

    @extend_schema(
        operation_id="ask_for_seal",
        summary="Pedir sigilo por documento ou identificador",
        request=AskSealBlindSerializer,
        responses={201: SealRequestSerializer, 409: _FULL, 403: _REFUSED},
        examples=[OpenApiExample("Pelo RJI", value={"identifier": "99000000142", **_WISH}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """Ask. The answer is the same whoever has the identifier, or nobody."""
        user = policy.require(request.user, Permission.REQUEST_SEALS)
        purpose = purpose_of(request._request, user)
        form = BlindWishForm(_given(AskSealBlindSerializer, request))
        made = _asked(request, user, purpose, form)
        return made if isinstance(made, Response) else Response(_said(made), status=status.HTTP_201_CREATED)


class PersonSealRequestView(APIView):
    """A request from somebody's profile."""

    @extend_schema(
        operation_id="ask_for_seal_of_person",
        summary="Pedir sigilo de uma pessoa",
        parameters=[PURPOSE],
        request=AskSealSerializer,
        responses={201: SealRequestSerializer, 409: _FULL, **REFUSALS},
        examples=[OpenApiExample("Da ficha", value={**_WISH, "keeps": True}, request_only=True)],
    )
    def post(self, request: Request, person: uuid.UUID) -> HttpResponse:
        """Ask, of a person within the caller's sight; 404 otherwise, as of nobody."""
        asked = {"person": str(person), **grounds.given(request, person)}
        access = open_request(
            request, Action.SEAL_REQUEST, asked=asked, channel=Channel.API, needs=Permission.REQUEST_SEALS
        )
        subject = find_current(person, access)
        grounds.require(subject, asked)
        form = WishForm(_given(AskSealSerializer, request))
        made = _asked(request, access.user, access.purpose, form, str(subject.public_id))
        if isinstance(made, Response):
            return made
        # That the person exists within the scope is told by the answer.
        shown = Shown(persons=(subject.public_id,), fields=("existencia",))
        answer = rendering.data(access, _said(made), shown=shown)
        answer.status_code = status.HTTP_201_CREATED
        return answer


@shows_no_person
class SealRequestView(APIView):
    """One request of the caller's."""

    permission_classes = (IsVerified,)

    @extend_schema(
        operation_id="withdraw_seal_request",
        summary="Retirar um pedido de sigilo",
        responses={204: None, 404: OpenApiResponse(description="Não existe, não é seu ou já foi decidido")},
    )
    def delete(self, request: Request, pk: uuid.UUID) -> Response:
        """Take it back, while it waits."""
        user = policy.require(request.user, Permission.REQUEST_SEALS)
        asked = get_object_or_404(listing.own(user), pk=pk)
        try:
            asking.withdraw(asked=asked, by=actors.from_request(request, Channel.API))
        except asking.NotAsked:
            raise Http404 from None
        return Response(status=status.HTTP_204_NO_CONTENT)


def _given(serializer: type[WishSerializer], request: Request) -> dict[str, Any]:
    """The body, as the forms of the pages take it."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _asked(
    request: Request, user: User, purpose: Purpose | None, form: WishForm, identifier: str = ""
) -> SealRequest | Response:
    """The request made, of the identifier or of the form's own; or the answer that there are too many."""
    if not form.is_valid():
        raise ValidationError({name: list(map(str, said)) for name, said in form.errors.items()})
    meant = identifier or form.cleaned_data["identifier"]
    by = actors.from_request(request, Channel.API)
    try:
        return asking.ask(user=user, purpose=purpose, identifier=meant, wish=form.wish(), by=by)
    except asking.TooMany:
        return Response({"detail": FULL}, status=status.HTTP_409_CONFLICT)


def _said(asked: SealRequest) -> dict[str, Any]:
    return dict(SealRequestSerializer(_told(asked)).data)


def _told(asked: SealRequest) -> dict[str, Any]:
    told = asked.told
    words = {name: told[name] for name in ("level", "basis", "ordered_by", "reason")}
    fields = {"id": asked.pk, "state": asked.state, "asked_at": asked.asked_at, "decided_at": asked.decided_at}
    return {**words, **fields, "until": last_day(told), "note": asked.note}
