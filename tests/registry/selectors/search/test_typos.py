"""Nearness of words, and the vocabulary's neighbourhoods in PostgreSQL."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from registry.selectors.search import typos
from registry.selectors.search.typos import LEAST_SIMILAR, similarity
from registry.selectors.search.vocabulary import splits
from registry.values import phonetics
from registry.values.names import PARTICLES

WORDS = st.text("ABCDEILMNORSTU", min_size=3, max_size=10)


def deletions(word: str, shortest: int) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_deletions(%s, %s)", [word, shortest])
        return set(cursor.fetchone()[0])


def hashes(words: set[str]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(hashtext(word)) FROM unnest(%s::text[]) AS word", [list(words)])
        return set(cursor.fetchone()[0])


@given(WORDS, WORDS)
def test_similarity_is_symmetric_bounded_and_only_of_near_words(a: str, b: str) -> None:
    keys = phonetics.key(a), phonetics.key(b)
    alike = similarity(a, b, *keys)
    assert alike == similarity(b, a, *reversed(keys))
    assert alike == 0 or LEAST_SIMILAR <= alike <= 1
    assert (alike == 1) == (a == b)
    if min(OSA.distance(a, b), OSA.distance(*keys)) > 2:
        assert alike == 0


@given(WORDS)
def test_parts_of_a_word_make_it_up(word: str) -> None:
    for parts in splits(word):
        assert parts
        assert "".join(parts) in word
        assert all(len(part) >= 3 and part not in PARTICLES for part in parts)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        ("KUAREZMA", "KUARZMA"),  # left out
        ("KUAREZMA", "KUARRZMA"),  # changed
        ("KUAREZMA", "KUAERZMA"),  # exchanged
        ("KUAREZMA", "KUAREZSMA"),  # added
        ("KUAREZMA", "KARZMA"),  # two left out
        ("KUAREZMA", "XUAREZNA"),  # two changed
        ("ANA", "ANE"),
        ("JUZE", "JUZ"),
    ],
)
def test_near_words_have_deletions_in_common(stored: str, asked: str) -> None:
    assert deletions(stored, 7) & deletions(asked, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "word", ["AN", "ANA", "JUZE", "MARIA", "AANNA", "KUAREZMA", "ABCDEFGHIJKLMN", "ABCDEFGHIJKLMNO"]
)
def test_what_is_asked_for_is_what_postgresql_would_take_away(word: str) -> None:
    assert hashes(typos.deletions(word)) == deletions(word, 5)


@pytest.mark.django_db
def test_unlike_words_have_none() -> None:
    assert not deletions("KUAREZMA", 7) & deletions("TAVARIS", 5)


@pytest.mark.django_db
def test_a_long_word_makes_no_crowd_of_deletions() -> None:
    assert len(deletions("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJKLMN", 7)) == 41
