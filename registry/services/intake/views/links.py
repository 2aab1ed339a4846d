"""Who visits and defends prisoners, and what prisoners do."""

from registry.services.intake.specs import Column, Form, Parent, Parsed, Table, To, View

_OF_PRISONER = Parent("prisoner_id", "id_preso", To.PRISONER)
_OF_VISITOR = Parent("visitor_id", "id_visitante", To.VISITOR)
_OF_LAWYER = Parent("lawyer_id", "id_advogado", To.LAWYER)
_AT_UNIT = Parent("unit_id", "id_unidade", To.UNIT)

LINKS = (
    View(
        name="vw_advogado_preso",
        parents=(_OF_LAWYER, _OF_PRISONER),
        checks=("lawyer_id",),
        links="prisoner_id",
        crosses="lawyer_id",
        table=Table(
            name="registry_lawyerclient",
            columns=(
                Parsed("npu", "npu", "NPU"),
                Column("since", "dt_inicio", Form.VALUE),
                Column("until", "dt_fim", Form.VALUE),
                Column("power_of_attorney", "procuracao", Form.VALUE),
            ),
        ),
    ),
    View(
        name="vw_atendimento_advogado",
        parents=(_OF_LAWYER, _OF_PRISONER, _AT_UNIT),
        checks=("lawyer_id",),
        links="prisoner_id",
        crosses="lawyer_id",
        table=Table(
            name="registry_lawyerattendance",
            columns=(
                Column("entered_at", "dt_entrada", Form.VALUE),
                Column("left_at", "dt_saida", Form.VALUE),
                Column("modality", "modalidade"),
            ),
        ),
    ),
    View(
        name="vw_visitante_preso",
        parents=(_OF_VISITOR, _OF_PRISONER),
        checks=("visitor_id",),
        links="prisoner_id",
        crosses="visitor_id",
        table=Table(
            name="registry_visitorlink",
            columns=(
                Column("kinship", "parentesco"),
                Column("status", "situacao"),
                Column("since", "dt_inicio", Form.VALUE),
                Column("valid_until", "dt_validade", Form.VALUE),
                Column("suspension_reason", "motivo_suspensao"),
            ),
        ),
    ),
    View(
        name="vw_visita",
        parents=(_OF_VISITOR, _OF_PRISONER, _AT_UNIT),
        checks=("visitor_id", "prisoner_id"),
        links="prisoner_id",
        crosses="visitor_id",
        table=Table(
            name="registry_visit",
            columns=(
                Column("entered_at", "dt_entrada", Form.VALUE),
                Column("left_at", "dt_saida", Form.VALUE),
                Column("kind", "tipo"),
                Column("accompanied_minor", "menor_acompanhado", Form.VALUE),
            ),
        ),
    ),
)

CONDUCT = (
    View(
        name="vw_trabalho_estudo",
        parents=(_OF_PRISONER,),
        table=Table(
            name="registry_workstudy",
            columns=(
                Column("nature", "natureza"),
                Column("vacancy_origin", "origem_vaga"),
                Column("sector", "setor"),
                Column("internal", "interno", Form.VALUE),
                Column("pay", "remuneracao"),
                Column("level", "nivel_ensino"),
                Column("since", "dt_inicio", Form.VALUE),
                Column("until", "dt_fim", Form.VALUE),
                Column("days", "dias", Form.COUNT),
                Column("hours", "horas", Form.COUNT),
                Column("remitted_days", "dias_remidos", Form.COUNT),
            ),
        ),
    ),
    View(
        name="vw_falta_disciplinar",
        parents=(_OF_PRISONER,),
        table=Table(
            name="registry_fault",
            columns=(
                Column("severity", "gravidade"),
                Column("occurred_on", "dt_fato", Form.VALUE),
                Column("status", "situacao"),
            ),
        ),
    ),
)
