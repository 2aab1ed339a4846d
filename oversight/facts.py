"""What the signs are handed: the acts of a week, who the accounts are, and what they are compared with.

An agency is read in chunks of accounts, so that memory depends on no agency's size.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from audit import selectors
from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.requests.asking import digest
from oversight import explaining
from oversight.models import Canary
from oversight.models.alert import span_of
from oversight.signs.acts import LOOKED_AT, Portrait, Usage, usages
from oversight.signs.conduct import NIGHT, asked_number
from oversight.signs.relations import HOT, is_rare
from oversight.signs.sign import Surroundings, unexplained
from registry.selectors import surnames
from registry.selectors.expected import visited_or_defended_by
from registry.values.names import normalise, tokens

CHUNK: Final = 100
PAST_WEEKS: Final = 8
_CPF: Final = 11  # digits
IDLE_LOOK: Final = timedelta(days=400)
# Words of a name that are no surname of its family.
AGNOMES: Final = frozenset({"JUNIOR", "JR", "FILHO", "NETO", "NETTO", "SOBRINHO", "SEGUNDO", "II", "TERCEIRO", "III"})


def used(agency: Agency, week: date) -> list[int]:
    """Ids of the accounts of the agency that did anything in the week, in order."""
    first, after = span_of(week)
    acted = selectors.of_agency(agency.acronym).filter(at__gte=first, at__lt=after, kind__in=LOOKED_AT)
    return sorted(key for key in acted.order_by().values_list("actor_id", flat=True).distinct() if key is not None)


def read(agency: Agency, week: date, accounts: Sequence[int]) -> Iterator[Usage]:
    """What each of these accounts did in the week, explained as far as the platform can; without portraits."""
    first, after = span_of(week)
    for start in range(0, len(accounts), CHUNK):
        chunk = accounts[start : start + CHUNK]
        events = selectors.of_agency(agency.acronym).filter(
            at__gte=first, at__lt=after, kind__in=LOOKED_AT, actor_id__in=chunk
        )
        found = usages(selectors.opened(list(events.order_by())))
        explaining.explain(found, agency=agency, since=first, until=after)
        yield from found


def surroundings(agency: Agency, week: date, accounts: Sequence[int]) -> Surroundings:
    """What the agency's accounts are compared with."""
    requests: dict[int, int] = {}
    openers: dict[Any, int] = defaultdict(int)
    for usage in read(agency, week, accounts):
        requests[usage.account] = len(unexplained(usage.requests))
        for person in {act.subjects[0] for act in unexplained(usage.opened)}:
            openers[person] += 1
    names = {tokens(name): pk for pk, name in User.objects.filter(agency=agency).values_list("pk", "full_name")}
    shares = surnames.shares({word for name in names for word in name})
    return Surroundings(
        requests=requests,
        openers=openers,
        usual=_usual(agency, week, [person for person, many in openers.items() if many >= HOT]),
        colleagues={name: pk for name, pk in names.items() if is_rare(name, shares)},
        canaries=frozenset(Canary.objects.planted().values_list("person", flat=True)),
    )


def _usual(agency: Agency, week: date, persons: Sequence[uuid.UUID]) -> dict[uuid.UUID, float]:
    """How many accounts of the agency opened each person in an ordinary week of those before."""
    first, _ = span_of(week)
    before = selectors.of_agency(agency.acronym).filter(
        at__gte=first - timedelta(weeks=PAST_WEEKS), at__lt=first, kind=Kind.DISCLOSURE, action="profile",
        subjects__overlap=list(persons),
    )  # fmt: skip
    weeks = before.order_by().annotate(week=TruncWeek("at", tzinfo=timezone.get_current_timezone()))
    rows = weeks.values_list("week", "actor_id", "subjects__0").distinct() if persons else []
    found = Counter(person for _, _, person in rows)
    return {person: many / PAST_WEEKS for person, many in found.items()}


def portraits(accounts: Sequence[int], week: date) -> Mapping[int, Portrait]:
    """Whose accounts these are, and how they were used before."""
    first, _ = span_of(week)
    names = dict(User.objects.filter(pk__in=accounts).values_list("pk", "full_name"))
    own = {pk: tokens(name) for pk, name in names.items()}
    families = {pk: [word for word in words[1:] if word not in AGNOMES] for pk, words in own.items()}
    shares = surnames.shares({word for words in families.values() for word in words})
    past, last = _past(accounts, first), _last(accounts, first)
    return {
        pk: Portrait(
            name=own[pk],
            surnames={word: shares[word] for word in families[pk]},
            linked=visited_or_defended_by(normalise(names[pk])) if len(own[pk]) > 2 else frozenset(),
            idle_days=(first - last[pk]).days if pk in last else None,
            **past.get(pk, {}),
        )
        for pk in names
    }


def with_documents(usage: Usage, portrait: Portrait, owners: Mapping[str, int]) -> Portrait:
    """The portrait knowing which CPFs among those asked are the account's own or a colleague's; `owners` leads from the
    digest of a CPF, all that accounts keep of it, to its account."""
    asked = {number for act in usage.requests if len(number := asked_number(act)) == _CPF}
    known = {number: owner for number in asked if (owner := owners.get(digest(number))) is not None}
    return replace(
        portrait,
        documents=frozenset(number for number, owner in known.items() if owner == usage.account),
        colleagues=frozenset(number for number, owner in known.items() if owner != usage.account),
    )


def owners(agency: Agency) -> Mapping[str, int]:
    """Digest of a CPF → account, of the agency."""
    known = User.objects.filter(agency=agency).exclude(cpf_digest="")
    return dict(known.values_list("cpf_digest", "pk"))


def _past(accounts: Sequence[int], first: datetime) -> dict[int, dict[str, Any]]:
    """`weeks`, `nights` and `opening` of the eight weeks before."""
    before = selectors.of_all().filter(
        actor_id__in=accounts, at__gte=first - timedelta(weeks=PAST_WEEKS), at__lt=first, kind=Kind.INTENT
    )
    rows = (
        before.order_by()
        .annotate(week=TruncWeek("at", tzinfo=timezone.get_current_timezone()))
        .values("actor_id", "week")
        .annotate(
            requests=Count("id"),
            nights=Count("id", filter=Q(at__hour__in=list(NIGHT))),
            searches=Count("id", filter=Q(action="search")),
            profiles=Count("id", filter=Q(action="profile")),
        )
        .order_by("week")
    )
    grouped: dict[Any, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["actor_id"]].append(row)
    return {account: _habit(weeks) for account, weeks in grouped.items()}


def _habit(weeks: list[Mapping[str, Any]]) -> dict[str, Any]:
    total = {name: sum(week[name] for week in weeks) for name in ("requests", "nights", "searches", "profiles")}
    return {
        "weeks": tuple(week["requests"] for week in weeks),
        "nights": total["nights"] / total["requests"],
        "opening": total["profiles"] / total["searches"] if total["searches"] else None,
    }


def _last(accounts: Sequence[int], first: datetime) -> dict[int, datetime]:
    before = selectors.of_all().filter(actor_id__in=accounts, at__gte=first - IDLE_LOOK, at__lt=first, kind=Kind.INTENT)
    return dict(before.order_by().values_list("actor_id").annotate(last=Max("at")))
