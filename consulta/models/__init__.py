"""What the consultation keeps, encrypted wherever somebody's words may name a person."""

from consulta.models.asking import Inquiry, InquiryKind, SearchQuery
from consulta.models.diagram import SavedDiagram
from consulta.models.exceptional import ExceptionalAccess
from consulta.models.export import ExportRequest, ExportState
from consulta.models.folder import Folder, FolderGrant, FolderItem, FolderNote
from consulta.models.follow import Follow, FollowKind, FollowState, Notice, NoticeSettings
from consulta.models.issued import IssuedFile
from consulta.models.panel import SavedPanel
from consulta.models.saved import SavedSearch
from consulta.models.seal_request import SealRequest, SealRequestState

__all__ = [
    "ExceptionalAccess",
    "ExportRequest",
    "ExportState",
    "Folder",
    "FolderGrant",
    "FolderItem",
    "FolderNote",
    "Follow",
    "FollowKind",
    "FollowState",
    "Inquiry",
    "InquiryKind",
    "IssuedFile",
    "Notice",
    "NoticeSettings",
    "SavedDiagram",
    "SavedPanel",
    "SavedSearch",
    "SealRequest",
    "SealRequestState",
    "SearchQuery",
]
