"""The contract as code says what its files say."""

from ingestion.contract import LOAD_ORDER, VIEWS, FieldType, domain_codes

PARENTS = {
    "id_unidade": "vw_unidade",
    "id_preso": "vw_preso",
    "id_visitante": "vw_visitante",
    "id_advogado": "vw_advogado",
    "id_processo": "vw_processo",
}


def test_there_are_twenty_views_each_with_key_watermark_and_status() -> None:
    assert len(VIEWS) == 20
    for view in VIEWS.values():
        assert all(view.by_name[name].required for name in ("id_origem", "dt_atualizacao", "st_registro"))


def test_parents_are_loaded_before_their_children() -> None:
    for view in VIEWS.values():
        for field in view.fields:
            if field.name in PARENTS:
                assert LOAD_ORDER.index(PARENTS[field.name]) < LOAD_ORDER.index(view.name)


def test_a_type_is_read_with_its_length() -> None:
    name, cpf = VIEWS["vw_visitante"].by_name["nome"], VIEWS["vw_visitante"].by_name["cpf"]

    assert (name.type, name.length, name.fixed) == (FieldType.TEXT, 200, False)
    assert (cpf.type, cpf.length, cpf.fixed) == (FieldType.TEXT, 11, True)


def test_a_coded_field_knows_its_list() -> None:
    domain = VIEWS["vw_preso"].by_name["sexo"].domain

    assert domain is not None
    assert domain_codes(domain) == {"M", "F"}


def test_an_image_is_handed_over_as_hash_and_size() -> None:
    names = [column.name for column in VIEWS["vw_preso_foto"].columns]

    assert names[-2:] == ["sha256", "tamanho"]
    assert names.count("sha256") == 1
    assert "conteudo_ou_uri" not in names
