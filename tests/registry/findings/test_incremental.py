"""Checking what loads touched gives what checking everything would, whatever the loads bring."""

import os
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from audit.events import system
from registry.models import Finding, Judgement, Origin, PendingCheck, Record, Verdict
from registry.services import findings, resolution, search_documents
from registry.services.resolution import judging
from tests.factories import registry as make
from tests.registry.handing import hand_over, take_away

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

BY = system("test")
START = datetime(2026, 1, 10, 12, tzinfo=UTC)
PEOPLE = 7  # of each kind in each state: few, so that they meet


class Nation:
    """Two states that send rows at random out of few values."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.states = [make.make_origin("AL"), make.make_origin("PE")]
        self.cpfs = [make.make_cpf() for _ in range(4)]
        self.load = 1
        for origin in self.states:
            for unit in "12":
                self.send(
                    origin,
                    "vw_unidade",
                    unit,
                    nome=f"Presídio {unit}",
                    tipo="FECHADO",
                    modalidade="CELA_FISICA",
                    sexo_destinado="M",
                    cod_municipio_ibge="2704302",
                )
            for key in map(str, range(PEOPLE)):
                self.prisoner(origin, key)
                self.visitor(origin, key)

    def send(self, origin: Origin, view: str, key: str, **fields: Any) -> None:
        hand_over(view, [{"id_origem": key, **fields}], origin, self.load)

    def key(self) -> str:
        return str(self.dice.randrange(PEOPLE))

    def when(self) -> datetime:
        return START + timedelta(days=self.dice.randrange(120))

    def who(self) -> dict[str, Any]:
        return {
            "nome": self.dice.choice(["PEDRO DE TAL", "PEDRO DE TAL JUNIOR", "ANA DE TAL"]),
            "nome_mae": self.dice.choice(["MARIA DE TAL", "ROSA DE TAL", None]),
            "dt_nascimento": self.dice.choice(
                [date(1990, 5, 7), date(1990, 7, 5), date(2015, 1, 1), date(1, 1, 1), None]
            ),
            "sexo": self.dice.choice("MF"),
        }

    def prisoner(self, origin: Origin, key: str) -> None:
        died = self.dice.choice([None, None, None, self.when().date()])
        rji = self.dice.choice([None, None, "123456789-01"])
        self.send(origin, "vw_preso", key, prontuario=f"M{key}", dt_obito=died, rji=rji, **self.who())

    def visitor(self, origin: Origin, key: str) -> None:
        self.send(origin, "vw_visitante", key, cpf=self.dice.choice([*self.cpfs, None]), **self.who())

    def document(self, origin: Origin, key: str) -> None:
        number = self.dice.choice([*self.cpfs, "11111111112"])
        self.send(origin, "vw_preso_documento", key, id_preso=self.key(), tipo="CPF", numero=number)

    def photo(self, origin: Origin, key: str) -> None:
        owner = self.dice.choice(["vw_preso_foto", "vw_visitante_foto"])
        of = {"id_preso": self.key(), "posicao": "FRONTAL", "content_type": "image/png"}
        fields = of if owner == "vw_preso_foto" else {"id_pessoa": self.key()}
        self.send(origin, owner, key, sha256=self.dice.choice("abc") * 64, tamanho=5, **fields)

    def custody(self, origin: Origin, key: str) -> None:
        began = self.when()
        ended = self.dice.choice([None, began + timedelta(days=self.dice.randrange(-2, 60))])
        self.send(
            origin,
            "vw_custodia",
            key,
            id_preso=self.key(),
            id_unidade=self.dice.choice("12"),
            regime="FECHADO",
            situacao="CONDENADO",
            justica="ESTADUAL",
            dt_prisao=began.date(),
            dt_inclusao=began,
            dt_saida=ended,
        )

    def movement(self, origin: Origin, key: str) -> None:
        at = self.when()
        kind = self.dice.choice(["INC_ORIG", "ALVARA", "FUGA", "OBITO", "TR_SAI_UF", "TR_ENT_UF", "SAI_TEMP"])
        self.send(origin, "vw_movimentacao", key, id_preso=self.key(), tipo=kind, dt_evento=at, dt_registro=at)

    def visit(self, origin: Origin, key: str) -> None:
        self.send(
            origin,
            "vw_visita",
            key,
            id_visitante=self.key(),
            id_preso=self.key(),
            id_unidade="1",
            dt_entrada=self.when(),
            menor_acompanhado=self.dice.choice([True, False, None]),
        )

    def link(self, origin: Origin, key: str) -> None:
        self.send(
            origin,
            "vw_visitante_preso",
            key,
            id_visitante=self.key(),
            id_preso=self.key(),
            parentesco="IRMAO",
            situacao=self.dice.choice(["ATIVO", "CANCELADO"]),
            dt_inicio=START.date(),
        )

    def unit(self, origin: Origin, key: str) -> None:
        self.send(
            origin,
            "vw_unidade",
            self.dice.choice("12"),
            nome="Presídio",
            tipo="FECHADO",
            cod_municipio_ibge="2704302",
            modalidade=self.dice.choice(["CELA_FISICA", "DOMICILIAR"]),
            sexo_destinado=self.dice.choice("MFX"),
        )

    def capacity(self, origin: Origin, key: str) -> None:
        self.send(
            origin,
            "vw_unidade_capacidade",
            "1",
            id_unidade="1",
            regime="FECHADO",
            sexo="M",
            vagas=self.dice.randrange(3),
        )

    def removal(self, origin: Origin, key: str) -> None:
        views = (
            "vw_preso",
            "vw_preso_documento",
            "vw_preso_foto",
            "vw_custodia",
            "vw_movimentacao",
            "vw_visita",
            "vw_visitante_preso",
        )
        take_away(self.dice.choice(views), [self.key()], origin, self.load)

    def judgement(self, origin: Origin, key: str) -> None:
        a, b = self.dice.sample(list(Record.objects.order_by("pk")), 2)
        judging.judge(a=a, b=b, verdict=self.dice.choice([Verdict.SAME, Verdict.SAME, Verdict.DIFFERENT]), by=BY)

    def revocation(self, origin: Origin, key: str) -> None:
        if standing := list(Judgement.objects.standing().order_by("pk")):
            judging.revoke(judgement=self.dice.choice(standing), by=BY)

    def live(self) -> None:
        """One load of a few rows, as a load ends."""
        self.load += 1
        acts = (
            self.prisoner,
            self.visitor,
            self.document,
            self.photo,
            self.custody,
            self.custody,
            self.movement,
            self.movement,
            self.visit,
            self.link,
            self.unit,
            self.capacity,
            self.removal,
            self.judgement,
            self.revocation,
        )
        for _ in range(self.dice.randrange(2, 12)):
            self.dice.choice(acts)(self.dice.choice(self.states), self.key())
        resolution.settle(by=BY)
        search_documents.refresh()
        findings.check(by=BY)


def standing() -> dict[tuple[str, str], Any]:
    return {(one.rule, one.subject): (one.evidence, one.status, one.origins) for one in Finding.objects.standing()}


@pytest.mark.parametrize("seed", range(int(os.environ.get("HISTORIES", "2"))))
def test_what_loads_touched_is_enough_to_check(seed: int) -> None:
    nation = Nation(seed)
    seen = set()
    for day in range(14):
        nation.live()
        before = standing()
        seen |= {rule for rule, _ in before}

        everything = findings.check_all(by=BY)

        after = standing()
        told = {key: (before.get(key), after.get(key)) for key in {*before, *after}}
        assert {key: both for key, both in told.items() if both[0] != both[1]} == {}, day
        assert (everything.opened, everything.closed) == (0, 0)
        assert not PendingCheck.objects.exists()
    assert len(seen) >= 12
    assert Finding.objects.exclude(closed_at=None).exists()
