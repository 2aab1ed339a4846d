"""Sergipe: a recent web system with names in English, mixed case with accents, native types, ids with a prefix."""

from fictitious.states.spec import Profile, table, view

COMMON = "dt_atualizacao=updated_at st_registro=status"

PROFILE = Profile(
    uf="SE",
    system="SAP Web (fictício)",
    schema="sapweb",
    timezone="America/Maceio",
    keys={"vw_preso": "int-{}", "vw_visitante": "vis-{}", "vw_advogado": "adv-{}", "vw_unidade": "und-{}"},
    codes={
        "st_registro": {"A": "ativo", "E": "removido"},
        "sexo": {"M": "masculino", "F": "feminino"},
        "regime": {
            "PROVISORIO": "provisorio", "FECHADO": "fechado", "SEMIABERTO": "semi", "ABERTO": "aberto",
            "MS_INTERNACAO": "internacao", "MS_AMBULATORIAL": "ambulatorial",
        },
        "movimentacao": {
            "INC_ORIG": "entrada", "REINC": "reentrada", "RECAP": "recaptura", "TR_ENT_UF": "recebimento",
            "TR_ENT_INTER": "recebimento_uf", "TR_SAI_UF": "transferencia", "TR_SAI_INTER": "transferencia_uf",
            "ALVARA": "alvara", "LIV_COND": "livramento", "DOMIC": "domiciliar", "DOMIC_MON": "domiciliar_tornozeleira",
            "MON": "tornozeleira", "PROG": "progressao", "REGR_CAUT": "regressao", "CONV_DEF": "guia_definitiva",
            "SAI_TEMP": "saida_temporaria", "RET_TEMP": "retorno", "PERM_SAIDA": "permissao", "APRES_JUD": "audiencia",
            "RET_APRES": "retorno_audiencia", "APRES_VIDEO": "audiencia_video", "HOSP": "hospital",
            "RET_HOSP": "retorno_hospital", "FUGA": "fuga", "EVASAO": "evasao", "ABANDONO": "nao_retorno",
            "OBITO": "obito",
            "MUD_CELA": "mudanca_cela", "RDD_INI": "rdd_inicio", "RDD_FIM": "rdd_fim", "DESINT": "desinternacao",
        },
        "parentesco": {
            "MAE": "mãe", "PAI": "pai", "CONJUGE": "cônjuge", "COMPANHEIRO": "companheiro(a)", "IRMAO": "irmão(ã)",
            "FILHO": "filho(a)", "AVO": "avô(ó)", "TIO": "tio(a)", "PRIMO": "primo(a)", "SOGRO": "sogro(a)",
            "CUNHADO": "cunhado(a)", "AMIGO": "amigo(a)", "OUTRO": "outro",
        },
        "situacao_vinculo": {"ATIVO": "ativo", "SUSPENSO": "suspenso", "CANCELADO": "cancelado",
        "INDEFERIDO": "negado"},
    },
    views=(
        view("vw_unidade", "units_view", table("units", f"""
            id_origem=id nome=name sigla=short_name cod_senappen=senappen_id tipo=kind modalidade=modality
            sexo_destinado=gender gestao=management cod_municipio_ibge=city_code vagas_desativadas=closed_beds
            {COMMON}""")),
        view("vw_unidade_capacidade", "unit_beds_view", table("unit_beds", f"""
            id_origem=id id_unidade=unit_id regime=regime sexo=gender vagas=beds {COMMON}""")),
        view("vw_preso", "inmates_view",
             table("inmates", f"""
            id_origem=id prontuario=record_number rji=rji raca_cor=color estado_civil=marital_status
            escolaridade=schooling
            profissao=occupation n_filhos=children gestante=pregnant lactante=nursing procedencia=area dt_obito=died_on
            {COMMON}"""),
             table("inmate_people", """
            id_origem=inmate_id nome=full_name nome_social=social_name dt_nascimento=born_on sexo=gender
            identidade_genero=gender_identity nacionalidade=nationality naturalidade_ibge=birth_city_code
            endereco=address
            telefone=phone email=email etnia_indigena=ethnicity deficiencia=disability"""),
             table("inmate_parents", "id_origem=inmate_id nome_mae=mother_name nome_pai=father_name")),
        view("vw_preso_documento", "inmate_documents_view", table("inmate_documents", f"""
            id_origem=id id_preso=inmate_id tipo=kind numero=number orgao_uf=issuer dt_emissao=issued_on {COMMON}""")),
        view("vw_preso_nome", "inmate_names_view", table("inmate_names", f"""
            id_origem=id id_preso=inmate_id tipo=kind valor=value orgao_origem=source {COMMON}""")),
        view("vw_preso_sinal", "inmate_marks_view", table("inmate_marks", f"""
            id_origem=id id_preso=inmate_id tipo=kind regiao_corpo=body_part descricao=description id_foto=photo_id
            {COMMON}""")),
        view("vw_preso_foto", "inmate_photos_view", table("inmate_photos", f"""
            id_origem=id id_preso=inmate_id posicao=pose content_type=content_type dt_foto=taken_on
            dt_inclusao=created_at
            conteudo_ou_uri=content sha256=digest {COMMON}""")),
        view("vw_custodia", "custodies_view", table("custodies", f"""
            id_origem=id id_preso=inmate_id id_unidade=unit_id pavilhao=wing cela=cell situacao=situation regime=regime
            justica=court dt_prisao=arrested_on dt_inclusao=entered_at dt_saida=left_at rdd=rdd monitoracao=monitored
            comportamento=conduct {COMMON}""")),
        view("vw_processo", "cases_view", table("cases", f"""
            id_origem=id id_preso=inmate_id npu=number numero_peca_bnmp=bnmp tipo_peca=kind especie_prisao=arrest_kind
            orgao=court dt_expedicao=issued_on dt_validade=valid_until dt_sentenca=sentenced_on dt_transito=final_on
            pena_anos=years pena_meses=months pena_dias=days regime_inicial=initial_regime reincidente=repeat_offender
            detracao_dias=credit_days sigilo=secrecy {COMMON}""")),
        view("vw_tipificacao", "charges_view", table("charges", f"""
            id_origem=id id_processo=case_id lei=law artigo=article dt_fato=fact_on hediondo=heinous tentado=attempted
            infopen_cod=infopen {COMMON}""")),
        view("vw_movimentacao", "movements_view", table("movements", f"""
            id_origem=id id_preso=inmate_id tipo=kind dt_evento=happened_at dt_registro=created_at
            id_unidade_origem=from_unit_id id_unidade_destino=to_unit_id uf_outra=other_state motivo=reason
            documento=document dt_retorno_prevista=due_back_at causa_obito=death_cause {COMMON}""")),
        view("vw_advogado", "lawyers_view", table("lawyers", f"""
            id_origem=id nome=full_name cpf=cpf oab_uf=bar_state oab_numero=bar_number oab_tipo=bar_kind
            dt_nascimento=born_on telefone=phone {COMMON}""")),
        view("vw_advogado_preso", "lawyer_clients_view", table("lawyer_clients", f"""
            id_origem=id id_advogado=lawyer_id id_preso=inmate_id npu=case_number dt_inicio=since dt_fim=until
            procuracao=power_of_attorney {COMMON}""")),
        view("vw_atendimento_advogado", "lawyer_visits_view", table("lawyer_visits", f"""
            id_origem=id id_advogado=lawyer_id id_preso=inmate_id id_unidade=unit_id dt_entrada=entered_at
            dt_saida=left_at modalidade=kind {COMMON}""")),
        view("vw_visitante", "visitors_view", table("visitors", f"""
            id_origem=id nome=full_name cpf=cpf rg=rg nome_mae=mother_name dt_nascimento=born_on sexo=gender
            endereco=address telefone=phone antecedentes=background {COMMON}""")),
        view("vw_visitante_preso", "visitor_links_view", table("visitor_links", f"""
            id_origem=id id_visitante=visitor_id id_preso=inmate_id parentesco=kinship situacao=link_status
            dt_inicio=since dt_validade=until motivo_suspensao=reason {COMMON}""")),
        view("vw_visita", "visits_view", table("visits", f"""
            id_origem=id id_visitante=visitor_id id_preso=inmate_id id_unidade=unit_id dt_entrada=entered_at
            dt_saida=left_at tipo=kind menor_acompanhado=minor {COMMON}""")),
        view("vw_visitante_foto", "visitor_photos_view", table("visitor_photos", f"""
            id_origem=id id_pessoa=visitor_id conteudo_ou_uri=content dt_foto=taken_on {COMMON}""")),
        view("vw_trabalho_estudo", "activities_view", table("activities", f"""
            id_origem=id id_preso=inmate_id natureza=kind origem_vaga=provider setor=sector interno=internal
            remuneracao=pay nivel_ensino=level dt_inicio=since dt_fim=until dias=days horas=hours
            dias_remidos=remitted_days
            {COMMON}""")),
        view("vw_falta_disciplinar", "faults_view", table("faults", f"""
            id_origem=id id_preso=inmate_id gravidade=severity dt_fato=happened_on situacao=situation {COMMON}""")),
    ),
)  # fmt: skip
