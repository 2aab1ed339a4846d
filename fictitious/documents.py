"""Numbers of documents with correct check digits, all invented.

No range of the CPF is officially reserved for tests, so a valid number may belong to somebody. Ours are
confined to numbers that begin with 9 and are drawn here only: never query one outside the fictitious country.
"""

from random import Random

from fictitious import tables

CPF_SPACE = 10_000_000  # numbers of one fiscal region that begin with 9: room for eight million people


def _mod11(digits: str, weights: range | list[int]) -> int:
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return 0 if rest < 2 else 11 - rest


def cpf_check(base: str) -> str:
    """The two check digits of a nine-digit base (mod 11, twice)."""
    first = _mod11(base, range(10, 1, -1))
    return f"{first}{_mod11(f'{base}{first}', range(11, 1, -1))}"


def cpf(number: int, uf: str) -> str:
    """The reserved CPF of the human with this number: distinct for distinct numbers of a fiscal region.

    Multiplying by a number coprime with the space only mixes the order, so neighbours do not look alike.
    """
    if number >= CPF_SPACE:
        raise ValueError("the country has more people than reserved CPFs")
    mixed = (number * 7_368_787 + 1_234_567) % CPF_SPACE
    base = f"9{mixed:07d}{tables.states()[uf]['cpf']}"
    return base + cpf_check(base)


def wrong_cpf(rng: Random, good: str) -> str:
    """The same base with a last digit that does not check."""
    return good[:10] + str((int(good[10]) + rng.randint(1, 9)) % 10)


def nis(rng: Random) -> str:
    """NIS/PIS/PASEP, eleven digits (weights 3 2 9 8 7 6 5 4 3 2)."""
    base = f"1{rng.randrange(10**9):09d}"
    return f"{base}{_mod11(base, [3, 2, 9, 8, 7, 6, 5, 4, 3, 2])}"


def titulo(rng: Random, uf: str) -> str:
    """Voter number: eight digits, the state, two check digits (Res. TSE 23.659/2021)."""
    number, state = f"{rng.randrange(10**8):08d}", tables.states()[uf]["titulo"]
    first = _titulo_digit(sum(int(d) * w for d, w in zip(number, range(2, 10), strict=True)), state)
    second = _titulo_digit(int(state[0]) * 7 + int(state[1]) * 8 + first * 9, state)
    return f"{number}{state}{first}{second}"


def _titulo_digit(total: int, state: str) -> int:
    rest = total % 11
    if rest == 0 and state in ("01", "02"):  # São Paulo and Minas Gerais turn 0 into 1
        return 1
    return 0 if rest == 10 else rest


def rg(rng: Random, uf: str) -> str:
    """Identity card number; São Paulo has a check digit (X for 10), elsewhere there is no national rule."""
    if uf != "SP":
        return f"{rng.randrange(1_000_000, 10_000_000)}"
    base = f"{rng.randrange(10_000_000, 70_000_000)}"
    digit = (11 - sum(int(d) * w for d, w in zip(base, range(2, 10), strict=True)) % 11) % 11
    return f"{base}{'X' if digit == 10 else digit}"


def rji(rng: Random) -> str:
    """Registro Judicial Individual NNNNNNNNN-DD; its check rule is not public, so the digits are free."""
    return f"{rng.randrange(10**8, 10**9)}-{rng.randrange(100):02d}"


def npu(rng: Random, uf: str, year: int, federal: bool = False) -> str:
    """Case number, twenty digits without mask (Res. CNJ 65/2008; check digits mod 97)."""
    number, court = f"{rng.randrange(1, 5_000_000):07d}", f"{rng.randrange(1, 400):04d}"
    segment = f"4{rng.randint(1, 6):02d}" if federal else f"8{tables.states()[uf]['npu']}"
    check = 98 - int(f"{number}{year:04d}{segment}{court}00") % 97
    return f"{number}{check:02d}{year:04d}{segment}{court}"


def oab(rng: Random) -> str:
    """Number of a lawyer's inscription: up to six digits."""
    return str(rng.randrange(900, 480_000))


def phone(rng: Random, uf: str) -> str:
    """A mobile number of the state's area in the range 9 0XXX XXXX, which is nobody's (90 begins collect calls)."""
    # One word of the stream, as many as a draw of 10,000 takes: what is drawn next does not depend on the range.
    number = rng.randrange(10_000 << 18) % 10_000_000
    return f"({tables.states()[uf]['ddd']}) 90{number // 10_000:03d}-{number % 10_000:04d}"
