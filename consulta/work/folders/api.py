"""Folders for programs."""

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
from consulta.models import Folder
from consulta.models.folder import Credibility, Reliability
from consulta.profile import grounds
from consulta.profile.finding import find_current
from consulta.search import queries
from consulta.serializers import PURPOSE, REFUSALS
from consulta.work.folders import keeping
from consulta.work.folders.contents import contents, rows_for
from consulta.work.people import as_json
from consulta.work.serializers import PERSON, RECEIPT, PersonLineSerializer
from credentialing import actors
from credentialing.models import User

_FOLDER: Final = {"id": "0b7d5a3e-0f5c-4c8e-8f0e-2f1d3c4b5a69", "title": "Operação Teste", "case": "IP 123/2026"}
_SEEN: Final = {
    "grade": "B2",
    "text": "Visto com o segundo alvo em duas visitas.",
    "author": "Ana Paula Lima",
    "written": "28/11/2026 10:00",
    "withdrawn": "",
}
_NOTE: Final = {"text": "Visto com o segundo alvo em duas visitas.", "reliability": "B", "credibility": 2}
CLOSED: Final = "A pasta está encerrada: pode ser lida, não alterada."


class FolderRowSerializer(serializers.Serializer[Any]):
    """A folder; `owner` is empty for one's own."""

    id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(max_length=120)
    case = serializers.CharField(max_length=120, min_length=3)
    owner = serializers.CharField(read_only=True)
    opened = serializers.CharField(read_only=True)
    closed = serializers.CharField(read_only=True)


class FolderNoteSerializer(serializers.Serializer[Any]):
    """A note and the evaluation of its source (Admiralty code)."""

    text = serializers.CharField(min_length=3, max_length=4000)
    reliability = serializers.ChoiceField(choices=Reliability.choices)
    credibility = serializers.ChoiceField(choices=Credibility.choices)


class PutSerializer(serializers.Serializer[Any]):
    """A person to put in."""

    person = serializers.UUIDField()
    why = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)


class NoteSeenSerializer(serializers.Serializer[Any]):
    """A note as written; `withdrawn` says by whom and when, or is empty."""

    grade = serializers.CharField()
    text = serializers.CharField()
    author = serializers.CharField()
    written = serializers.CharField()
    withdrawn = serializers.CharField()


class ContentsSerializer(serializers.Serializer[Any]):
    """A folder; persons out of the caller's scope are counted in `hidden`."""

    title = serializers.CharField()
    case = serializers.CharField()
    owner = serializers.CharField()
    closed = serializers.CharField()
    persons = PersonLineSerializer(many=True)
    hidden = serializers.IntegerField()
    notes = NoteSeenSerializer(many=True)
    receipt = serializers.UUIDField()


@shows_no_person
class FoldersView(APIView):
    """Folders the caller may open."""

    @extend_schema(
        operation_id="folders",
        summary="Pastas",
        parameters=[PURPOSE],
        responses={200: FolderRowSerializer(many=True), **REFUSALS},
        examples=[OpenApiExample("Uma", value=[_FOLDER], response_only=True)],
    )
    def get(self, request: Request) -> Response:
        """Open ones first."""
        return Response(FolderRowSerializer(rows_for(queries.admit(request).user), many=True).data)

    @extend_schema(
        operation_id="open_folder",
        summary="Abrir uma pasta",
        parameters=[PURPOSE],
        request=FolderRowSerializer,
        responses={201: FolderRowSerializer, 400: OpenApiResponse(description="Falta título ou caso"), **REFUSALS},
        examples=[OpenApiExample("Abrir", value={"title": "Operação Teste", "case": "IP 1/2026"}, request_only=True)],
    )
    def post(self, request: Request) -> Response:
        """A new one of the caller's."""
        user = queries.admit(request).user
        given = FolderRowSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        made = keeping.open_folder(user=user, by=actors.from_request(request, Channel.API), **given.validated_data)
        row = next(row for row in rows_for(user) if row["id"] == str(made.pk))
        return Response(FolderRowSerializer(row).data, status=status.HTTP_201_CREATED)


