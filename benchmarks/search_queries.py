"""What agents type when they look for somebody: a name right, and a name wrong in every usual way."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.search_base import Human, mistyped
from registry.selectors.search import Criteria
from registry.values.dates import parse_birth_query


@dataclass(frozen=True)
class Query:
    """What is typed and whom it means."""

    name: str
    mother: str
    father: str
    year: int | None
    wanted: int

    @property
    def criteria(self) -> Criteria:
        """The same as the search takes it."""
        birth = parse_birth_query(str(self.year)) if self.year else None
        return Criteria(name=self.name, mother=self.mother, father=self.father, birth=birth)


RESPELLINGS = (
    ("SOUZA", "SOUSA"), ("LUIZ", "LUIS"), ("TH", "T"), ("PH", "F"), ("Y", "I"), ("W", "V"), ("CARLOS", "KARLOS"),
    ("NN", "N"), ("LL", "L"), ("ISABEL", "IZABEL"), ("XA", "CHA"), ("QUEIROZ", "KEIROS"), ("SSA", "ÇA"),
)  # fmt: skip


def _query(
    human: Human, words: tuple[str, ...] | list[str], *, mother: str = "", father: str = "", year: bool = False
) -> Query:
    return Query(" ".join(words), mother, father, human.birth.year if year else None, human.id)


def _exact(rng: Random, human: Human) -> Query:
    return _query(human, human.words)


def _any_order(rng: Random, human: Human) -> Query:
    return _query(human, rng.sample(human.words, len(human.words)), year=True)


def _phonetic(rng: Random, human: Human) -> Query:
    name = " ".join(human.words)
    for written, heard in RESPELLINGS:
        name = name.replace(written, heard)
    return _query(human, name.split())


def _first_last(rng: Random, human: Human) -> Query:
    return _query(human, (human.words[0], human.words[-1]), year=True)


def _mother(rng: Random, human: Human) -> Query:
    return _query(human, human.words[:1], mother=f"{human.mother[0]} {human.mother[-1]}", year=True)


def _one_typo(rng: Random, human: Human) -> Query:
    return _query(human, _with_typos(rng, human.words, 1), year=True)


def _two_typos(rng: Random, human: Human) -> Query:
    return _query(human, _with_typos(rng, human.words, 2), year=True)


def _twice_in_a_word(rng: Random, human: Human) -> Query:
    words = _with_typos(rng, human.words, 1)
    at = next(at for at, (word, right) in enumerate(zip(words, human.words, strict=True)) if word != right)
    words[at] = mistyped(rng, words[at])
    return _query(human, words, year=True)


def _dropped(rng: Random, human: Human) -> Query:
    gone = rng.randrange(1, len(human.words))
    return _query(human, human.words[:gone] + human.words[gone + 1 :], year=True)


def _initialled(rng: Random, human: Human) -> Query:
    middle = [word[0] for word in human.words[1:-1]]
    return _query(human, [human.words[0], *middle, human.words[-1]], year=True)


def _joined(rng: Random, human: Human) -> Query:
    at = rng.randrange(len(human.words) - 1)
    glued = human.words[at] + human.words[at + 1]
    return _query(human, (*human.words[:at], glued, *human.words[at + 2 :]), year=True)


def _unfinished(rng: Random, human: Human) -> Query:
    last = human.words[-1]
    return _query(human, (*human.words[:-1], last[: max(3, len(last) - 3)]), year=True)


def _nickname(rng: Random, human: Human) -> Query:
    return _query(human, (*human.nickname.split(), human.words[-1]) if human.nickname else human.words, year=True)


def _father(rng: Random, human: Human) -> Query:
    return _query(human, (human.words[0], human.words[-1]), father=" ".join(human.father), year=not human.father)


def _with_typos(rng: Random, words: tuple[str, ...], count: int) -> list[str]:
    """That many of the longer words mistyped, so that each differs from the right one."""
    typed = list(words)
    for at in sorted(range(len(words)), key=lambda i: -len(words[i]))[:count]:
        while typed[at] == words[at]:
            typed[at] = mistyped(rng, words[at])
    return typed


KINDS: dict[str, Callable[[Random, Human], Query]] = {
    "exact": _exact,
    "any_order": _any_order,
    "phonetic": _phonetic,
    "first_last": _first_last,
    "mother": _mother,
    "father": _father,
    "one_typo": _one_typo,
    "two_typos": _two_typos,
    "twice_in_a_word": _twice_in_a_word,
    "dropped": _dropped,
    "initialled": _initialled,
    "joined": _joined,
    "unfinished": _unfinished,
    "nickname": _nickname,
}
