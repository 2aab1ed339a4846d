"""The mapping's pages: tried on live rows on record, kept as versions, compared, put back."""

import pytest
from django.db import DatabaseError
from django.test import Client

from audit import recorder
from audit.events import Kind
from ingestion.models import MappingVersion, Rereading, Source
from ingestion.services import mappings
from tests.events import recorded
from tests.factories.ingestion import BY, State, load, make_mapping, make_source, with_field

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

PAGE = "/conectores/AL/mapeamento/"
ISO = make_mapping(views=with_field("vw_preso", "dt_nascimento", {"column": "nasc", "format": "%Y-%m-%d"}))


@pytest.fixture
def source(state: State) -> Source:
    return make_source(state)


def send(client: Client, action: str, text: str = "", status: int = 200, **given: object) -> str:
    data = {"texto": text or make_mapping(), "visao": "vw_preso", "base": 1, "acao": action, **given}
    response = client.post(PAGE, data)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


def test_the_page_shows_the_file_in_use_and_its_versions(admin: Client, source: Source) -> None:
    shown = admin.get(PAGE).content.decode()

    assert "America/Maceio" in shown
    assert "v1" in shown
    assert "em uso" in shown
    assert "Experimentar" in shown


def test_a_try_shows_before_and_after_and_keeps_nothing(admin: Client, source: Source, state: State) -> None:
    state.add("vw_preso", 1, nm=" JOSÃ‰ ")
    state.add("vw_preso", 2, nasc="ontem")

    shown = send(admin, "experimentar")

    assert "<del> JOSÃ‰ </del> → <ins>JOSÉ</ins>" in shown
    assert "1 rejeitada" in shown
    assert "não pôde ser lido como data" in shown
    assert MappingVersion.objects.count() == 1


def test_who_tried_and_how_many_rows_were_seen_is_on_record(admin: Client, source: Source, state: State) -> None:
    state.add("vw_preso", 1)

    shown = send(admin, "experimentar")

    [intent], [disclosure] = recorded(Kind.INTENT), recorded(Kind.DISCLOSURE)
    assert (intent.action, disclosure.action, disclosure.detail["rows"]) == ("dry_run", "dry_run", 1)
    assert str(disclosure.receipt) in shown
    assert "INVENTADO" not in str([vars(intent), vars(disclosure)])


