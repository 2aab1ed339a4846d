"""How a stint ends: the exit that fits the situation and the regime, with its reason (Res. CNJ 417/2021, art. 7)."""

from random import Random

from fictitious.tables import Weighted

PROVISIONAL_RELEASES = Weighted(
    [
        ("Liberdade provisória", 40),
        ("Revogação de prisão preventiva", 30),
        ("Relaxamento de prisão", 12),
        ("Absolvição", 12),
        ("Pagamento de fiança", 6),
    ]
)


def fitting(rng: Random, situation: str, regime: str) -> tuple[str, str | None]:
    """(movement, reason) of somebody who leaves for good."""
    draw = rng.random()
    if situation == "MS":
        return "DESINT", "Ordem de desinternação"
    if situation == "PROVISORIO":
        return ("ALVARA", PROVISIONAL_RELEASES.draw(rng)) if draw < 0.98 else ("FUGA", None)
    if regime == "SEMIABERTO" and draw < 0.12:
        return ("ABANDONO" if draw < 0.06 else "EVASAO"), None
    if regime == "FECHADO" and draw < 0.03:
        return "FUGA", None
    if draw < 0.45:
        return "LIV_COND", "Livramento condicional"
    if draw < 0.55 and regime == "SEMIABERTO":
        return "DOMIC_MON", "Prisão domiciliar"
    return "ALVARA", "Extinção/cumprimento da pena"
