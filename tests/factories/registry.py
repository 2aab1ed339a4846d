"""Invented records of the national base. Each maker saves one row and, unless given them, what it stands on."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from django.db import connection

from audit.events import system
from registry.models import (
    Case,
    Custody,
    Fault,
    Judgement,
    Lawyer,
    LawyerAttendance,
    LawyerClient,
    Mark,
    Movement,
    Offence,
    Origin,
    Person,
    Photo,
    Prisoner,
    Record,
    RecordDocument,
    RecordKind,
    RecordName,
    Review,
    ReviewCause,
    Unit,
    UnitCapacity,
    Verdict,
    Visit,
    Visitor,
    VisitorLink,
    WorkStudy,
)
from registry.services import origins
from registry.values import cpf
from registry.values.documents import normalise_document
from registry.values.names import normalise

RecordT = TypeVar("RecordT", bound=Record)

UPDATED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ZONES = {"AC": "America/Rio_Branco", "AM": "America/Manaus", "AL": "America/Maceio", "PE": "America/Recife"}

_serial = count(1)


def make_origin(code: str = "AL", **fields: Any) -> Origin:
    """The origin of a state; the same one when asked for again."""
    values = {"name": f"Sistema prisional {code}", "uf": code[:2], "timezone": ZONES.get(code, "America/Sao_Paulo")}
    origin = origins.register(code=code, by=system("test"), **{**values, **fields})
    # Records made without a load do not wait to be judged.
    Origin.objects.filter(pk=origin.pk).update(unjudged=False)
    origin.unjudged = False
    # Whoever writes movements without a load needs their partition.
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_add_partitions(%s)", [origin.pk])
    return origin


def make_cpf(number: int | None = None) -> str:
    """Eleven digits with right check digits; another one at each call unless `number` is given."""
    base = f"{100_000_000 + (number or next(_serial)):09d}"
    return base + cpf.check_digits(base)


def make_person() -> Person:
    """A person without records. Records bring their own: rarely needed."""
    return Person.objects.create()


def make_prisoner(**fields: Any) -> Prisoner:
    """A prison registration with a person of its own; `person=` puts it with another's."""
    serial = next(_serial)
    values = {"name": "JOÃO BATISTA TESTE", "mother_name": "MARIA TESTE", "sex": "M", "registration": f"M{serial:06d}"}
    values["registration_norm"] = _number("MATRICULA", fields.get("registration", values["registration"]))
    return _record(Prisoner, RecordKind.PRISONER, {"birth_date": date(1990, 5, 17), **values, **fields})


def make_visitor(**fields: Any) -> Visitor:
    """A visitor's registration with a person of its own."""
    values: dict[str, Any] = {"name": "ANA VISITANTE TESTE", "mother_name": "ROSA TESTE", "sex": "F"}
    values |= {"birth_date": date(1985, 3, 9)}
    return _record(Visitor, RecordKind.VISITOR, {**values, "rg_norm": _number("RG", fields.get("rg", "")), **fields})


def make_lawyer(**fields: Any) -> Lawyer:
    """A lawyer's registration with a person of its own."""
    values = {"name": "CLARA ADVOGADA TESTE", "birth_date": date(1979, 11, 2), "oab_uf": "AL", "oab_kind": "ADVOGADO"}
    return _record(Lawyer, RecordKind.LAWYER, {"oab_number": str(next(_serial)), **values, **fields})


def make_unit(**fields: Any) -> Unit:
    """A penitentiary with cells, for men."""
    values = {"name": f"Presídio Fictício {next(_serial)}", "kind": "FECHADO", "modality": "CELA_FISICA", "sex": "M"}
    return Unit.objects.create(**_observed(fields), **{"municipality": "2704302", **values, **fields})


def make_capacity(**fields: Any) -> UnitCapacity:
    """One hundred places for men in the closed regime."""
    unit = fields.setdefault("unit", None) or make_unit()
    values = {"regime": "FECHADO", "sex": "M", "places": 100}
    return UnitCapacity.objects.create(**_observed(fields, unit), **{**values, **fields, "unit": unit})


