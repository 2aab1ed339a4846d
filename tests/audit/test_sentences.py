"""Events in words."""

import uuid

import pytest

from audit.events import LABELS, Kind
from audit.models import AccessEvent
from audit.sentences import asked, sentence

PERSON = uuid.UUID(int=1)


def _event(kind: str, **fields: object) -> AccessEvent:
    return AccessEvent(kind=kind, **{"detail": {}, "subjects": [], "action": "", **fields})


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (_event(Kind.LOGIN), "Entrou na plataforma com senha e código."),
        (_event(Kind.LOGIN_FAILED, detail={"reason": "password"}), "Teve a entrada recusada: senha errada."),
        (_event(Kind.SECOND_FACTOR_FAILED, detail={"reason": "code"}), "Teve o código recusado: código errado."),
        (_event(Kind.LOGOUT, detail={"reason": "idle"}), "Teve a sessão encerrada por falta de uso."),
        (_event(Kind.INTENT, action="search"), "Pediu uma busca de pessoas."),
        (
            _event(Kind.DISCLOSURE, action="search", subjects=[PERSON, PERSON]),
            "Viu 2 pessoas em uma busca.",
        ),
        (_event(Kind.DISCLOSURE, action="profile", subjects=[PERSON]), "Viu 1 pessoa em uma ficha."),
        (_event(Kind.INTENT, action="rejection"), "Pediu uma linha da quarentena."),
        (
            _event(Kind.DISCLOSURE, action="rejection", detail={"origin": "AL", "rows": 1}),
            "Viu 1 linha da quarentena de AL.",
        ),
        (
            _event(Kind.JUDGED, action="review.vote", detail={"review": 7, "verdict": "unsure"}),
            "Votou no par 7: não sei.",
        ),
        (
            _event(Kind.JUDGED, action="judgement.same", detail={"records": [3, 9]}),
            "Julgou: registros 3 e 9, mesma pessoa.",
        ),
        (_event(Kind.JUDGED, action="resolution.settle", detail={"records": 20}), "Julgamento de identidade."),
        (
            _event(Kind.JUDGEMENT_REVOKED, action="review.undo", detail={"review": 7, "verdict": "same"}),
            "Desfez o próprio voto no par 7: mesma pessoa.",
        ),
        (
            _event(Kind.JUDGEMENT_REVOKED, action="judgement.same", detail={"records": [3, 9]}),
            "Revogou o julgamento: registros 3 e 9, mesma pessoa.",
        ),
        (_event(Kind.DISCLOSURE, action="search"), "Não viu ninguém em uma busca."),
        (_event(Kind.DENIED, detail={"route": "audit:events"}), "Tentou abrir audit:events sem ter permissão."),
        (
            _event(Kind.ADMIN_VIEW, detail={"model": "usuário", "ids": [3]}),
            "Leu 1 registro de “usuário” na administração.",
        ),
        (
            _event(Kind.ADMIN_CHANGE, action="change", detail={"model": "órgão", "ids": [3]}),
            "Alterou “órgão” 3.",
        ),
        (
            _event(Kind.AUDIT_READ, action="mine", detail={"count": 2}),
            "Leu os próprios acessos na auditoria (2 eventos).",
        ),
        (_event(Kind.LOAD_FAILED), "Carga interrompida."),
        (_event("of_another_version"), "of_another_version"),
    ],
)
def test_sentence(event: AccessEvent, words: str) -> None:
    assert sentence(event) == words


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_words_even_without_detail(kind: Kind) -> None:
    assert sentence(_event(kind)).endswith(".")
    assert kind in LABELS


def test_what_was_asked_is_labelled() -> None:
    event = _event(Kind.INTENT, detail={"asked": {"mother": "Maria", "filters": {"uf": ["AL", "PE"]}, "unheard": 1}})
    assert asked(event) == [("mãe", "Maria"), ("filtros", "uf: AL, PE"), ("unheard", "1")]