class FolderView(APIView):
    """One folder."""

    @extend_schema(
        operation_id="folder",
        summary="Ver uma pasta",
        parameters=[PURPOSE],
        responses={200: ContentsSerializer, **REFUSALS},
        examples=[
            OpenApiExample(
                "Uma pessoa e uma nota",
                value={
                    **_FOLDER,
                    "owner": "Ana Paula Lima",
                    "closed": "",
                    "persons": [PERSON],
                    "hidden": 0,
                    "notes": [_SEEN],
                    "receipt": RECEIPT,
                },
                response_only=True,
            )
        ],
    )
    def get(self, request: Request, pk: uuid.UUID) -> HttpResponse:
        """Whom it holds and what was noted."""
        access = open_request(request, Action.FOLDER, asked={"folder": str(pk)}, channel=Channel.API)
        told, shown = contents(_open(pk, access.user), access)
        lines = [one["line"] for one in told["persons"] if one["line"]]
        fields = ("grade", "text", "author", "written", "withdrawn")
        payload = {
            **{name: told[name] for name in ("title", "case", "owner", "closed")},
            "persons": as_json(lines),
            "hidden": len(told["persons"]) - len(lines),
            "notes": [{name: note[name] for name in fields} for note in told["notes"]],
        }
        return rendering.data(access, payload, shown=shown)


class FolderPersonsView(APIView):
    """Persons of a folder."""

    @extend_schema(
        operation_id="put_in_folder",
        summary="Guardar uma pessoa em uma pasta",
        parameters=[PURPOSE],
        request=PutSerializer,
        responses={201: None, 400: OpenApiResponse(description="Pasta encerrada"), **REFUSALS},
        examples=[OpenApiExample("Guardar", value={"person": PERSON["id"], "why": "alvo"}, request_only=True)],
    )
    def post(self, request: Request, pk: uuid.UUID) -> HttpResponse:
        """Put one in; who is in already stays."""
        given = PutSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        person, why = given.validated_data["person"], given.validated_data["why"]
        asked = {"folder": str(pk), "person": str(person), **grounds.given(request, person)}
        access = open_request(request, Action.FOLDER, asked=asked, channel=Channel.API)
        folder, subject = _open(pk, access.user), find_current(person, access)
        grounds.require(subject, asked)
        try:
            item = keeping.add_person(folder=folder, person=subject.person, why=why, user=access.user, by=access.actor)
        except keeping.Closed as closed:
            raise serializers.ValidationError(CLOSED) from closed
        # That the person exists within the scope is told by the answer.
        shown = Shown(persons=(subject.public_id,), fields=("existencia",))
        answer = rendering.data(access, {"id": str(item.pk)}, shown=shown)
        answer.status_code = status.HTTP_201_CREATED
        return answer


@shows_no_person
class FolderNotesView(APIView):
    """Notes of a folder."""

    @extend_schema(
        operation_id="note_in_folder",
        summary="Escrever uma nota",
        parameters=[PURPOSE],
        request=FolderNoteSerializer,
        responses={201: None, 400: OpenApiResponse(description="Nota sem avaliação, ou pasta encerrada"), **REFUSALS},
        examples=[OpenApiExample("Nota B2", value=_NOTE, request_only=True)],
    )
    def post(self, request: Request, pk: uuid.UUID) -> Response:
        """Write one."""
        user = queries.admit(request).user
        given = FolderNoteSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        by = actors.from_request(request, Channel.API)
        try:
            written = keeping.note(folder=_open(pk, user), user=user, by=by, **given.validated_data)
        except keeping.Closed as closed:
            raise serializers.ValidationError(CLOSED) from closed
        return Response({"id": str(written.pk)}, status=status.HTTP_201_CREATED)


def _open(pk: uuid.UUID, user: User) -> Folder:
    found = Folder.objects.open_to(user).select_related("owner", "agency").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
