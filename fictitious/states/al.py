"""Alagoas: an old desktop system in a LATIN1 database; mixed case with accents, numbered codes, S/N flags."""

from fictitious.states.spec import Profile, numbered, table, view

COMMON = "dt_atualizacao=dt_alteracao st_registro=fl_ativo"

PROFILE = Profile(
    uf="AL",
    system="Alcatraz (fictício)",
    schema="sispen",
    timezone="America/Maceio",
    encoding="LATIN1",
    flags=("S", "N"),
    codes={
        "sexo": {"M": "1", "F": "2"},
        "st_registro": {"A": "S", "E": "N"},
        "movimentacao": numbered("movimentacao", "{:03d}"),
        "regime": numbered("regime", "{:02d}"),
        "situacao_custodia": {"PROVISORIO": "P", "CONDENADO": "C", "MS": "M", "CIVIL": "V"},
        "parentesco": numbered("parentesco", "{:02d}"),
        "raca_cor": numbered("raca_cor"),
        "estado_civil": numbered("estado_civil"),
        "escolaridade": numbered("escolaridade", "{:02d}"),
        "situacao_vinculo": {"ATIVO": "1", "SUSPENSO": "2", "CANCELADO": "3", "INDEFERIDO": "4"},
        "tipo_documento": numbered("tipo_documento", "{:02d}"),
        "comportamento": {"OTIMO": "O", "BOM": "B", "REGULAR": "R", "MAU": "M"},
    },
    views=(
        view("vw_unidade", "vw_unidades", table("unidade", f"""
            id_origem=cd_unidade nome=nm_unidade sigla=sg_unidade cod_senappen=cd_sisdepen tipo=tp_unidade
            modalidade=tp_modalidade sexo_destinado=tp_sexo gestao=tp_gestao cod_municipio_ibge=cd_municipio
            vagas_desativadas=qt_desativadas {COMMON}""")),
        view("vw_unidade_capacidade", "vw_vagas", table("unidade_vaga", f"""
            id_origem=cd_vaga id_unidade=cd_unidade regime=tp_regime sexo=tp_sexo vagas=qt_vagas {COMMON}""")),
        view("vw_preso", "vw_internos", table("interno", f"""
            id_origem=cd_interno prontuario=nr_prontuario rji=nr_rji nome=nm_interno nome_social=nm_social
            nome_mae=nm_mae
            nome_pai=nm_pai dt_nascimento=dt_nascimento sexo=tp_sexo raca_cor=cd_cor etnia_indigena=ds_etnia
            estado_civil=cd_estado_civil escolaridade=cd_escolaridade profissao=ds_profissao
            nacionalidade=ds_nacionalidade
            naturalidade_ibge=cd_naturalidade gestante=fl_gestante lactante=fl_lactante n_filhos=qt_filhos
            endereco=ds_endereco telefone=nr_telefone dt_obito=dt_obito {COMMON}""")),
        view("vw_preso_documento", "vw_internos_documentos", table("interno_documento", f"""
            id_origem=cd_documento id_preso=cd_interno tipo=cd_tipo numero=nr_documento orgao_uf=ds_orgao
            dt_emissao=dt_emissao {COMMON}""")),
        view("vw_preso_nome", "vw_internos_outros_nomes", table("interno_nome", f"""
            id_origem=cd_nome id_preso=cd_interno tipo=tp_nome valor=ds_valor orgao_origem=ds_orgao {COMMON}""")),
        view("vw_preso_sinal", "vw_internos_sinais", table("interno_sinal", f"""
            id_origem=cd_sinal id_preso=cd_interno tipo=tp_sinal regiao_corpo=ds_regiao descricao=ds_sinal
            id_foto=cd_foto
            {COMMON}""")),
        view("vw_preso_foto", "vw_internos_fotos", table("interno_foto", f"""
            id_origem=cd_foto id_preso=cd_interno posicao=tp_posicao content_type=ds_formato dt_foto=dt_foto
            dt_inclusao=dt_inclusao conteudo_ou_uri=im_foto {COMMON}""")),
        view("vw_custodia", "vw_custodias", table("custodia", f"""
            id_origem=cd_custodia id_preso=cd_interno id_unidade=cd_unidade pavilhao=nm_modulo cela=nm_cela
            situacao=tp_situacao regime=tp_regime justica=tp_justica dt_prisao=dt_prisao dt_inclusao=dh_entrada
            dt_saida=dh_saida rdd=fl_rdd monitoracao=fl_tornozeleira grupo_faccao=ds_grupo
            comportamento=tp_comportamento
            {COMMON}""")),
        view("vw_processo", "vw_processos", table("processo", f"""
            id_origem=cd_processo id_preso=cd_interno npu=nr_processo numero_peca_bnmp=nr_bnmp tipo_peca=ds_peca
            especie_prisao=ds_especie orgao=ds_vara dt_expedicao=dt_expedicao dt_validade=dt_validade
            dt_sentenca=dt_sentenca dt_transito=dt_transito pena_anos=qt_anos pena_meses=qt_meses pena_dias=qt_dias
            regime_inicial=tp_regime reincidente=fl_reincidente detracao_dias=qt_detracao sigilo=tp_sigilo
            {COMMON}""")),
        view("vw_tipificacao", "vw_processos_artigos", table("processo_artigo", f"""
            id_origem=cd_item id_processo=cd_processo lei=ds_lei artigo=ds_artigo dt_fato=dt_fato hediondo=fl_hediondo
            tentado=fl_tentado infopen_cod=cd_infopen {COMMON}""")),
        view("vw_movimentacao", "vw_movimentacoes", table("movimentacao", f"""
            id_origem=cd_movimento id_preso=cd_interno tipo=cd_tipo dt_evento=dh_movimento dt_registro=dh_lancamento
            id_unidade_origem=cd_unidade_de id_unidade_destino=cd_unidade_para uf_outra=sg_uf motivo=ds_motivo
            documento=nr_documento dt_retorno_prevista=dh_retorno causa_obito=tp_causa {COMMON}""")),
        view("vw_advogado", "vw_advogados", table("advogado", f"""
            id_origem=cd_advogado nome=nm_advogado cpf=nr_cpf oab_uf=sg_oab oab_numero=nr_oab oab_tipo=tp_oab
            dt_nascimento=dt_nascimento telefone=nr_telefone {COMMON}""")),
        view("vw_advogado_preso", "vw_advogados_internos", table("advogado_interno", f"""
            id_origem=cd_vinculo id_advogado=cd_advogado id_preso=cd_interno npu=nr_processo dt_inicio=dt_inicio
            dt_fim=dt_fim procuracao=fl_procuracao {COMMON}""")),
        view("vw_atendimento_advogado", "vw_atendimentos", table("atendimento", f"""
            id_origem=cd_atendimento id_advogado=cd_advogado id_preso=cd_interno id_unidade=cd_unidade
            dt_entrada=dh_entrada dt_saida=dh_saida modalidade=tp_atendimento {COMMON}""")),
        view("vw_visitante", "vw_visitantes", table("visitante", f"""
            id_origem=cd_visitante nome=nm_visitante cpf=nr_cpf rg=nr_rg nome_mae=nm_mae dt_nascimento=dt_nascimento
            sexo=tp_sexo endereco=ds_endereco telefone=nr_telefone antecedentes=ds_antecedentes {COMMON}""")),
        view("vw_visitante_preso", "vw_carteiras", table("carteira", f"""
            id_origem=cd_carteira id_visitante=cd_visitante id_preso=cd_interno parentesco=cd_parentesco
            situacao=cd_situacao dt_inicio=dt_emissao dt_validade=dt_validade motivo_suspensao=ds_motivo {COMMON}""")),
        view("vw_visita", "vw_visitas", table("visita", f"""
            id_origem=cd_visita id_visitante=cd_visitante id_preso=cd_interno id_unidade=cd_unidade
            dt_entrada=dh_entrada
            dt_saida=dh_saida tipo=tp_visita menor_acompanhado=fl_menor {COMMON}""")),
        view("vw_visitante_foto", "vw_visitantes_fotos", table("visitante_foto", f"""
            id_origem=cd_foto id_pessoa=cd_visitante conteudo_ou_uri=im_foto dt_foto=dt_foto {COMMON}""")),
        view("vw_trabalho_estudo", "vw_laborterapia", table("laborterapia", f"""
            id_origem=cd_atividade id_preso=cd_interno natureza=tp_atividade origem_vaga=ds_origem setor=tp_setor
            interno=fl_interno remuneracao=tp_remuneracao nivel_ensino=ds_nivel dt_inicio=dt_inicio dt_fim=dt_fim
            dias=qt_dias horas=qt_horas dias_remidos=qt_remidos {COMMON}""")),
        view("vw_falta_disciplinar", "vw_faltas", table("falta", f"""
            id_origem=cd_falta id_preso=cd_interno gravidade=tp_gravidade dt_fato=dt_fato situacao=tp_situacao
            {COMMON}""")),
    ),
)  # fmt: skip
