"""Units, and the people a state registered."""

from registry.services.intake.specs import Column, Form, Parent, Parsed, Table, To, View

UNITS = (
    View(
        name="vw_unidade",
        on_insert=(("public_id", "gen_random_uuid()"),),
        table=Table(
            name="registry_unit",
            columns=(
                Column("name", "nome"),
                Column("acronym", "sigla"),
                Column("senappen_code", "cod_senappen"),
                Column("kind", "tipo"),
                Column("modality", "modalidade"),
                Column("sex", "sexo_destinado"),
                Column("management", "gestao"),
                Column("municipality", "cod_municipio_ibge"),
                Column("disabled_places", "vagas_desativadas", Form.COUNT),
            ),
        ),
    ),
    View(
        name="vw_unidade_capacidade",
        parents=(Parent("unit_id", "id_unidade", To.UNIT),),
        table=Table(
            name="registry_unitcapacity",
            columns=(Column("regime", "regime"), Column("sex", "sexo"), Column("places", "vagas", Form.VALUE)),
        ),
    ),
)

PEOPLE = (
    View(
        name="vw_preso",
        kind="P",
        record=Table(
            name="registry_record",
            columns=(
                Column("name", "nome"),
                Column("mother_name", "nome_mae"),
                Column("father_name", "nome_pai"),
                Column("birth_date", "dt_nascimento", Form.VALUE),
                Column("sex", "sexo"),
                Column("phone", "telefone"),
                Column("address", "endereco"),
            ),
        ),
        table=Table(
            name="registry_prisoner",
            columns=(
                Column("registration", "prontuario"),
                Parsed("registration_norm", "prontuario", "MATRICULA"),
                Parsed("rji", "rji", "RJI"),
                Column("social_name", "nome_social"),
                Column("gender_identity", "identidade_genero"),
                Column("race", "raca_cor"),
                Column("indigenous_people", "etnia_indigena"),
                Column("marital_status", "estado_civil"),
                Column("schooling", "escolaridade"),
                Column("occupation", "profissao"),
                Column("nationality", "nacionalidade"),
                Column("birthplace", "naturalidade_ibge"),
                Column("disabilities", "deficiencia", Form.LIST),
                Column("pregnant", "gestante", Form.VALUE),
                Column("lactating", "lactante", Form.VALUE),
                Column("children", "n_filhos", Form.SMALL_COUNT),
                Column("area", "procedencia"),
                Column("email", "email"),
                Column("died_on", "dt_obito", Form.VALUE),
            ),
        ),
    ),
    View(
        name="vw_visitante",
        kind="V",
        record=Table(
            name="registry_record",
            columns=(
                Column("name", "nome"),
                Column("mother_name", "nome_mae"),
                Column("birth_date", "dt_nascimento", Form.VALUE),
                Column("sex", "sexo"),
                Parsed("cpf", "cpf", "CPF"),
                Column("phone", "telefone"),
                Column("address", "endereco"),
            ),
        ),
        table=Table(
            name="registry_visitor",
            columns=(Column("rg", "rg"), Parsed("rg_norm", "rg", "RG"), Column("background", "antecedentes")),
        ),
    ),
    View(
        name="vw_advogado",
        kind="L",
        record=Table(
            name="registry_record",
            columns=(
                Column("name", "nome"),
                Column("birth_date", "dt_nascimento", Form.VALUE),
                Parsed("cpf", "cpf", "CPF"),
                Column("phone", "telefone"),
            ),
        ),
        table=Table(
            name="registry_lawyer",
            columns=(
                Column("oab_uf", "oab_uf"),
                Column("oab_number", "oab_numero", Form.OAB),
                Column("oab_kind", "oab_tipo"),
            ),
        ),
    ),
)
