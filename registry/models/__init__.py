from registry.models.case import Case, Offence
from registry.models.conduct import Fault, WorkStudy
from registry.models.crossing import (
    ContactKey,
    ContactKind,
    Crossing,
    CrossingKind,
    Crowd,
    PendingCrossing,
    Unidentified,
)
from registry.models.custody import Custody
from registry.models.figures import FigureBuild, FigureEdition, FigureLevel, FigurePack, FigureRow
from registry.models.finding import Finding, FindingEvent, FindingRecord, FindingStatus, Severity
from registry.models.identity import Mark, Photo, RecordDocument, RecordName
from registry.models.judgement import Judgement, Verdict
from registry.models.lawyers import LawyerAttendance, LawyerClient
from registry.models.link import LinkKind, PersonLink, Way
from registry.models.matching import MatchingModel
from registry.models.movement import Movement
from registry.models.origin import Halt, Origin
from registry.models.pending import PendingCheck, PendingPerson, PendingRecord
from registry.models.person import Person
from registry.models.record import Lawyer, Prisoner, Record, RecordKind, Visitor
from registry.models.relink import Relink, RelinkChange
from registry.models.review import Outcome, Review, ReviewCause, Vote
from registry.models.seal import Seal, SealBasis, SealedPerson, SealedRecord, SealGrant, SealLevel
from registry.models.search import Audience, NameKey, Pairing, PersonSearch, Situation
from registry.models.subject import MatchSubject
from registry.models.unit import Unit, UnitCapacity
from registry.models.visits import Visit, VisitorLink

__all__ = [
    "Audience",
    "Case",
    "ContactKey",
    "ContactKind",
    "Crossing",
    "CrossingKind",
    "Crowd",
    "Custody",
    "Fault",
    "FigureBuild",
    "FigureEdition",
    "FigureLevel",
    "FigurePack",
    "FigureRow",
    "Finding",
    "FindingEvent",
    "FindingRecord",
    "FindingStatus",
    "Halt",
    "Judgement",
    "Lawyer",
    "LawyerAttendance",
    "LawyerClient",
    "LinkKind",
    "Mark",
    "MatchSubject",
    "MatchingModel",
    "Movement",
    "NameKey",
    "Offence",
    "Origin",
    "Outcome",
    "Pairing",
    "PendingCheck",
    "PendingCrossing",
    "PendingPerson",
    "PendingRecord",
    "Person",
    "PersonLink",
    "PersonSearch",
    "Photo",
    "Prisoner",
    "Record",
    "RecordDocument",
    "RecordKind",
    "RecordName",
    "Relink",
    "RelinkChange",
    "Review",
    "ReviewCause",
    "Seal",
    "SealBasis",
    "SealGrant",
    "SealLevel",
    "SealedPerson",
    "SealedRecord",
    "Severity",
    "Situation",
    "Unidentified",
    "Unit",
    "UnitCapacity",
    "Verdict",
    "Visit",
    "Visitor",
    "VisitorLink",
    "Vote",
    "Way",
    "WorkStudy",
]
