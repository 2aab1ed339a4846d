"""Rio de Janeiro: short names of a mainframe, capitals with accents, dates yyyymmdd, code tables, photos apart."""

from fictitious.states.spec import Profile, lettered, numbered, table, view

COMMON = "dt_atualizacao=tmstmp st_registro=sit_reg"

PROFILE = Profile(
    uf="RJ",
    system="SIPEN (fictício)",
    schema="sipen",
    timezone="America/Sao_Paulo",
    text="upper",
    dates="%Y%m%d",
    times="%Y%m%d%H%M%S",
    flags=("S", "N"),
    photos="path",
    keys={"vw_preso": "{:09d}", "vw_unidade": "{:04d}"},
    codes={
        "st_registro": {"A": "N", "E": "E"},
        "sexo": {"M": "1", "F": "3"},
        "sexo_destinado": {"M": "1", "F": "3", "X": "0"},
        "tipo_estabelecimento": numbered("tipo_estabelecimento", "T{}"),
        "modalidade_custodia": numbered("modalidade_custodia"),
        "movimentacao": {
            **numbered("movimentacao", "M{:02d}"), "INC_ORIG": "INGR", "REINC": "REING", "HOSP": "BAIXA", "RET_HOSP":
            "ALTA",
            "TR_SAI_UF": "TRSAI", "TR_ENT_UF": "TRENT", "ALVARA": "ALV", "LIV_COND": "LC", "OBITO": "OB",
        },
        "regime": {
            "PROVISORIO": "P", "FECHADO": "F", "SEMIABERTO": "S", "ABERTO": "A", "MS_INTERNACAO": "I",
            "MS_AMBULATORIAL": "T",
        },
        "situacao_custodia": {"PROVISORIO": "ACAUT", "CONDENADO": "APEN", "MS": "INTERN", "CIVIL": "CIV"},
        "parentesco": numbered("parentesco", "{:03d}"),
        "escolaridade": numbered("escolaridade", "{:02d}", 0),
        "raca_cor": numbered("raca_cor", "C{}"),
        "estado_civil": lettered("estado_civil", 2),
        "procedencia": numbered("procedencia"),
        "situacao_vinculo": lettered("situacao_vinculo", 3),
        "tipo_documento": numbered("tipo_documento", "{:03d}"),
        "remuneracao": numbered("remuneracao"),
    },
    lookups={"movimentacao": "cd_mov", "parentesco": "cd_parent", "regime": "cd_regime", "tipo_documento": "cd_docum"},
    views=(
        view("vw_unidade", "v_unid", table("unid", f"""
            id_origem=cod nome=nom sigla=sgl cod_senappen=cod_dep tipo=tip modalidade=modal sexo_destinado=sex
            gestao=gest
            cod_municipio_ibge=mun vagas_desativadas=vag_des {COMMON}""")),
        view("vw_unidade_capacidade", "v_unid_vag", table("unid_vag", f"""
            id_origem=seq id_unidade=cod_unid regime=reg sexo=sex vagas=qtd {COMMON}""")),
        view("vw_preso", "v_intern",
             table("intern", f"""
            id_origem=rg_sipen prontuario=pront rji=rji nome=nom nome_social=nom_soc dt_nascimento=dat_nasc sexo=sex
            raca_cor=cor estado_civil=civ escolaridade=instr dt_obito=dat_ob {COMMON}"""),
             table("intern_fil", "id_origem=rg_sipen nome_mae=mae nome_pai=pai"),
             table("intern_compl", """
            id_origem=rg_sipen profissao=prof nacionalidade=nac naturalidade_ibge=nat deficiencia=def gestante=gest
            lactante=lact n_filhos=fil procedencia=proc endereco=endr telefone=tel email=mail etnia_indigena=etn
            identidade_genero=gen""")),
        view("vw_preso_documento", "v_docum", table("docum", f"""
            id_origem=seq id_preso=rg_sipen tipo=tip numero=num orgao_uf=org dt_emissao=dat_em {COMMON}""")),
        view("vw_preso_nome", "v_outnom", table("outnom", f"""
            id_origem=seq id_preso=rg_sipen tipo=tip valor=txt orgao_origem=org {COMMON}""")),
        view("vw_preso_sinal", "v_sinal", table("sinal", f"""
            id_origem=seq id_preso=rg_sipen tipo=tip regiao_corpo=reg descricao=txt id_foto=seq_foto {COMMON}""")),
        view("vw_preso_foto", "v_foto", table("foto", f"""
            id_origem=seq id_preso=rg_sipen posicao=pos content_type=mime dt_foto=dat dt_inclusao=dat_inc
            conteudo_ou_uri=arq {COMMON}""")),
        view("vw_custodia", "v_acaut", table("acaut", f"""
            id_origem=seq id_preso=rg_sipen id_unidade=cod_unid pavilhao=gal cela=cel situacao=sit regime=reg
            justica=jus
            dt_prisao=dat_pris dt_inclusao=dat_ing dt_saida=dat_sai rdd=rdd monitoracao=mon grupo_faccao=grp
            comportamento=comp {COMMON}""")),
        view("vw_processo", "v_proc", table("proc", f"""
            id_origem=seq id_preso=rg_sipen npu=num numero_peca_bnmp=bnmp tipo_peca=peca especie_prisao=esp orgao=vara
            dt_expedicao=dat_exp dt_validade=dat_val dt_sentenca=dat_sent dt_transito=dat_tran pena_anos=anos
            pena_meses=mes pena_dias=dia regime_inicial=reg_ini reincidente=reinc detracao_dias=detr sigilo=sig
            {COMMON}""")),
        view("vw_tipificacao", "v_artig", table("artig", f"""
            id_origem=seq id_processo=seq_proc lei=lei artigo=art dt_fato=dat hediondo=hed tentado=tent infopen_cod=inf
            {COMMON}""")),
        view("vw_movimentacao", "v_mov", table("mov", f"""
            id_origem=seq id_preso=rg_sipen tipo=tip dt_evento=dat dt_registro=dat_lanc id_unidade_origem=unid_de
            id_unidade_destino=unid_para uf_outra=uf motivo=mot documento=doc dt_retorno_prevista=dat_ret
            causa_obito=causa
            {COMMON}""")),
        view("vw_advogado", "v_adv", table("adv", f"""
            id_origem=seq nome=nom cpf=cpf oab_uf=oab_uf oab_numero=oab_num oab_tipo=oab_tip dt_nascimento=dat_nasc
            telefone=tel {COMMON}""")),
        view("vw_advogado_preso", "v_adv_int", table("adv_int", f"""
            id_origem=seq id_advogado=seq_adv id_preso=rg_sipen npu=num_proc dt_inicio=dat_ini dt_fim=dat_fim
            procuracao=proc {COMMON}""")),
        view("vw_atendimento_advogado", "v_adv_atend", table("adv_atend", f"""
            id_origem=seq id_advogado=seq_adv id_preso=rg_sipen id_unidade=cod_unid dt_entrada=dat_ent dt_saida=dat_sai
            modalidade=tip {COMMON}""")),
        view("vw_visitante", "v_visit", table("visit", f"""
            id_origem=seq nome=nom cpf=cpf rg=rg nome_mae=mae dt_nascimento=dat_nasc sexo=sex endereco=endr telefone=tel
            antecedentes=ant {COMMON}""")),
        view("vw_visitante_preso", "v_cart", table("cart", f"""
            id_origem=seq id_visitante=seq_visit id_preso=rg_sipen parentesco=par situacao=sit dt_inicio=dat_em
            dt_validade=dat_val motivo_suspensao=mot {COMMON}""")),
        view("vw_visita", "v_entr", table("entr", f"""
            id_origem=seq id_visitante=seq_visit id_preso=rg_sipen id_unidade=cod_unid dt_entrada=dat_ent
            dt_saida=dat_sai
            tipo=tip menor_acompanhado=men {COMMON}""")),
        view("vw_visitante_foto", "v_visit_foto", table("visit_foto", f"""
            id_origem=seq id_pessoa=seq_visit conteudo_ou_uri=arq dt_foto=dat {COMMON}""")),
        view("vw_trabalho_estudo", "v_labor", table("labor", f"""
            id_origem=seq id_preso=rg_sipen natureza=nat origem_vaga=orig setor=set_ interno=intr remuneracao=rem
            nivel_ensino=niv dt_inicio=dat_ini dt_fim=dat_fim dias=dia horas=hor dias_remidos=remid {COMMON}""")),
        view("vw_falta_disciplinar", "v_falta", table("falta", f"""
            id_origem=seq id_preso=rg_sipen gravidade=grav dt_fato=dat situacao=sit {COMMON}""")),
    ),
)  # fmt: skip
