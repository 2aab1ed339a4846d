"""Which rows a field is expected in: all of them unless it stands here.

A field that only some rows can have says when (SQL over `t` and `r`, as in `faults`); one whose emptiness says nothing
(nobody died, there is no other name) is NEVER expected and does not count for completeness.
"""

from typing import Final

NEVER: Final = "false"
_FEMALE: Final = "r.sex = 'F'"
_SENTENCED: Final = "t.sentenced_on IS NOT NULL"
_WORK: Final = "t.nature = 'TRABALHO'"
_OVER: Final = "t.until IS NOT NULL"
_LONG_AGO: Final = "t.entered_at < now() - interval '1 day'"

EXPECTED: Final[dict[str, dict[str, str]]] = {
    "vw_preso": {
        "nome_social": NEVER,
        "etnia_indigena": "t.race = 'INDIGENA'",
        "deficiencia": NEVER,
        "gestante": _FEMALE,
        "lactante": _FEMALE,
        "email": NEVER,
        "dt_obito": NEVER,
    },
    "vw_preso_nome": {"orgao_origem": NEVER},
    "vw_preso_sinal": {"id_foto": NEVER},
    "vw_custodia": {
        "pavilhao": "t.ended_at IS NULL",
        "cela": "t.ended_at IS NULL",
        "dt_saida": NEVER,
        "grupo_faccao": NEVER,
        "comportamento": "t.situation = 'CONDENADO'",
    },
    "vw_processo": {
        "dt_validade": NEVER,
        "dt_sentenca": NEVER,
        "dt_transito": NEVER,
        "pena_anos": _SENTENCED,
        "pena_meses": _SENTENCED,
        "pena_dias": _SENTENCED,
        "regime_inicial": _SENTENCED,
        "reincidente": _SENTENCED,
        "detracao_dias": NEVER,
    },
    "vw_movimentacao": {
        "id_unidade_origem": NEVER,
        "id_unidade_destino": NEVER,
        "uf_outra": "t.kind IN ('TR_ENT_UF', 'TR_SAI_UF')",
        "dt_retorno_prevista": "t.kind = 'SAI_TEMP'",
        "causa_obito": "t.kind = 'OBITO'",
    },
    "vw_advogado_preso": {"dt_fim": NEVER},
    "vw_atendimento_advogado": {"dt_saida": _LONG_AGO},
    "vw_visitante_preso": {"motivo_suspensao": "t.status = 'SUSPENSO'"},
    "vw_visita": {"dt_saida": _LONG_AGO, "menor_acompanhado": NEVER},
    "vw_trabalho_estudo": {
        "origem_vaga": _WORK,
        "setor": _WORK,
        "interno": _WORK,
        "remuneracao": _WORK,
        "nivel_ensino": "t.nature = 'ESTUDO'",
        "dt_fim": NEVER,
        "dias": _OVER,
        "horas": _OVER,
        "dias_remidos": _OVER,
    },
}
