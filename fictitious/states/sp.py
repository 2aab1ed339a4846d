"""São Paulo: capitals without accents, person and prisoner in two tables, jargon of the SAP, photos inside."""

from fictitious.states.spec import Profile, lettered, numbered, table, view

COMMON = "dt_atualizacao=ts_atualizacao st_registro=cs_registro"

PROFILE = Profile(
    uf="SP",
    system="GEPEN (fictício)",
    schema="gepen",
    timezone="America/Sao_Paulo",
    text="plain",
    keys={"vw_preso": "{:010d}"},
    codes={
        "st_registro": {"A": "0", "E": "9"},
        "sexo": {"M": "H", "F": "M"},
        "sexo_destinado": {"M": "H", "F": "M", "X": "A"},
        "movimentacao": {
            **lettered("movimentacao", 4), "INC_ORIG": "INCL AUT", "REINC": "REINCL", "TR_SAI_UF": "REM SAI",
            "TR_ENT_UF": "REM ENT",
            "TR_SAI_INTER": "REM SAI OUF", "TR_ENT_INTER": "REM ENT OUF", "APRES_JUD": "APRES",
            "RET_APRES": "RET APRES",
            "APRES_VIDEO": "TELEAUD", "CONV_DEF": "GUIA", "TRANSITO": "TRANS", "MUD_CELA": "MUD HAB",
            "ALVARA": "LIB ALV",
            "LIV_COND": "LIB LC", "SAI_TEMP": "ST", "RET_TEMP": "RET ST", "ABANDONO": "NAO RET ST",
        },
        "regime": {
            "PROVISORIO": "RP", "FECHADO": "RF", "SEMIABERTO": "RSA", "ABERTO": "RA", "MS_INTERNACAO": "MSI",
            "MS_AMBULATORIAL": "MSA",
        },
        "situacao_custodia": {"PROVISORIO": "PROVIS", "CONDENADO": "CONDEN", "MS": "MEDSEG", "CIVIL": "CIVIL"},
        "justica": {"ESTADUAL": "E", "FEDERAL": "F", "OUTROS": "O"},
        "parentesco": numbered("parentesco", "P{:02d}"),
        "raca_cor": {"BRANCA": "B", "PRETA": "N", "PARDA": "P", "AMARELA": "A", "INDIGENA": "I", "NAO_INFORMADO": "X"},
        "escolaridade": numbered("escolaridade", "{:02d}"),
        "estado_civil": numbered("estado_civil", "{}"),
        "tipo_visita": {"SOCIAL": "S", "INTIMA": "I", "PARLATORIO": "P", "VIRTUAL": "V"},
        "tipo_estabelecimento": lettered("tipo_estabelecimento", 3),
        "remuneracao": numbered("remuneracao"),
        "procedencia": lettered("procedencia", 1),
    },
    lookups={"movimentacao": "tb_tipo_movimentacao"},
    views=(
        view("vw_unidade", "vw_unidade_prisional", table("tb_unidade", f"""
            id_origem=id_unidade nome=no_unidade sigla=sg_unidade cod_senappen=co_infopen tipo=co_tipo
            modalidade=co_modalidade
            sexo_destinado=co_genero gestao=co_gestao cod_municipio_ibge=co_ibge vagas_desativadas=qt_vaga_desativada
            {COMMON}""")),
        view("vw_unidade_capacidade", "vw_unidade_vaga", table("tb_unidade_vaga", f"""
            id_origem=id_vaga id_unidade=id_unidade regime=co_regime sexo=co_genero vagas=qt_vaga {COMMON}""")),
        view("vw_preso", "vw_sentenciado",
             table("tb_preso", f"""
            id_origem=nu_execucao prontuario=nu_matricula rji=nu_rji raca_cor=co_cutis estado_civil=co_estado_civil
            escolaridade=co_instrucao profissao=no_profissao deficiencia=ds_deficiencia gestante=in_gestante
            lactante=in_lactante
            n_filhos=qt_filho procedencia=co_procedencia dt_obito=dt_obito {COMMON}"""),
             table("tb_pessoa", """
            id_origem=nu_execucao nome=no_pessoa nome_social=no_social nome_mae=no_mae nome_pai=no_pai
            dt_nascimento=dt_nascimento
            sexo=co_genero identidade_genero=co_identidade etnia_indigena=no_etnia nacionalidade=no_nacionalidade
            naturalidade_ibge=co_ibge_nascimento endereco=ds_endereco telefone=nu_telefone email=ds_email""")),
        view("vw_preso_documento", "vw_documento", table("tb_documento", f"""
            id_origem=id_documento id_preso=nu_execucao tipo=sg_documento numero=nu_documento orgao_uf=sg_orgao
            dt_emissao=dt_emissao {COMMON}""")),
        view("vw_preso_nome", "vw_outro_nome", table("tb_outro_nome", f"""
            id_origem=id_outro_nome id_preso=nu_execucao tipo=sg_tipo valor=ds_valor orgao_origem=no_orgao
            {COMMON}""")),
        view("vw_preso_sinal", "vw_sinal_particular", table("tb_sinal_particular", f"""
            id_origem=id_sinal id_preso=nu_execucao tipo=sg_tipo regiao_corpo=no_regiao descricao=ds_sinal
            id_foto=id_foto {COMMON}""")),
        view("vw_preso_foto", "vw_fotografia", table("tb_fotografia", f"""
            id_origem=id_foto id_preso=nu_execucao posicao=sg_posicao content_type=no_mime dt_foto=dt_foto
            dt_inclusao=ts_inclusao
            conteudo_ou_uri=bl_foto sha256=ds_hash {COMMON}""")),
        view("vw_custodia", "vw_permanencia", table("tb_permanencia", f"""
            id_origem=id_permanencia id_preso=nu_execucao id_unidade=id_unidade pavilhao=no_raio cela=no_cela
            situacao=co_situacao
            regime=co_regime justica=co_justica dt_prisao=dt_prisao dt_inclusao=ts_inclusao dt_saida=ts_saida rdd=in_rdd
            monitoracao=in_monitoracao grupo_faccao=no_grupo comportamento=co_conduta {COMMON}""")),
        view("vw_processo", "vw_processo", table("tb_processo", f"""
            id_origem=id_processo id_preso=nu_execucao npu=nu_cnj numero_peca_bnmp=nu_peca tipo_peca=no_peca
            especie_prisao=co_especie
            orgao=no_orgao dt_expedicao=dt_expedicao dt_validade=dt_validade dt_sentenca=dt_sentenca
            dt_transito=dt_transito
            pena_anos=qt_ano pena_meses=qt_mes pena_dias=qt_dia regime_inicial=co_regime_inicial
            reincidente=in_reincidente
            detracao_dias=qt_detracao sigilo=co_sigilo {COMMON}""")),
        view("vw_tipificacao", "vw_processo_artigo", table("tb_processo_artigo", f"""
            id_origem=id_artigo id_processo=id_processo lei=no_lei artigo=no_artigo dt_fato=dt_fato hediondo=in_hediondo
            tentado=in_tentado infopen_cod=co_infopen {COMMON}""")),
        view("vw_movimentacao", "vw_movimentacao", table("tb_movimentacao", f"""
            id_origem=id_movimentacao id_preso=nu_execucao tipo=id_tipo dt_evento=ts_evento dt_registro=ts_registro
            id_unidade_origem=id_unidade_origem id_unidade_destino=id_unidade_destino uf_outra=sg_uf motivo=ds_motivo
            documento=nu_documento dt_retorno_prevista=ts_retorno causa_obito=co_causa {COMMON}""")),
        view("vw_advogado", "vw_advogado", table("tb_advogado", f"""
            id_origem=id_advogado nome=no_advogado cpf=nu_cpf oab_uf=sg_uf_oab oab_numero=nu_oab oab_tipo=co_oab
            dt_nascimento=dt_nascimento telefone=nu_telefone {COMMON}""")),
        view("vw_advogado_preso", "vw_advogado_sentenciado", table("tb_advogado_preso", f"""
            id_origem=id_vinculo id_advogado=id_advogado id_preso=nu_execucao npu=nu_cnj dt_inicio=dt_inicio
            dt_fim=dt_fim
            procuracao=in_procuracao {COMMON}""")),
        view("vw_atendimento_advogado", "vw_atendimento_advogado", table("tb_atendimento", f"""
            id_origem=id_atendimento id_advogado=id_advogado id_preso=nu_execucao id_unidade=id_unidade
            dt_entrada=ts_entrada
            dt_saida=ts_saida modalidade=co_modalidade {COMMON}""")),
        view("vw_visitante", "vw_visitante", table("tb_visitante", f"""
            id_origem=id_visitante nome=no_visitante cpf=nu_cpf rg=nu_rg nome_mae=no_mae dt_nascimento=dt_nascimento
            sexo=co_genero
            endereco=ds_endereco telefone=nu_telefone antecedentes=ds_antecedente {COMMON}""")),
        view("vw_visitante_preso", "vw_rol_visita", table("tb_rol_visita", f"""
            id_origem=id_rol id_visitante=id_visitante id_preso=nu_execucao parentesco=co_parentesco
            situacao=co_situacao
            dt_inicio=dt_inclusao dt_validade=dt_validade motivo_suspensao=ds_motivo {COMMON}""")),
        view("vw_visita", "vw_visita", table("tb_visita", f"""
            id_origem=id_visita id_visitante=id_visitante id_preso=nu_execucao id_unidade=id_unidade
            dt_entrada=ts_entrada
            dt_saida=ts_saida tipo=co_tipo menor_acompanhado=in_menor {COMMON}""")),
        view("vw_visitante_foto", "vw_visitante_foto", table("tb_visitante_foto", f"""
            id_origem=id_foto id_pessoa=id_visitante conteudo_ou_uri=bl_foto dt_foto=dt_foto {COMMON}""")),
        view("vw_trabalho_estudo", "vw_atividade", table("tb_atividade", f"""
            id_origem=id_atividade id_preso=nu_execucao natureza=co_natureza origem_vaga=no_origem setor=co_setor
            interno=in_interno
            remuneracao=co_remuneracao nivel_ensino=no_nivel dt_inicio=dt_inicio dt_fim=dt_fim dias=qt_dia horas=qt_hora
            dias_remidos=qt_remido {COMMON}""")),
        view("vw_falta_disciplinar", "vw_falta", table("tb_falta", f"""
            id_origem=id_falta id_preso=nu_execucao gravidade=co_gravidade dt_fato=dt_fato situacao=co_situacao
            {COMMON}""")),
    ),
)  # fmt: skip
