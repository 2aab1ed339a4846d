"""Work that the sweep of seals keeps of people (folder, follows, notices); questions to it, of batches and of files."""

import io
import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from audit.events import Actor
from consulta.models import ExportRequest, ExportState, Follow, FollowKind, FollowState, Notice, SavedDiagram
from consulta.work.exports import asking as exporting
from consulta.work.folders import keeping
from consulta.work.follows import asking as following
from credentialing.actors import from_terminal
from credentialing.models import Purpose
from registry.models import Person, Record
from registry.selectors.search import Criteria, to_json

JSON = "application/json"
REASON = "Um motivo longo o bastante."


class Kept:
    """The work that one agent keeps, and on which people."""

    def __init__(self, purpose: Purpose, mate: Record) -> None:
        self.purpose = purpose
        self.by: Actor = from_terminal(purpose.user)
        self.folder = keeping.open_folder(user=purpose.user, title="Pasta", case="IP 1/2026", by=self.by)
        self.search = self._standing(
            following.ask_of_search(
                user=purpose.user, name="Uma busca", criteria=Criteria(text="teste"), terms=self._terms(), by=self.by
            )
        )
        self.drawing, self.drawn = SavedDiagram(user=purpose.user), list[uuid.UUID]()
        self.add(mate)

    def add(self, record: Record) -> None:
        """Keep a person in every way, and be told of them twice."""
        user, person = self.purpose.user, record.person
        keeping.add_person(folder=self.folder, person=person, why="alvo", user=user, by=self.by)
        follow = self._standing(following.ask_of_person(user=user, person=person, terms=self._terms(), by=self.by))
        self.drawn.append(person.public_id)
        self._tell(follow, FollowKind.MOVEMENT, None, record.pk)
        self._tell(self.search, FollowKind.ANSWER, person, record.pk)

    def ask_for(self, record: Record) -> None:
        """A follow that waits for a second person."""
        following.ask_of_person(user=self.purpose.user, person=record.person, terms=self._terms(), by=self.by)

    def diagram(self) -> SavedDiagram:
        """All of them in one drawing that began with the first."""
        self.drawing.keep("Um diagrama", self.drawn[0], {person: (at, at) for at, person in enumerate(self.drawn)})
        self.drawing.save()
        return self.drawing

    def approved(self) -> ExportRequest:
        """The only export that waits to be taken."""
        ExportRequest.objects.all().delete()
        asked = exporting.ask(
            purpose=self.purpose, of={"criteria": to_json(Criteria(text="teste"))}, reason=REASON, file_format="csv",
            rows=100, by=self.by,
        )  # fmt: skip
        until = timezone.now() + timedelta(hours=1)
        ExportRequest.objects.update(state=ExportState.APPROVED, expires_at=until)
        return asked

    @staticmethod
    def _terms() -> following.Terms:
        today = timezone.localdate()
        return following.Terms(
            kinds=list(FollowKind.values), since=today, until=today + timedelta(days=30), most_days=30, reason=REASON,
            basis="IP 1/2026",
        )  # fmt: skip

    @staticmethod
    def _standing(follow: Follow) -> Follow:
        Follow.objects.filter(pk=follow.pk).update(state=FollowState.STANDING)
        return follow

    @staticmethod
    def _tell(follow: Follow, kind: FollowKind, person: Person | None, fact: int) -> None:
        Notice.objects.create(follow=follow, kind=kind, fact=f"test:{fact}", person=person, happened_at=timezone.now())


def asked_of_work(client: Client, kept: Kept) -> Iterator[tuple[str, bytes]]:
    """Every list and file of kept work; the menu of each page counts unread notices."""
    folder, diagram = kept.folder.pk, kept.diagram().pk
    for address in (
        "/inicio/", "/pastas/", f"/pastas/{folder}/", "/acompanhamentos/", "/avisos/", "/buscas/",
        f"/api/v1/folders/{folder}/", "/api/v1/follows/", "/api/v1/notices/",
        f"/diagramas/{diagram}/", f"/api/v1/diagrams/{diagram}/",
    ):  # fmt: skip
        yield address, client.get(address).content
    yield "notices of the home page", client.get("/avisos/", headers={"HX-Request": "true"}).content
    for file_format in ("csv", "xlsx"):
        chosen = {"formato": file_format}
        yield f"folder {file_format}", text(client.post(f"/pastas/{folder}/exportar/", chosen).content)
    asked = kept.approved()
    yield "exports", client.get("/exportacoes/").content
    yield "approved export", client.post(f"/exportacoes/{asked.pk}/baixar/").content


def exported(client: Client, search: dict[str, str], told: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """A search as files: `search` as its form has it, `told` as the API is."""
    address = client.post("/busca/", search).headers.get("Location", "/busca/")
    for file_format in ("csv", "xlsx"):
        yield f"export {file_format}", text(client.post(f"{address}exportar/", {"formato": file_format}).content)
        wanted = {"criteria": told, "format": file_format}
        yield f"api export {file_format}", text(client.post("/api/v1/exports/", wanted, content_type=JSON).content)


def dossiers(client: Client, person: str) -> Iterator[tuple[str, bytes]]:
    """The document of a person, by page and program."""
    sections = ["situacao", "identificacao", "visitantes", "celas", "ligacoes", "cruzamentos", "achados"]
    yield "dossier", text(client.post(f"/pessoas/{person}/dossie/pdf/", {"secoes": sections}).content)
    yield "api dossier", text(client.post(f"/api/v1/people/{person}/dossier/", {}, content_type=JSON).content)


def batches(client: Client, lines: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    """The lines looked up together; each has a name, a mother or a document."""
    table = "Nome;Mãe;Documento\n" + "".join(
        f"{one.get('name', '')};{one.get('mother', '')};{one.get('document', '')}\n" for one in lines
    )
    given = {"file": SimpleUploadedFile("lote.csv", table.encode()), "reason": REASON}
    yield "batch", client.post("/lote/", given, follow=True).content
    told = {"reason": REASON, "lines": lines}
    yield "api batch", client.post("/api/v1/batch/", told, content_type=JSON).content


def text(content: bytes) -> bytes:
    """What a file says; anything but a sheet or a PDF as it is."""
    if content.startswith(b"PK"):
        sheet = load_workbook(io.BytesIO(content)).active
        return "\n".join(map(str, sheet.iter_rows(values_only=True))).encode()  # type: ignore[union-attr]
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).encode()
    return content
