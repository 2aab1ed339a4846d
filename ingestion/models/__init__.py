from ingestion.models.certificate import CertificateKind, SourceCertificate
from ingestion.models.load import Load, LoadStatus, LoadView, ViewCursor, ViewState
from ingestion.models.mapping_version import MappingVersion
from ingestion.models.mirror import RawRecord
from ingestion.models.quarantine import Rejection, RejectionStatus, UnmappedCode
from ingestion.models.source import Credentials, Rule, Source, SourceDialect

__all__ = [
    "CertificateKind",
    "Credentials",
    "Load",
    "LoadStatus",
    "LoadView",
    "MappingVersion",
    "RawRecord",
    "Rejection",
    "RejectionStatus",
    "Rule",
    "Source",
    "SourceCertificate",
    "SourceDialect",
    "UnmappedCode",
    "ViewCursor",
    "ViewState",
]
