from credentialing.activities import Activity
from credentialing.models.adhesion import AdhesionRequest, AdhesionState, AdhesionStep, Indication
from credentialing.models.agency import Agency, AgencySuspension, ExpiryWarning
from credentialing.models.agency_key import AgencyKey
from credentialing.models.copied_key import CopiedKey
from credentialing.models.designation import Designation
from credentialing.models.first_access import FirstAccess
from credentialing.models.freeze import AccountFreeze, FreezeCause
from credentialing.models.notice import SystemNotice
from credentialing.models.purpose import Purpose
from credentialing.models.report import MonthlyReport, Scope
from credentialing.models.request import AccessRequest, AccessStep, Conduct, RequestState
from credentialing.models.session import UserSession
from credentialing.models.user import Ending, User

__all__ = [
    "AccessRequest",
    "AccessStep",
    "AccountFreeze",
    "Activity",
    "AdhesionRequest",
    "AdhesionState",
    "AdhesionStep",
    "Agency",
    "AgencyKey",
    "AgencySuspension",
    "Conduct",
    "CopiedKey",
    "Designation",
    "Ending",
    "ExpiryWarning",
    "FirstAccess",
    "FreezeCause",
    "Indication",
    "MonthlyReport",
    "Purpose",
    "RequestState",
    "Scope",
    "SystemNotice",
    "User",
    "UserSession",
]