def make_custody(**fields: Any) -> Custody:
    """An open period in a unit of the prisoner's own state; `ended_at=` closes it."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    unit = fields.pop("unit", None) or make_unit(origin=prisoner.origin)
    started = fields.get("started_at", UPDATED - timedelta(days=300))
    values = {"situation": "CONDENADO", "regime": "FECHADO", "justice": "ESTADUAL", "started_at": started}
    values |= {"arrested_on": started.date(), "prisoner": prisoner, "unit": unit}
    return Custody.objects.create(**_observed(fields, prisoner), **{**values, **fields})


def make_movement(**fields: Any) -> Movement:
    """An inclusion, written down an hour after it happened."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    occurred = fields.get("occurred_at", UPDATED - timedelta(days=300))
    values = {"kind": "INC_ORIG", "occurred_at": occurred, "registered_at": occurred + timedelta(hours=1)}
    return Movement.objects.create(**_observed(fields, prisoner), **{**values, **fields, "prisoner": prisoner})


def make_link(**fields: Any) -> VisitorLink:
    """A visitor's active authorisation for a prisoner."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    visitor = fields.pop("visitor", None) or make_visitor(origin=prisoner.origin)
    values = {"kinship": "IRMAO", "status": "ATIVO", "since": date(2025, 1, 10), "prisoner": prisoner}
    return VisitorLink.objects.create(**_observed(fields, prisoner), **{**values, **fields, "visitor": visitor})


def make_visit(**fields: Any) -> Visit:
    """A social visit of two hours."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    visitor = fields.pop("visitor", None) or make_visitor(origin=prisoner.origin)
    unit = fields.pop("unit", None) or make_unit(origin=prisoner.origin)
    entered = fields.get("entered_at", UPDATED - timedelta(days=30))
    values = {"entered_at": entered, "left_at": entered + timedelta(hours=2), "kind": "SOCIAL", "prisoner": prisoner}
    return Visit.objects.create(**_observed(fields, prisoner), **{**values, **fields, "visitor": visitor, "unit": unit})


def make_client(**fields: Any) -> LawyerClient:
    """A lawyer's mandate for a prisoner."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    lawyer = fields.pop("lawyer", None) or make_lawyer(origin=prisoner.origin)
    values = {"since": date(2025, 2, 1), "power_of_attorney": True, "prisoner": prisoner}
    return LawyerClient.objects.create(**_observed(fields, prisoner), **{**values, **fields, "lawyer": lawyer})


def make_attendance(**fields: Any) -> LawyerAttendance:
    """A lawyer's attendance of half an hour."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    values = {
        "lawyer": fields.pop("lawyer", None) or make_lawyer(origin=prisoner.origin),
        "unit": fields.pop("unit", None) or make_unit(origin=prisoner.origin),
        "entered_at": UPDATED - timedelta(days=20),
        "left_at": UPDATED - timedelta(days=20) + timedelta(minutes=30),
        "modality": "PARLATORIO",
        "prisoner": prisoner,
    }
    return LawyerAttendance.objects.create(**_observed(fields, prisoner), **{**values, **fields})


def make_document(**fields: Any) -> RecordDocument:
    """An RG of a record."""
    record = fields.pop("record", None) or make_prisoner()
    number = f"{1_000_000 + next(_serial)}"
    values = {"kind": "RG", "raw": number, "number": number, "issuer": f"SSP/{record.origin.uf}"}
    return RecordDocument.objects.create(**_observed(fields, record), **{**values, **fields, "record_id": record.pk})


def make_name(**fields: Any) -> RecordName:
    """An alcunha of a record."""
    record = fields.pop("record", None) or make_prisoner()
    values = {"kind": "ALCUNHA", "value": "TESTINHO"}
    return RecordName.objects.create(**_observed(fields, record), **{**values, **fields, "record_id": record.pk})


def make_mark(**fields: Any) -> Mark:
    """A tattoo of a record."""
    record = fields.pop("record", None) or make_prisoner()
    values = {"kind": "TATUAGEM", "body_part": "BRAÇO DIREITO", "description": "âncora"}
    return Mark.objects.create(**_observed(fields, record), **{**values, **fields, "record_id": record.pk})


