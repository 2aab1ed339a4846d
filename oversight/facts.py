"""What the signs are handed: the acts of a week, who the accounts are, and what they are compared with.

An agency is read in chunks of accounts, so that memory depends on no agency's size.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from math import prod
from typing import Any, Final

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from audit import selectors
from audit.events import Kind
from credentialing.models import Agency, User
from credentialing.requests.asking import digest, door_digest
from oversight import crowds, explaining
from oversight.crowds import PAST_WEEKS
from oversight.models import Canary
from oversight.models.alert import span_of
from oversight.signs.acts import LOOKED_AT, Portrait, Usage, usages
from oversight.signs.habit import Habit, Past, habit
from oversight.signs.relations import HOT
from oversight.signs.roll import Entry, Roll
from oversight.signs.sign import NIGHT, Gathering, Surroundings
from registry.selectors import surnames
from registry.selectors.expected import addresses_of, visited_or_defended_by
from registry.values import addresses
from registry.values.names import normalise, tokens
from senappen.lib import cpf

CHUNK: Final = 100
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
    gathering = Gathering()
    for usage in read(agency, week, accounts):
        gathering.add(usage)
    nation = crowds.across(week, list(gathering.openers))
    return gathering.around(
        usual=crowds.usual(week, [person for person, many in gathering.openers.items() if many >= HOT], agency),
        nation=nation,
        usual_nation=crowds.usual(week, list(nation)),
        roll=_roll(agency),
        canaries=frozenset(Canary.objects.planted().values_list("person", flat=True)),
    )


def _roll(agency: Agency) -> Roll:
    people = User.objects.filter(agency=agency).values_list("pk", "full_name", "unit")
    entries = [Entry(pk, tokens(name), normalise(unit)) for pk, name, unit in people]
    return Roll(entries, surnames.shares({word for entry in entries for word in entry.name}))


def portraits(accounts: Sequence[int], week: date) -> Mapping[int, Portrait]:
    """Whose accounts these are, and how they were used before."""
    first, _ = span_of(week)
    names = dict(User.objects.filter(pk__in=accounts).values_list("pk", "full_name"))
    own = {pk: tokens(name) for pk, name in names.items()}
    shares = surnames.shares({word for words in own.values() for word in words})
    past, last = _past(accounts, first), _last(accounts, first)
    return {
        pk: Portrait(
            name=own[pk],
            surnames={word: shares[word] for word in own[pk][1:] if word not in AGNOMES},
            common=prod(shares[word] for word in own[pk]),
            short=prod(shares[word] for word in (own[pk][:1] + own[pk][-1:])),
            linked=visited_or_defended_by(normalise(names[pk])) if len(own[pk]) > 2 else frozenset(),
            idle_days=(first - last[pk]).days if pk in last else None,
            **past.get(pk, habit(())),
        )
        for pk in names
    }


def with_documents(usage: Usage, portrait: Portrait, owners: Mapping[str, int]) -> Portrait:
    """The portrait knowing which CPFs among those asked are the account's own or a colleague's; `owners` leads from the
    digest of a CPF, all that accounts keep of it, to its account."""
    asked = {number for number, _ in usage.numbers if len(number) == cpf.LENGTH}
    known = {number: owner for number in asked if (owner := owners.get(digest(number))) is not None}
    return replace(
        portrait,
        documents=frozenset(number for number, owner in known.items() if owner == usage.account),
        colleagues=frozenset(number for number, owner in known.items() if owner != usage.account),
    )


def with_neighbours(usage: Usage, portrait: Portrait, doors: Mapping[int, str]) -> Portrait:
    """The portrait knowing who of those opened lives, or has a visitor who lives, at the account's own address; `doors`
    leads from an account to the digest of it, where it was told."""
    own = doors.get(usage.account)
    if not own:
        return portrait
    lines = addresses_of({act.subjects[0] for act in usage.opened})
    near = {person for person, told in lines.items() if any(_door(line) == own for line in told)}
    return replace(portrait, neighbours=frozenset(near))


def _door(line: str) -> str:
    found = addresses.parse(line)
    return door_digest(found.cep, found.number) if found.cep and found.number else ""


def doors(agency: Agency) -> Mapping[int, str]:
    """Account → digest of its address, of the agency."""
    return dict(User.objects.filter(agency=agency).exclude(address_digest="").values_list("pk", "address_digest"))


def owners(agency: Agency) -> Mapping[str, int]:
    """Digest of a CPF → account, of the agency."""
    known = User.objects.filter(agency=agency).exclude(cpf_digest="")
    return dict(known.values_list("cpf_digest", "pk"))


def _past(accounts: Sequence[int], first: datetime) -> dict[int, Habit]:
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
    weeks: dict[Any, list[Past]] = defaultdict(list)
    for row in rows:
        weeks[row["actor_id"]].append(
            Past(**{name: row[name] for name in ("requests", "nights", "searches", "profiles")})
        )
    return {account: habit(past) for account, past in weeks.items()}


def _last(accounts: Sequence[int], first: datetime) -> dict[int, datetime]:
    before = selectors.of_all().filter(actor_id__in=accounts, at__gte=first - IDLE_LOOK, at__lt=first, kind=Kind.INTENT)
    return dict(before.order_by().values_list("actor_id").annotate(last=Max("at")))
