"""Pernambuco: capitals with accents, dates and times as text dd/mm/yyyy, photos in a folder, lookup tables."""

from fictitious.states.spec import Profile, lettered, numbered, table, view

COMMON = "dt_atualizacao=ultima_alteracao st_registro=excluido"

PROFILE = Profile(
    uf="PE",
    system="SIC (fictício)",
    schema="seres",
    timezone="America/Recife",
    text="upper",
    dates="%d/%m/%Y",
    times="%d/%m/%Y %H:%M",
    flags=("SIM", "NAO"),
    photos="path",
    deleted="flag",
    keys={"vw_preso": "{:08d}", "vw_visitante": "V{:08d}", "vw_unidade": "PE-{:03d}"},
    codes={
        "sexo": {"M": "MASC", "F": "FEM"},
        "sexo_destinado": {"M": "MASC", "F": "FEM", "X": "MISTO"},
        "movimentacao": {
            **lettered("movimentacao", 3), "INC_ORIG": "ENTRADA", "REINC": "REINGRESSO", "RECAP": "RECAPTURA",
            "TR_ENT_UF": "RECEBIDO", "TR_ENT_INTER": "RECEB UF", "TR_SAI_UF": "TRANSF", "TR_SAI_INTER": "TRANSF UF",
            "ALVARA": "ALVARA", "LIV_COND": "LIVRAMENTO", "OBITO": "FALECIMENTO", "FUGA": "FUGA", "HOSP": "HOSPITAL",
        },
        "regime": {
            "PROVISORIO": "PROV", "FECHADO": "FECH", "SEMIABERTO": "SEMI", "ABERTO": "ABER", "MS_INTERNACAO": "MSI",
            "MS_AMBULATORIAL": "MSA",
        },
        "situacao_custodia": {"PROVISORIO": "AGUARDA JULGAMENTO", "CONDENADO": "SENTENCIADO", "MS": "MEDIDA",
        "CIVIL": "CIVEL"},
        "parentesco": lettered("parentesco", 4),
        "escolaridade": numbered("escolaridade", "E{:02d}"),
        "estado_civil": lettered("estado_civil", 4),
        "procedencia": numbered("procedencia"),
        "remuneracao": numbered("remuneracao", "R{}"),
        "posicao_foto": {"FRONTAL": "F", "PERFIL_D": "D", "PERFIL_E": "E", "TATUAGEM": "T", "CICATRIZ": "C"},
    },
    lookups={"movimentacao": "tab_movimento", "parentesco": "tab_parentesco", "escolaridade": "tab_instrucao"},
    views=(
        view("vw_unidade", "v_unidade", table("unidade_prisional", f"""
            id_origem=codigo nome=descricao sigla=sigla tipo=tipo modalidade=modalidade sexo_destinado=publico
            cod_municipio_ibge=municipio_ibge vagas_desativadas=vagas_interditadas {COMMON}""")),
        view("vw_unidade_capacidade", "v_capacidade", table("capacidade", f"""
            id_origem=sequencial id_unidade=unidade regime=regime sexo=sexo vagas=quantidade {COMMON}""")),
        view("vw_preso", "v_detento",
             table("detento", f"""
            id_origem=matricula prontuario=prontuario nome=nome nome_mae=mae nome_pai=pai dt_nascimento=nascimento
            sexo=sexo rji=rji dt_obito=falecimento {COMMON}"""),
             table("detento_social", """
            id_origem=matricula nome_social=nome_social raca_cor=cor identidade_genero=genero estado_civil=estado_civil
            escolaridade=instrucao profissao=ocupacao nacionalidade=nacionalidade naturalidade_ibge=naturalidade
            deficiencia=deficiencia gestante=gestante n_filhos=filhos procedencia=procedencia endereco=endereco
            telefone=telefone email=email""")),
        view("vw_preso_documento", "v_documento", table("documento", f"""
            id_origem=sequencial id_preso=matricula tipo=tipo numero=numero orgao_uf=orgao dt_emissao=emissao
            {COMMON}""")),
        view("vw_preso_nome", "v_vulgo", table("vulgo", f"""
            id_origem=sequencial id_preso=matricula tipo=tipo valor=texto {COMMON}""")),
        view("vw_preso_sinal", "v_sinal", table("sinal", f"""
            id_origem=sequencial id_preso=matricula tipo=tipo regiao_corpo=local descricao=descricao id_foto=foto
            {COMMON}""")),
        view("vw_preso_foto", "v_foto", table("foto", f"""
            id_origem=sequencial id_preso=matricula posicao=posicao content_type=formato dt_foto=tirada_em
            dt_inclusao=incluida_em conteudo_ou_uri=arquivo {COMMON}""")),
        view("vw_custodia", "v_recolhimento", table("recolhimento", f"""
            id_origem=sequencial id_preso=matricula id_unidade=unidade pavilhao=pavilhao cela=cela situacao=situacao
            regime=regime justica=justica dt_prisao=prisao dt_inclusao=entrada dt_saida=saida rdd=rdd
            monitoracao=monitorado comportamento=conduta {COMMON}""")),
        view("vw_processo", "v_processo", table("processo", f"""
            id_origem=sequencial id_preso=matricula npu=numero tipo_peca=peca especie_prisao=especie orgao=vara
            dt_expedicao=expedicao dt_sentenca=sentenca dt_transito=transito pena_anos=anos pena_meses=meses
            pena_dias=dias regime_inicial=regime reincidente=reincidente sigilo=sigilo {COMMON}""")),
        view("vw_tipificacao", "v_artigo", table("artigo", f"""
            id_origem=sequencial id_processo=processo lei=lei artigo=artigo dt_fato=fato hediondo=hediondo
            tentado=tentado infopen_cod=infopen {COMMON}""")),
        view("vw_movimentacao", "v_movimento", table("movimento", f"""
            id_origem=sequencial id_preso=matricula tipo=tipo dt_evento=data dt_registro=lancado_em
            id_unidade_origem=de id_unidade_destino=para uf_outra=uf motivo=motivo documento=documento
            dt_retorno_prevista=retorno causa_obito=causa {COMMON}""")),
        view("vw_advogado", "v_advogado", table("advogado", f"""
            id_origem=sequencial nome=nome cpf=cpf oab_uf=oab_uf oab_numero=oab_numero oab_tipo=oab_tipo
            telefone=telefone
            {COMMON}""")),
        view("vw_advogado_preso", "v_constituicao", table("constituicao", f"""
            id_origem=sequencial id_advogado=advogado id_preso=matricula npu=processo dt_inicio=inicio dt_fim=fim
            procuracao=procuracao {COMMON}""")),
        view("vw_atendimento_advogado", "v_parlatorio", table("parlatorio", f"""
            id_origem=sequencial id_advogado=advogado id_preso=matricula id_unidade=unidade dt_entrada=entrada
            dt_saida=saida modalidade=modalidade {COMMON}""")),
        view("vw_visitante", "v_visitante", table("visitante", f"""
            id_origem=codigo nome=nome cpf=cpf rg=identidade nome_mae=mae dt_nascimento=nascimento sexo=sexo
            endereco=endereco telefone=telefone {COMMON}""")),
        view("vw_visitante_preso", "v_credencial", table("credencial", f"""
            id_origem=sequencial id_visitante=visitante id_preso=matricula parentesco=parentesco situacao=situacao
            dt_inicio=emissao dt_validade=validade motivo_suspensao=motivo {COMMON}""")),
        view("vw_visita", "v_visita", table("visita", f"""
            id_origem=sequencial id_visitante=visitante id_preso=matricula id_unidade=unidade dt_entrada=entrada
            dt_saida=saida tipo=tipo {COMMON}""")),
        view("vw_visitante_foto", "v_visitante_foto", table("visitante_foto", f"""
            id_origem=sequencial id_pessoa=visitante conteudo_ou_uri=arquivo dt_foto=tirada_em {COMMON}""")),
        view("vw_trabalho_estudo", "v_atividade", table("atividade", f"""
            id_origem=sequencial id_preso=matricula natureza=natureza origem_vaga=origem setor=setor interno=interno
            remuneracao=remuneracao nivel_ensino=nivel dt_inicio=inicio dt_fim=fim dias=dias horas=horas
            dias_remidos=remidos {COMMON}""")),
        view("vw_falta_disciplinar", "v_pad", table("pad", f"""
            id_origem=sequencial id_preso=matricula gravidade=gravidade dt_fato=fato situacao=situacao {COMMON}""")),
    ),
)  # fmt: skip
