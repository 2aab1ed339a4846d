"""A folder as its screens and the API show it: to one viewer, within their scope."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from consulta.access import Access, Shown
from consulta.models import Folder, FolderGrant, FolderItem, FolderNote
from consulta.models.folder import Credibility, Reliability
from consulta.search import present
from consulta.work.folders.keeping import may_write
from consulta.work.people import FIELDS, line
from credentialing.models import User
from registry.selectors import seals
from registry.selectors.people.listed import listed
from registry.selectors.search import PersonCard, from_json
from senappen.lib.wording import moment


def rows_for(user: User) -> list[dict[str, Any]]:
    """The folders the user may open, open ones first."""
    return [
        {
            **folder.told,
            "id": str(folder.pk),
            "url": reverse("consulta:folder", args=[folder.pk]),
            "owner": "" if folder.owner_id == user.pk else folder.owner.full_name,
            "opened": _told_at(folder.created_at),
            "closed": _told_at(folder.closed_at),
        }
        for folder in Folder.objects.open_to(user).select_related("owner")
    ]


def cards_in(folder: Folder, access: Access) -> dict[FolderItem, PersonCard | None]:
    """Each person of the folder, with the card that the viewer may see."""
    found = _items(folder, access).filter(removed_at=None, person__isnull=False)
    items = list(found.select_related("person", "added_by"))
    cards = listed((item.person.public_id for item in items if item.person), access.scope)
    return {item: cards.get(item.person.public_id) if item.person else None for item in items}


def contents(folder: Folder, access: Access) -> tuple[dict[str, Any], Shown]:
    """What the page prints, and whom it discloses. Who is out of the viewer's scope is there without a name; who is
    sealed is not there at all, nor in the history."""
    writing = may_write(folder, access.user)
    cards = cards_in(folder, access)
    persons = [
        {"id": str(item.pk), "line": line(card, item.told["why"]) if card else None, **_put(item), **_urls(item)}
        for item, card in cards.items()
    ]
    searches = folder.items.filter(removed_at=None, person=None).select_related("added_by")
    context = {
        **folder.told,
        "id": str(folder.pk),
        "export_url": reverse("consulta:export-folder", args=[folder.pk]),
        "owner": folder.owner.full_name,
        "owned": folder.owner_id == access.user.pk,
        "writing": writing,
        "closed": _told_at(folder.closed_at),
        "persons": persons,
        "searches": [_search(item) for item in searches],
        "notes": [_note(one, folder, access.user) for one in folder.notes.select_related("author", "withdrawn_by")],
        "grants": [_grant(one) for one in folder.grants.filter(revoked_at=None).select_related("user")],
        "history": sorted(_history(folder, access), key=lambda event: event["at"], reverse=True),
    }
    shown = [card.public_id for card in cards.values() if card]
    fields = ("pasta", *FIELDS) if shown else ("pasta",)
    return context, Shown(persons=list(dict.fromkeys(shown)), fields=fields, extra={"folder": str(folder.pk)})


def _items(folder: Folder, access: Access) -> QuerySet[FolderItem]:
    return folder.items.filter(seals.home_seen_by(access.scope, "person"))


def _search(item: FolderItem) -> dict[str, Any]:
    told = item.told
    asks = present.described(from_json(told["criteria"])).capitalize()
    return {"id": str(item.pk), "name": told["name"], "asks": asks, **_put(item), **_urls(item)}


def _note(one: FolderNote, folder: Folder, viewer: User) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "text": one.told["text"],
        "grade": f"{one.reliability}{one.credibility}",
        "grade_words": f"{Reliability(one.reliability).label}; {Credibility(one.credibility).label}",
        "author": one.author.full_name,
        "written": _told_at(one.written_at),
        "withdrawn": f"retirada por {one.withdrawn_by.full_name} em {_told_at(one.withdrawn_at)}"
        if one.withdrawn_by
        else "",
        "may_withdraw": viewer.pk in (one.author_id, folder.owner_id),
        "withdraw_url": reverse("consulta:folder-withdraw", args=[one.folder_id, one.pk]),
    }


def _grant(one: FolderGrant) -> dict[str, Any]:
    return {
        "who": f"{one.user.full_name} ({one.user.username})",
        "may": "lê e acrescenta" if one.may_write else "lê",
        "url": reverse("consulta:folder-unshare", args=[one.folder_id, one.pk]),
    }


def _put(item: FolderItem) -> dict[str, str]:
    return {"put": f"por {item.added_by.full_name} em {_told_at(item.added_at)}"}


def _urls(item: FolderItem) -> dict[str, str]:
    args = [item.folder_id, item.pk]
    remove = reverse("consulta:folder-remove", args=args)
    return {"remove_url": remove, "ask_url": "" if item.person_id else reverse("consulta:folder-ask", args=args)}


def _history(folder: Folder, access: Access) -> Iterator[dict[str, Any]]:
    """Who did what and when; whom it was about is in the folder, for those who may see them."""
    yield _event(folder.created_at, folder.owner, "abriu a pasta")
    if folder.closed_at:
        yield _event(folder.closed_at, folder.owner, "encerrou a pasta")
    for item in _items(folder, access).select_related("added_by", "removed_by"):
        what = "uma pessoa" if item.person_id else "uma busca"
        yield _event(item.added_at, item.added_by, f"incluiu {what}")
        if item.removed_at and item.removed_by:
            yield _event(item.removed_at, item.removed_by, f"retirou {what}")
    for note in folder.notes.select_related("author", "withdrawn_by"):
        yield _event(note.written_at, note.author, f"escreveu uma nota {note.reliability}{note.credibility}")
        if note.withdrawn_at and note.withdrawn_by:
            yield _event(note.withdrawn_at, note.withdrawn_by, "retirou uma nota")
    for grant in folder.grants.select_related("user"):
        yield _event(grant.granted_at, folder.owner, f"compartilhou com {grant.user.full_name}")
        if grant.revoked_at:
            yield _event(grant.revoked_at, folder.owner, f"deixou de compartilhar com {grant.user.full_name}")


def _event(at: datetime, who: User, what: str) -> dict[str, Any]:
    return {"at": at, "when": _told_at(at), "who": who.full_name, "what": what}


def _told_at(at: datetime | None) -> str:
    return moment(timezone.localtime(at)) if at else ""
