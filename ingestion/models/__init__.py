from ingestion.models.agreement import Agreement, AgreementGoal, AgreementStatus, GoalStatus, RuleChoice
from ingestion.models.alert import Alert, AlertKind, Heartbeat
from ingestion.models.breaker import Breaker, BreakerState
from ingestion.models.certificate import CertificateKind, SourceCertificate
from ingestion.models.conformity_report import ConformityReport
from ingestion.models.load import Load, LoadKind, LoadStatus, LoadView, RemovalAnswer, ViewCursor, ViewState
from ingestion.models.mapping_version import MappingVersion
from ingestion.models.mirror import Presence, PreviousVersion, RawRecord, ReplacedBecause
from ingestion.models.quality import DelayQuality, DelaySpan, FieldQuality, ViewQuality
from ingestion.models.quarantine import Rejection, RejectionStatus, UnmappedCode
from ingestion.models.reference import ReferenceCheck
from ingestion.models.rereading import Rereading
from ingestion.models.schema import SchemaChange, SchemaChangeKind, ViewSchema
from ingestion.models.secret import SecretNote
from ingestion.models.source import Credentials, Rule, Source, SourceDialect, Weekday

__all__ = [
    "Agreement",
    "AgreementGoal",
    "AgreementStatus",
    "Alert",
    "AlertKind",
    "Breaker",
    "BreakerState",
    "CertificateKind",
    "ConformityReport",
    "Credentials",
    "DelayQuality",
    "DelaySpan",
    "FieldQuality",
    "GoalStatus",
    "Heartbeat",
    "Load",
    "LoadKind",
    "LoadStatus",
    "LoadView",
    "MappingVersion",
    "Presence",
    "PreviousVersion",
    "RawRecord",
    "ReferenceCheck",
    "Rejection",
    "RejectionStatus",
    "RemovalAnswer",
    "ReplacedBecause",
    "Rereading",
    "Rule",
    "RuleChoice",
    "SchemaChange",
    "SchemaChangeKind",
    "SecretNote",
    "Source",
    "SourceCertificate",
    "SourceDialect",
    "UnmappedCode",
    "ViewCursor",
    "ViewQuality",
    "ViewSchema",
    "ViewState",
    "Weekday",
]
