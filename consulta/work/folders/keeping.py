"""Writing in folders. Each write names its actor and is in the audit by ids, never by words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from audit import recorder
from audit.events import Actor, Event, Kind
from consulta.models import Folder, FolderGrant, FolderItem, FolderNote
from credentialing import policy
from credentialing.models import User
from credentialing.roles import Permission
from registry.models import Person
from registry.selectors.search import Criteria, to_json


class Closed(Exception):
    """The folder is closed: it is read, not written in."""


class NotAColleague(Exception):
    """Nobody of the agency who consults has that name."""


@transaction.atomic
def open_folder(*, user: User, title: str, case: str, by: Actor) -> Folder:
    """A new folder of the user's, in their agency."""
    folder = Folder(owner=user, agency=user.agency)
    folder.told = {"title": title, "case": case}
    folder.save()
    _record("folder.open", folder, by)
    return folder


@transaction.atomic
def add_person(*, folder: Folder, person: Person, why: str, user: User, by: Actor) -> FolderItem:
    """Put a person in; who is in already stays as they are. Raises Closed, PermissionDenied."""
    _writable(folder, user)
    found = FolderItem.objects.filter(folder=folder, person=person, removed_at=None).first()
    if found is not None:
        return found
    item = FolderItem(folder=folder, person=person, added_by=user)
    item.told = {"why": why}
    item.save()
    _record("folder.add", folder, by, item=str(item.pk), subjects=(person.public_id,))
    return item


@transaction.atomic
def add_search(*, folder: Folder, name: str, criteria: Criteria, user: User, by: Actor) -> FolderItem:
    """Put a search in: its criteria, asked anew by whoever opens it. Raises Closed, PermissionDenied."""
    _writable(folder, user)
    item = FolderItem(folder=folder, added_by=user)
    item.told = {"name": name, "criteria": to_json(criteria)}
    item.save()
    _record("folder.add", folder, by, item=str(item.pk))
    return item


@transaction.atomic
def remove(*, item: FolderItem, user: User, by: Actor) -> None:
    """Take a person or a search out; that they were in stays in the history. Raises Closed, PermissionDenied."""
    _writable(item.folder, user)
    taken = FolderItem.objects.filter(pk=item.pk, removed_at=None)
    if taken.update(removed_at=timezone.now(), removed_by=user):
        _record("folder.remove", item.folder, by, item=str(item.pk))


@transaction.atomic
def note(*, folder: Folder, text: str, reliability: str, credibility: int, user: User, by: Actor) -> FolderNote:
    """Write a note. Raises Closed, PermissionDenied."""
    _writable(folder, user)
    written = FolderNote(folder=folder, author=user, reliability=reliability, credibility=credibility)
    written.told = {"text": text}
    written.save()
    _record("folder.note", folder, by, note=str(written.pk), source=f"{reliability}{credibility}")
    return written


@transaction.atomic
def withdraw(*, written: FolderNote, user: User, by: Actor) -> None:
    """Its author, or the folder's owner, withdraws a note: it stays, marked. Raises Closed, PermissionDenied."""
    _writable(written.folder, user)
    if user.pk not in (written.author_id, written.folder.owner_id):
        raise PermissionDenied
    taken = FolderNote.objects.filter(pk=written.pk, withdrawn_at=None)
    if taken.update(withdrawn_at=timezone.now(), withdrawn_by=user):
        _record("folder.withdraw", written.folder, by, note=str(written.pk))


@transaction.atomic
def share(*, folder: Folder, username: str, may_write: bool, user: User, by: Actor) -> None:
    """The owner lets one colleague in. Raises Closed, NotAColleague, PermissionDenied."""
    _owned(folder, user)
    other = User.objects.filter(username__iexact=username, agency=folder.agency_id).select_related("agency").first()
    if other is None or other.pk == user.pk or not policy.allows(other, Permission.CONSULT_PEOPLE):
        raise NotAColleague
    FolderGrant.objects.filter(folder=folder, user=other, revoked_at=None).update(revoked_at=timezone.now())
    FolderGrant.objects.create(folder=folder, user=other, may_write=may_write)
    _record("folder.share", folder, by, user=other.username, may_write=may_write)


@transaction.atomic
def unshare(*, grant: FolderGrant, user: User, by: Actor) -> None:
    """The owner takes it back. Raises PermissionDenied."""
    _owned(grant.folder, user)
    if FolderGrant.objects.filter(pk=grant.pk, revoked_at=None).update(revoked_at=timezone.now()):
        _record("folder.unshare", grant.folder, by, user=grant.user.username)


@transaction.atomic
def close(*, folder: Folder, user: User, by: Actor) -> None:
    """The owner closes it. Raises PermissionDenied, Closed."""
    _owned(folder, user)
    Folder.objects.filter(pk=folder.pk).update(closed_at=timezone.now())
    _record("folder.close", folder, by)


def may_write(folder: Folder, user: User) -> bool:
    """True for its owner and for whom the owner let write, while it is not closed."""
    if folder.closed_at is not None:
        return False
    granted = FolderGrant.objects.filter(folder=folder, user=user, revoked_at=None, may_write=True)
    return folder.owner_id == user.pk or granted.exists()


def _writable(folder: Folder, user: User) -> None:
    if folder.closed_at is not None:
        raise Closed
    if not may_write(folder, user):
        raise PermissionDenied


def _owned(folder: Folder, user: User) -> None:
    if folder.owner_id != user.pk:
        raise PermissionDenied
    if folder.closed_at is not None:
        raise Closed


def _record(action: str, folder: Folder, by: Actor, *, subjects: tuple[Any, ...] = (), **detail: Any) -> None:
    told = {"folder": str(folder.pk), **detail}
    recorder.record_with(Event(kind=Kind.WORK_CHANGED, actor=by, action=action, subjects=subjects, detail=told))
