"""A code is translated in the file as a person wrote it: nothing else of the text changes."""

import pytest

from ingestion.mapping.editing import EditError, with_codes
from ingestion.mapping.reading import read

TEXT = """\
# Mapeamento de Alagoas, feito à mão
mapping: 1
contract: 1
origin: AL
timezone: America/Maceio
codes:
  ativo:   # usado em toda parte
    S: A
    N: E   # excluído
views:
  vw_unidade:
    relation: dados.vw_unidade
    fields:
      id_origem: cod
      nome: nm
      tipo: tp        # sem mapa ainda
      modalidade: {column: md}
      sexo_destinado: {column: sx, codes: {1: M, 2: FEM}}
      cod_municipio_ibge:
        column: ibge
      dt_atualizacao: alt
      st_registro: {column: atv, codes: ativo}
"""


def test_the_file_is_right_to_begin_with() -> None:
    assert read(TEXT).origin == "AL"


@pytest.mark.parametrize(
    ("field", "codes", "line"),
    [
        ("tipo", {"03": "FECHADO"}, '      tipo: {column: tp, codes: {"03": "FECHADO"}}        # sem mapa ainda'),
        ("modalidade", {"X": "CELA_FISICA"}, '      modalidade: {codes: {"X": "CELA_FISICA"}, column: md}'),
        ("sexo_destinado", {"3": "F"}, '      sexo_destinado: {column: sx, codes: {"3": "F", 1: M, 2: FEM}}'),
        ("st_registro", {"SIM": "A"}, '    "SIM": "A"'),
        ("cod_municipio_ibge", {"Maceió: capital": "2704302"}, '        codes: {"Maceió: capital": "2704302"}'),
    ],
)
def test_a_code_is_added_wherever_the_map_is_written(field: str, codes: dict[str, str], line: str) -> None:
    changed = with_codes(TEXT, "vw_unidade", field, codes)

    assert line in changed.splitlines()
    removed = set(TEXT.splitlines()) - set(changed.splitlines())
    assert len(removed) <= 1
    mapping = read(changed)
    known = mapping.codes_of(mapping.views["vw_unidade"].fields[field])
    assert known is not None
    assert known | codes == known


def test_what_the_map_itself_gives_wrong_is_corrected_there() -> None:
    changed = with_codes(TEXT, "vw_unidade", "sexo_destinado", {"FEM": "F"})

    assert '{column: sx, codes: {"FEM": "F", 1: M, 2: "F"}}' in changed


def test_a_translated_code_gets_another_translation() -> None:
    changed = with_codes(TEXT, "vw_unidade", "st_registro", {"N": "A"})

    assert '    N: "A"   # excluído' in changed


def test_a_file_without_last_line_end_and_with_windows_lines_is_changed_too() -> None:
    text = TEXT.replace("\n", "\r\n").rstrip()

    changed = with_codes(text, "vw_unidade", "st_registro", {"SIM": "A"})

    assert read(changed).codes["ativo"]["SIM"] == "A"


def test_a_field_that_is_not_there_is_refused() -> None:
    with pytest.raises(EditError, match="à mão"):
        with_codes(TEXT, "vw_unidade", "apelido", {"1": "M"})
