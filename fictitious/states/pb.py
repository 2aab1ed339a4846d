"""Paraíba: a spreadsheet grown into a LATIN1 database; capitals, documents as columns of the prisoner's own row."""

from fictitious.states.spec import Profile, lettered, numbered, table, view

COMMON = "dt_atualizacao=atualizado st_registro=apagado"

PROFILE = Profile(
    uf="PB",
    system="SIAPE-PB (fictício)",
    schema="seap",
    timezone="America/Fortaleza",
    encoding="LATIN1",
    text="plain",
    dates="%Y-%m-%d",
    flags=("1", "0"),
    deleted="flag",
    keys={"vw_preso": "PB{:07d}"},
    folded={"CPF": "cpf", "RG": "rg", "TITULO": "titulo_eleitor", "NIS": "nis", "CNH": "cnh"},
    codes={
        "sexo": {"M": "MASCULINO", "F": "FEMININO"},
        "regime": numbered("regime"),
        "situacao_custodia": lettered("situacao_custodia", 1),
        "movimentacao": numbered("movimentacao", "{}", 100),
        "parentesco": lettered("parentesco", 3),
        "escolaridade": numbered("escolaridade"),
        "raca_cor": lettered("raca_cor", 2),
        "estado_civil": lettered("estado_civil", 1),
        "gravidade_falta": {"LEVE": "1", "MEDIA": "2", "GRAVE": "3"},
        "procedencia": numbered("procedencia"),
        "remuneracao": numbered("remuneracao"),
    },
    views=(
        view("vw_unidade", "ext_unidade", table("unidade", f"""
            id_origem=id nome=nome tipo=tipo modalidade=modalidade sexo_destinado=sexo gestao=gestao
            cod_municipio_ibge=ibge {COMMON}""")),
        view("vw_unidade_capacidade", "ext_vaga", table("vaga", f"""
            id_origem=id id_unidade=unidade_id regime=regime sexo=sexo vagas=vagas {COMMON}""")),
        view("vw_preso", "ext_apenado", table("apenado", f"""
            id_origem=registro prontuario=prontuario rji=rji nome=nome nome_mae=mae nome_pai=pai
            dt_nascimento=nascimento
            sexo=sexo raca_cor=cor estado_civil=civil escolaridade=instrucao profissao=profissao
            nacionalidade=nacionalidade naturalidade_ibge=naturalidade n_filhos=filhos procedencia=procedencia
            endereco=endereco telefone=fone dt_obito=obito {COMMON}""")),
        view("vw_preso_nome", "ext_alcunha", table("alcunha", f"""
            id_origem=id id_preso=registro tipo=tipo valor=valor {COMMON}""")),
        view("vw_preso_sinal", "ext_sinal", table("sinal", f"""
            id_origem=id id_preso=registro tipo=tipo regiao_corpo=local descricao=descricao {COMMON}""")),
        view("vw_preso_foto", "ext_foto", table("foto", f"""
            id_origem=id id_preso=registro posicao=posicao content_type=tipo dt_foto=data dt_inclusao=incluida
            conteudo_ou_uri=imagem {COMMON}""")),
        view("vw_custodia", "ext_custodia", table("custodia", f"""
            id_origem=id id_preso=registro id_unidade=unidade_id pavilhao=pavilhao cela=cela situacao=situacao
            regime=regime justica=justica dt_prisao=prisao dt_inclusao=entrada dt_saida=saida rdd=rdd
            monitoracao=tornozeleira {COMMON}""")),
        view("vw_processo", "ext_processo", table("processo", f"""
            id_origem=id id_preso=registro npu=numero tipo_peca=peca especie_prisao=especie orgao=vara
            dt_expedicao=expedicao dt_sentenca=sentenca pena_anos=anos pena_meses=meses pena_dias=dias
            regime_inicial=regime reincidente=reincidente {COMMON}""")),
        view("vw_tipificacao", "ext_artigo", table("artigo", f"""
            id_origem=id id_processo=processo_id lei=lei artigo=artigo dt_fato=data infopen_cod=infopen {COMMON}""")),
        view("vw_movimentacao", "ext_movimento", table("movimento", f"""
            id_origem=id id_preso=registro tipo=tipo dt_evento=data dt_registro=lancamento id_unidade_origem=origem_id
            id_unidade_destino=destino_id uf_outra=uf motivo=motivo documento=documento dt_retorno_prevista=retorno
            causa_obito=causa {COMMON}""")),
        view("vw_advogado", "ext_advogado", table("advogado", f"""
            id_origem=id nome=nome cpf=cpf oab_uf=oab_uf oab_numero=oab oab_tipo=tipo {COMMON}""")),
        view("vw_advogado_preso", "ext_advogado_apenado", table("advogado_apenado", f"""
            id_origem=id id_advogado=advogado_id id_preso=registro npu=numero dt_inicio=inicio dt_fim=fim {COMMON}""")),
        view("vw_atendimento_advogado", "ext_atendimento", table("atendimento", f"""
            id_origem=id id_advogado=advogado_id id_preso=registro id_unidade=unidade_id dt_entrada=entrada
            dt_saida=saida
            {COMMON}""")),
        view("vw_visitante", "ext_visitante", table("visitante", f"""
            id_origem=id nome=nome cpf=cpf rg=rg nome_mae=mae dt_nascimento=nascimento sexo=sexo endereco=endereco
            telefone=fone {COMMON}""")),
        view("vw_visitante_preso", "ext_vinculo", table("vinculo", f"""
            id_origem=id id_visitante=visitante_id id_preso=registro parentesco=parentesco situacao=situacao
            dt_inicio=inicio dt_validade=validade {COMMON}""")),
        view("vw_visita", "ext_visita", table("visita", f"""
            id_origem=id id_visitante=visitante_id id_preso=registro id_unidade=unidade_id dt_entrada=entrada
            dt_saida=saida tipo=tipo menor_acompanhado=menor {COMMON}""")),
        view("vw_visitante_foto", "ext_visitante_foto", table("visitante_foto", f"""
            id_origem=id id_pessoa=visitante_id conteudo_ou_uri=imagem dt_foto=data {COMMON}""")),
        view("vw_trabalho_estudo", "ext_remicao", table("remicao", f"""
            id_origem=id id_preso=registro natureza=natureza interno=interno remuneracao=remuneracao nivel_ensino=nivel
            dt_inicio=inicio dt_fim=fim dias=dias horas=horas dias_remidos=remidos {COMMON}""")),
        view("vw_falta_disciplinar", "ext_falta", table("falta", f"""
            id_origem=id id_preso=registro gravidade=gravidade dt_fato=data situacao=situacao {COMMON}""")),
    ),
)  # fmt: skip