def make_photo(**fields: Any) -> Photo:
    """A frontal photograph's row; its bytes are stored only by `registry.services.photos`."""
    record = fields.pop("record", None) or make_prisoner()
    values = {"view": "vw_preso_foto", "position": "FRONTAL", "content_type": "image/png", "sha256": "0" * 64}
    return Photo.objects.create(**_observed(fields, record), **{**values, **fields, "record_id": record.pk})


def make_case(**fields: Any) -> Case:
    """A court case without a sentence."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    values = {"npu_raw": f"{next(_serial):020d}", "piece_kind": "GUIA_RECOLHIMENTO", "prisoner": prisoner}
    return Case.objects.create(**_observed(fields, prisoner), **{**values, **fields})


def make_offence(**fields: Any) -> Offence:
    """A theft charged in a case."""
    case = fields.pop("case", None) or make_case()
    values = {"law": "CP", "article": "155", "form_code": "CP_155", "case": case}
    return Offence.objects.create(**_observed(fields, case), **{**values, **fields})


def make_work(**fields: Any) -> WorkStudy:
    """Work of a prisoner, still going on."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    values = {"nature": "TRABALHO", "since": date(2025, 4, 1), "prisoner": prisoner}
    return WorkStudy.objects.create(**_observed(fields, prisoner), **{**values, **fields})


def make_fault(**fields: Any) -> Fault:
    """A disciplinary fault under inquiry."""
    prisoner = fields.pop("prisoner", None) or make_prisoner()
    values = {"severity": "MEDIA", "occurred_on": date(2025, 9, 9), "status": "EM_APURACAO", "prisoner": prisoner}
    return Fault.objects.create(**_observed(fields, prisoner), **{**values, **fields})


def make_judgement(a: Record, b: Record, **fields: Any) -> Judgement:
    """A standing judgement on two records; persons are not rebuilt."""
    first, second = sorted((a.pk, b.pk))
    values = {"verdict": Verdict.SAME, "judge": "user:teste", "a_id": first, "b_id": second}
    return Judgement.objects.create(**{**values, **fields})


def make_review(a: Record | None = None, b: Record | None = None, **fields: Any) -> Review:
    """A pair that waits because its model is unsure of it; two prisoners of two states unless given."""
    a = a or make_prisoner()
    b = b or make_prisoner(origin=make_origin("PE"))
    first, second = sorted((a.pk, b.pk))
    reasons = [
        {"feature": "name", "outcome": "close", "weight": 6.5},
        {"feature": "birth_date", "outcome": "equal", "weight": 9.0},
        {"feature": "mother_name", "outcome": "different", "weight": -3.25},
    ]
    values = {"cause": ReviewCause.SCORE, "judge": "model:teste", "score": 4.25, "reasons": reasons, **fields}
    if values["cause"] != ReviewCause.SAMPLE:
        guessed = {name: values[name] for name in ("judge", "score", "reasons", "vetoes") if name in values}
        make_judgement(a, b, verdict=Verdict.UNSURE, **guessed)
    return Review.objects.create(**{**values, "a_id": first, "b_id": second})


def _record(model: type[RecordT], kind: RecordKind, fields: dict[str, Any]) -> RecordT:
    """Save a record; its normalised columns follow its names, as after `resolution.settle`."""
    home = Person.objects.create()
    fields.setdefault("name_norm", normalise(fields["name"]))
    fields.setdefault("mother_norm", normalise(fields.get("mother_name", "")))
    return model.objects.create(**_observed(fields), **{"kind": kind, "person": home, "home": home, **fields})


def _number(kind: str, raw: str) -> str:
    return normalise_document(kind, raw).number or ""


def _observed(fields: dict[str, Any], owner: Any = None) -> dict[str, Any]:
    """Provenance, taken out of `fields` where given, else from the owner of the row, else from Alagoas."""
    return {
        "origin": fields.pop("origin", None) or (owner.origin if owner is not None else make_origin()),
        "origin_key": fields.pop("origin_key", None) or f"k{next(_serial)}",
        "origin_updated_at": fields.pop("origin_updated_at", UPDATED),
        "load": fields.pop("load", 1),
        "removed_at": fields.pop("removed_at", None),
    }
