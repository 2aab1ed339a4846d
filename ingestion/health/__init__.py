"""How each source is doing: freshness, the running load's progress, what stands in its way. Counts only."""

from ingestion.health.reading import of, progress, sources
from ingestion.health.shapes import (
    AgreementHealth,
    AlertLine,
    BreakerHealth,
    CertificateHealth,
    Pause,
    Progress,
    SourceHealth,
    ViewProgress,
)

__all__ = [
    "AgreementHealth",
    "AlertLine",
    "BreakerHealth",
    "CertificateHealth",
    "Pause",
    "Progress",
    "SourceHealth",
    "ViewProgress",
    "of",
    "progress",
    "sources",
]
