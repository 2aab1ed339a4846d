"""One good row of each view of the contract, parents first: what is required and little more."""

from datetime import UTC, date, datetime
from typing import Any

AT = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
DAY = date(2026, 1, 5)

ROWS: dict[str, dict[str, Any]] = {
    "vw_unidade": {"nome": "Presídio Um", "tipo": "FECHADO", "modalidade": "CELA_FISICA", "sexo_destinado": "M"},
    "vw_unidade_capacidade": {"id_unidade": "1", "regime": "FECHADO", "sexo": "M", "vagas": 80},
    "vw_preso": {"prontuario": "12.345-6", "nome": "JOSÉ TESTE", "dt_nascimento": DAY, "sexo": "M"},
    "vw_visitante": {"nome": "ANA TESTE", "rg": "1.234.567", "dt_nascimento": DAY},
    "vw_advogado": {"nome": "LIA TESTE", "oab_uf": "AL", "oab_numero": "01.234a"},
    "vw_preso_documento": {"id_preso": "1", "tipo": "RG", "numero": "7.654.321"},
    "vw_preso_nome": {"id_preso": "1", "tipo": "ALCUNHA", "valor": "TESTINHO"},
    "vw_preso_sinal": {"id_preso": "1", "tipo": "TATUAGEM"},
    "vw_preso_foto": {"id_preso": "1", "posicao": "FRONTAL", "content_type": "image/png", "sha256": "a" * 64},
    "vw_visitante_foto": {"id_pessoa": "1", "sha256": "b" * 64, "tamanho": 5},
    "vw_custodia": {
        "id_preso": "1", "id_unidade": "1", "situacao": "CONDENADO", "regime": "FECHADO", "justica": "ESTADUAL",
        "dt_prisao": DAY, "dt_inclusao": AT,
    },
    "vw_processo": {"id_preso": "1", "npu": "0000001-60.2020.8.02.0001"},
    "vw_tipificacao": {"id_processo": "1", "lei": "CP", "artigo": "155"},
    "vw_movimentacao": {"id_preso": "1", "tipo": "INC_ORIG", "dt_evento": AT, "dt_registro": AT},
    "vw_advogado_preso": {"id_advogado": "1", "id_preso": "1", "dt_inicio": DAY},
    "vw_atendimento_advogado": {"id_advogado": "1", "id_preso": "1", "id_unidade": "1", "dt_entrada": AT},
    "vw_visitante_preso": {
        "id_visitante": "1", "id_preso": "1", "parentesco": "MAE", "situacao": "ATIVO", "dt_inicio": DAY,
    },
    "vw_visita": {"id_visitante": "1", "id_preso": "1", "id_unidade": "1", "dt_entrada": AT},
    "vw_trabalho_estudo": {"id_preso": "1", "natureza": "TRABALHO", "dt_inicio": DAY},
    "vw_falta_disciplinar": {"id_preso": "1", "gravidade": "LEVE", "dt_fato": DAY, "situacao": "EM_APURACAO"},
}  # fmt: skip
ORDER = list(ROWS)
