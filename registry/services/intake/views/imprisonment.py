"""Custody, cases and movements of prisoners."""

from registry.services.intake.specs import Column, Form, Parent, Parsed, Table, To, View

_OF_PRISONER = Parent("prisoner_id", "id_preso", To.PRISONER)

IMPRISONMENT = (
    View(
        name="vw_custodia",
        parents=(_OF_PRISONER, Parent("unit_id", "id_unidade", To.UNIT)),
        touches="prisoner_id",
        table=Table(
            name="registry_custody",
            columns=(
                Column("wing", "pavilhao"),
                Column("cell", "cela"),
                Column("situation", "situacao"),
                Column("regime", "regime"),
                Column("justice", "justica"),
                Column("arrested_on", "dt_prisao", Form.VALUE),
                Column("started_at", "dt_inclusao", Form.VALUE),
                Column("ended_at", "dt_saida", Form.VALUE),
                Column("rdd", "rdd", Form.VALUE),
                Column("monitored", "monitoracao", Form.VALUE),
                Column("faction", "grupo_faccao"),
                Column("behaviour", "comportamento"),
            ),
        ),
    ),
    View(
        name="vw_processo",
        parents=(_OF_PRISONER,),
        table=Table(
            name="registry_case",
            columns=(
                Parsed("npu", "npu", "NPU"),
                Column("npu_raw", "npu"),
                Column("piece_number", "numero_peca_bnmp"),
                Column("piece_kind", "tipo_peca"),
                Column("arrest_kind", "especie_prisao"),
                Column("court", "orgao"),
                Column("issued_on", "dt_expedicao", Form.VALUE),
                Column("valid_until", "dt_validade", Form.VALUE),
                Column("sentenced_on", "dt_sentenca", Form.VALUE),
                Column("final_on", "dt_transito", Form.VALUE),
                Column("sentence_years", "pena_anos", Form.SMALL_COUNT),
                Column("sentence_months", "pena_meses", Form.SMALL_COUNT),
                Column("sentence_days", "pena_dias", Form.SMALL_COUNT),
                Column("initial_regime", "regime_inicial"),
                Column("recidivist", "reincidente", Form.VALUE),
                Column("remand_days", "detracao_dias", Form.COUNT),
                Column("secrecy", "sigilo"),
            ),
        ),
    ),
    View(
        name="vw_tipificacao",
        parents=(Parent("case_id", "id_processo", To.CASE),),
        table=Table(
            name="registry_offence",
            columns=(
                Column("law", "lei"),
                Column("article", "artigo"),
                Column("committed_on", "dt_fato", Form.VALUE),
                Column("heinous", "hediondo", Form.VALUE),
                Column("attempted", "tentado", Form.VALUE),
                Column("form_code", "infopen_cod"),
            ),
        ),
    ),
    View(
        name="vw_movimentacao",
        parents=(
            _OF_PRISONER,
            Parent("unit_from_id", "id_unidade_origem", To.UNIT, optional=True),
            Parent("unit_to_id", "id_unidade_destino", To.UNIT, optional=True),
        ),
        touches="prisoner_id",
        table=Table(
            name="registry_movement",
            columns=(
                Column("kind", "tipo"),
                Column("occurred_at", "dt_evento", Form.VALUE),
                Column("registered_at", "dt_registro", Form.VALUE),
                Column("other_uf", "uf_outra"),
                Column("reason", "motivo"),
                Column("document", "documento"),
                Column("expected_return_at", "dt_retorno_prevista", Form.VALUE),
                Column("death_cause", "causa_obito"),
            ),
        ),
    ),
)
