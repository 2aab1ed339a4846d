"""Access requests and accounts as pages: who sees what, what is asked, what is said."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from audit.events import Kind
from audit.sentences import sentence
from credentialing.activities import Activity
from credentialing.models import AccessRequest, FirstAccess, RequestState, User
from credentialing.requests.asking import door_digest
from credentialing.roles import Role
from credentialing.tasks import check_conduct
from tests import doors
from tests.events import recorded
from tests.factories import conduct as plays
from tests.factories.access import Staff, make_cpf, make_request, make_staff
from tests.factories.credentialing import make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])


@pytest.fixture
def staff() -> Staff:
    return make_staff()


def asked(**changes: object) -> dict[str, object]:
    """A new request as the page sends it."""
    given = {
        "full_name": "Beltrana  Inventada de Tal", "cpf": make_cpf(), "email": "beltrana@orgao.exemplo",
        "registration": "123-4", "role": Role.AGENT, "activities": [Activity.ESCORT],
    }  # fmt: skip
    return {**given, **changes}


class TestRequests:
    def test_from_the_page_over_the_service_to_the_code(self, staff: Staff) -> None:
        focal = doors.session(staff.focal)
        address = focal.post("/solicitacoes/nova/", asked()).url
        assert "Ainda não consultada" in focal.get(address).content.decode()
        with (
            plays.conductor() as server,
            override_settings(
                CONDUCT_SERVICE="credentialing.requests.http_conduct.HttpConduct",
                CONDUCT_URL=f"http://127.0.0.1:{server.server_port}/",
                CONDUCT_PLAIN=True,
            ),
        ):
            check_conduct()
        mine = focal.get(address).content.decode()
        assert "Nada consta" in mine
        assert "Aprovar e criar a conta" not in mine
        manager = doors.session(staff.manager)
        assert "1 aguarda a sua decisão" in manager.get("/solicitacoes/").content.decode()
        assert "Aprovar e criar a conta" in manager.get(address).content.decode()
        page = manager.post(f"{address}decidir/", {"decision": "aprovar"})
        assert "beltrana.tal" in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        request = AccessRequest.objects.get()
        assert (request.state, request.full_name) == (RequestState.APPROVED, "Beltrana Inventada de Tal")
        told = [sentence(event) for event in recorded(Kind.ACCESS_REQUEST, Kind.ACCOUNT_CHANGED)]
        assert told == [
            "Solicitou um acesso (PP-AL).",
            f"Verificou a conduta em uma solicitação de acesso: nada consta (PP-AL): protocolo {plays.REFERENCE}.",
            "Aprovou uma solicitação de acesso (PP-AL).",
            "Emitiu o primeiro acesso da conta beltrana.tal.",
        ]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"cpf": "048.123.456-18"}, "O CPF não confere"),
            ({"cpf": "11111111111"}, "O CPF não confere"),
            ({"email": "beltrana@gmail.com"}, "e-mail funcional"),
            ({"full_name": "Beltrana"}, "nome completo"),
            ({"activities": []}, "ao menos uma atividade"),
            ({"role": Role.GENERAL_ADMIN}, "Faça uma escolha válida"),
            ({"cep": "57020", "house": "12"}, "O CEP tem 8 dígitos"),
            ({"cep": "57020-000", "house": "fundos"}, "só o número da casa"),
            ({"cep": "57020-000"}, "Informe o CEP e o número, ou nenhum dos dois"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(self, staff: Staff, changes: dict[str, object], said: str) -> None:
        answer = doors.session(staff.focal).post("/solicitacoes/nova/", asked(**changes))
        page = answer.content.decode()
        assert (answer.status_code, said in page, "123-4" in page) == (422, True, True)
        assert not AccessRequest.objects.exists()

    def test_the_unit_and_only_a_digest_of_the_address_come_to_the_account(self, staff: Staff) -> None:
        told = asked(unit="Presídio  de Teste", cep="57020-000", house="0120a")
        address = doors.session(staff.focal).post("/solicitacoes/nova/", told).url
        page = doors.session(staff.manager).get(address).content.decode()
        assert "Presídio de Teste" in page
        assert "57020" not in page
        AccessRequest.objects.update(state=RequestState.WAITING, conduct="clear")
        doors.session(staff.manager).post(f"{address}decidir/", {"decision": "aprovar"})
        user = AccessRequest.objects.get().account
        assert user is not None
        assert (user.unit, user.address_digest) == ("Presídio de Teste", door_digest("57020000", "120A"))

    def test_somebody_who_is_there_already_is_said_without_naming_them(self, staff: Staff) -> None:
        number = make_cpf()
        make_request(make_staff("PP-SE").focal, cpf=number)
        page = doors.session(staff.focal).post("/solicitacoes/nova/", asked(cpf=number)).content.decode()
        assert "já tem conta aberta ou solicitação em andamento" in page
        assert "PP-SE" not in page

    def test_no_page_shows_the_whole_cpf_nor_an_address_anything_of_the_person(self, staff: Staff) -> None:
        number = make_cpf()
        address = doors.session(staff.focal).post("/solicitacoes/nova/", asked(cpf=number)).url
        for user in (staff.focal, staff.centre, staff.manager):
            page = doors.session(user).get(address).content.decode()
            assert number not in page
            assert f"{number[:3]}.•••.•••-{number[9:]}" in page
        assert re.fullmatch(r"/solicitacoes/[0-9a-f-]{36}/", address)

    def test_each_sees_what_is_theirs_to_see(self, staff: Staff) -> None:
        elsewhere = make_staff("PP-SE")
        agent = make_request(staff.focal, full_name="Pedida Agente")
        head = make_request(staff.focal, full_name="Pedido Corregedor", role=Role.CORREGEDOR)
        away = make_request(elsewhere.focal, full_name="Pedida Longe")
        seen = {
            staff.centre: {agent, head, away}, staff.focal: {agent, head}, staff.manager: {agent},
            elsewhere.manager: {away},
        }  # fmt: skip
        for user, requests in seen.items():
            client = doors.session(user)
            board = client.get("/solicitacoes/").content.decode()
            for one in (agent, head, away):
                assert (one.full_name in board) == (one in requests)
                assert client.get(f"/solicitacoes/{one.pk}/").status_code == (200 if one in requests else 404)

    def test_notes_are_for_whoever_decides(self, staff: Staff) -> None:
        request = make_request(staff.focal, notes=("Sindicância em curso.",))
        address = f"/solicitacoes/{request.pk}/"
        assert "Sindicância em curso." not in doors.session(staff.focal).get(address).content.decode()
        manager = doors.session(staff.manager)
        assert "Sindicância em curso." in manager.get(address).content.decode()
        answer = manager.post(f"{address}decidir/", {"decision": "aprovar", "note": "curto"})
        assert (answer.status_code, "exige um motivo" in answer.content.decode()) == (422, True)
        assert 'maxlength="500">curto</textarea>' in answer.content.decode()

    def test_a_decision_asks_for_the_second_factor_again(self, staff: Staff) -> None:
        request = make_request(staff.focal)
        client = doors.session(staff.manager, elevated=False)
        page = client.get(f"/solicitacoes/{request.pk}/").content.decode()
        assert "Confirmar identidade" in page
        assert client.post(f"/solicitacoes/{request.pk}/decidir/", {"decision": "aprovar"}).status_code == 302
        assert not FirstAccess.objects.exists()

    def test_the_quota_is_said(self, staff: Staff) -> None:
        staff = make_staff("PP-SE", headcount=50)
        request = make_request(staff.focal, role=Role.REGIONAL_MANAGER)
        answer = doors.session(staff.centre).post(f"/solicitacoes/{request.pk}/decidir/", {"decision": "aprovar"})
        assert (answer.status_code, "máximo de gestores regionais (1)" in answer.content.decode()) == (422, True)

    def test_a_refusal_and_a_withdrawal(self, staff: Staff) -> None:
        refused, withdrawn = make_request(staff.focal), make_request(staff.focal)
        reason = {"decision": "recusar", "note": "Não atua na escolta do órgão."}
        doors.session(staff.manager).post(f"/solicitacoes/{refused.pk}/decidir/", reason)
        focal = doors.session(staff.focal)
        focal.post(f"/solicitacoes/{withdrawn.pk}/retirar/")
        states = dict(AccessRequest.objects.values_list("pk", "state"))
        assert states == {refused.pk: RequestState.REFUSED, withdrawn.pk: RequestState.WITHDRAWN}
        assert reason["note"] in focal.get(f"/solicitacoes/{refused.pk}/").content.decode()
        assert "Nenhuma solicitação em andamento" in focal.get("/solicitacoes/").content.decode()
        assert "2 solicitações" in focal.get("/solicitacoes/?situacao=todas").content.decode()
        assert "1 solicitação<" in focal.get("/solicitacoes/?situacao=refused").content.decode()


class TestAccounts:
    def test_a_ponto_focal_attests_from_the_list(self, staff: Staff) -> None:
        due = [make_user(full_name=f"Vencida {n}") for n in range(2)]
        User.objects.filter(pk__in=[one.pk for one in due]).update(attested_at=timezone.now() - timedelta(days=350))
        User.objects.filter(pk=staff.focal.pk).update(attested_at=timezone.now() - timedelta(days=350))
        client = doors.session(staff.focal)
        assert "2 a atestar" in client.get("/contas/").content.decode()
        page = client.get("/contas/?situacao=atestar").content.decode()
        assert all(one.full_name in page for one in due)
        client.post("/contas/atestar/", {"conta": [due[0].pk]})
        assert User.objects.get(pk=due[0].pk).attested_by == staff.focal
        client.post("/contas/atestar/", {"conta": [due[1].pk, staff.focal.pk]})
        assert User.objects.get(pk=due[1].pk).attested_by is None

    def test_an_account_is_closed_with_a_reason_and_opened_again(self, staff: Staff) -> None:
        user = make_user()
        client, address = doors.session(staff.focal), f"/contas/{user.pk}/"
        short = client.post(f"{address}encerrar/", {"ending": "preventive", "note": "curto"})
        assert (short.status_code, "pelo menos 15" in short.content.decode()) == (422, True)
        client.post(f"{address}encerrar/", {"ending": "preventive", "note": "Em apuração pela corregedoria."})
        assert not User.objects.get(pk=user.pk).is_active
        assert "Bloqueio preventivo" in client.get(address).content.decode()
        client.post(f"{address}reabrir/", {"note": "Apuração encerrada sem indício."})
        assert User.objects.get(pk=user.pk).is_active

    def test_only_the_platform_closes_for_disuse(self, staff: Staff) -> None:
        user = make_user()
        given = {"ending": "idle", "note": "Encerrada por mim mesmo."}
        assert doors.session(staff.focal).post(f"/contas/{user.pk}/encerrar/", given).status_code == 422

    def test_activities_beyond_ones_own_cannot_be_ticked(self, staff: Staff) -> None:
        User.objects.filter(pk=staff.manager.pk).update(activities=[Activity.ESCORT])
        user = make_user(activities=[Activity.FRAUD])
        client, address = doors.session(User.objects.get(pk=staff.manager.pk)), f"/contas/{user.pk}/"
        page = client.get(address).content.decode()
        assert re.findall(r'name="activities" value="(\w+)"', page) == ["escort", "fraud"]
        assert client.post(f"{address}atividades/", {"activities": ["intelligence"]}).status_code == 422
        client.post(f"{address}atividades/", {"activities": ["escort"]})
        assert User.objects.get(pk=user.pk).activities == ["escort"]

    def test_every_act_asks_for_the_second_factor_again(self, staff: Staff) -> None:
        user = make_user()
        client = doors.session(staff.focal, elevated=False)
        for act in ("encerrar", "reabrir", "atividades", "primeiro-acesso"):
            answer = client.post(f"/contas/{user.pk}/{act}/", {"ending": "leaver", "note": "Saiu do órgão ontem."})
            assert answer.url.startswith("/confirmar/")
        assert client.post("/contas/atestar/", {"conta": [user.pk]}).url.startswith("/confirmar/")
        held = User.objects.get(pk=user.pk)
        assert (held.is_active, held.has_usable_password()) == (True, True)

    def test_lost_credentials_are_replaced_from_the_account(self, staff: Staff) -> None:
        user = make_user(email="agente@orgao.exemplo")
        page = doors.session(staff.manager).post(f"/contas/{user.pk}/primeiro-acesso/").content.decode()
        code = re.search(r'people-code mono">([^<]+)<', page)
        assert code is not None
        access = FirstAccess.objects.get(user=user)
        assert Client().post(f"/primeiro-acesso/{access.pk}/", {"code": code[1]}).status_code == 302

    def test_ones_own_account_says_what_it_opens_and_what_is_suspended(self, staff: Staff) -> None:
        user = make_user(activities=[Activity.INVESTIGATION, Activity.ESCORT], granted_by=staff.manager)
        page = doors.session(user).get("/minha-conta/").content.decode()
        assert "Ver advogados" in page
        assert "suspensa" not in page
        User.objects.filter(pk=staff.focal.pk).update(activities=[Activity.ESCORT])
        page = doors.session(user).get("/minha-conta/").content.decode()
        assert "Ver advogados" not in page
        assert "suspensa" in page