def test_without_the_audit_no_row_is_read(
    admin: Client, source: Source, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> int:
        raise DatabaseError

    state.add("vw_preso", 1)
    monkeypatch.setattr(recorder, "_append", refuse)

    assert "INVENTADO" not in send(admin, "experimentar", status=503)


def test_what_is_wrong_is_said_with_its_line(admin: Client, source: Source) -> None:
    shown = send(admin, "experimentar", make_mapping(timezone="Alagoas"), status=422)

    assert "Linha 3" in shown
    assert "timezone: Alagoas" in shown


def test_a_state_that_cannot_be_read_is_said_and_the_text_stays(admin: Client, source: Source, state: State) -> None:
    state.run("ALTER TABLE dados.vw_preso DROP COLUMN mae")

    shown = send(admin, "experimentar", ISO, status=422)

    assert "coluna do mapeamento não existe mais" in shown
    assert "%Y-%m-%d" in shown


def test_a_view_without_rows_says_so(admin: Client, source: Source) -> None:
    assert "A visão não tem linhas" in send(admin, "experimentar")


def test_a_kept_text_is_the_next_version_in_use(admin: Client, source: Source) -> None:
    send(admin, "guardar", ISO.replace("\n", "\r\n"), status=302)

    source.refresh_from_db()
    assert source.mapping is not None
    assert (source.mapping.number, source.mapping.text) == (2, ISO)
    assert "source.mapping" in [event.action for event in recorded(Kind.CONFIGURED)]


def test_two_peoples_changes_are_not_laid_over_each_other(admin: Client, source: Source) -> None:
    mappings.put_in_use(source=source, text=make_mapping(repair=["trim"]), by=BY)

    shown = send(admin, "guardar", ISO, status=409)

    assert "Nada foi guardado" in shown
    assert "%Y-%m-%d" in shown
    assert MappingVersion.objects.count() == 2


def test_a_version_shows_how_the_one_in_use_differs(admin: Client, source: Source) -> None:
    mappings.put_in_use(source=source, text=ISO, by=BY)

    shown = admin.get(f"{PAGE}v1/").content.decode()

    assert "<del>−         format: &#x27;%d/%m/%Y&#x27;</del>" in shown
    assert "<ins>+         format: &#x27;%Y-%m-%d&#x27;</ins>" in shown
    assert "Versão 0.1.0" in shown


def test_going_back_makes_a_new_version_with_the_old_text(admin: Client, source: Source) -> None:
    mappings.put_in_use(source=source, text=ISO, by=BY)

    admin.post(f"{PAGE}v1/")

    source.refresh_from_db()
    assert source.mapping is not None
    assert (source.mapping.number, source.mapping.text) == (3, make_mapping())


def test_a_version_that_does_not_exist_is_not_found(admin: Client, source: Source) -> None:
    assert admin.get(f"{PAGE}v99999999999999999999/").status_code == 404


def test_a_rereading_is_asked_for_from_the_page(admin: Client, source: Source) -> None:
    mappings.put_in_use(source=source, text=ISO, by=BY)

    shown = admin.post(f"{PAGE}releitura/", follow=True).content.decode()

    assert Rereading.objects.get().view == "vw_preso"
    assert "Releitura pedida: vw_preso" in shown


def test_a_technician_reads_the_mapping_and_neither_tries_nor_changes_it(
    technician: Client, source: Source, state: State
) -> None:
    state.add("vw_preso", 1)

    shown = technician.get(PAGE).content.decode()

    assert "America/Maceio" in shown
    assert "Experimentar" not in shown
    for action in ("experimentar", "guardar"):
        assert "INVENTADO" not in send(technician, action, status=403)


def test_the_schema_page_says_what_the_mapping_uses_and_what_changed(
    admin: Client, technician: Client, source: Source, state: State
) -> None:
    page = "/conectores/AL/esquema/"
    assert "Ainda não conferido" in technician.get(page).content.decode()
    admin.post(page)
    state.run("ALTER TABLE dados.vw_preso DROP COLUMN mae")
    admin.post(page)

    shown = technician.get(page).content.decode()

    assert "A carga depende disto" in shown
    assert "Coluna ausente" in shown
    assert "vw_preso.nome" in shown
    assert technician.post(page).status_code == 403


def test_a_code_chosen_in_the_queue_is_a_new_version(
    admin: Client, technician: Client, source: Source, state: State
) -> None:
    from ingestion.models import UnmappedCode

    state.add("vw_preso", 1, sx="9")
    load(source)
    page, one = "/conectores/AL/codigos/", UnmappedCode.objects.get()
    assert "aguarda a administração" in technician.get(page).content.decode()
    assert "F · Feminino" in admin.get(page).content.decode()
    assert technician.post(page, {f"codigo-{one.pk}": "F"}).status_code == 403

    shown = admin.post(page, {f"codigo-{one.pk}": "F"}, follow=True).content.decode()

    assert "Versão 2 do mapeamento em uso" in shown
    assert "Nenhum código sem mapeamento" in shown


@pytest.mark.parametrize("given", [{}, {"codigo-x": "F"}, {"codigo-999": "F"}])
def test_a_choice_that_names_nothing_changes_nothing(admin: Client, source: Source, given: dict[str, str]) -> None:
    shown = admin.post("/conectores/AL/codigos/", given, follow=True).content.decode()

    assert "nada mudou" in shown
    assert MappingVersion.objects.count() == 1
