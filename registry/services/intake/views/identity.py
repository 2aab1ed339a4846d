"""What identifies a person beside the main fields."""

from registry.services.intake.specs import Column, Form, Parent, Parsed, Part, Table, To, View

_OF_RECORD = Parent("record_id", "id_preso", To.PRISONER)

IDENTITY = (
    View(
        name="vw_preso_documento",
        parents=(_OF_RECORD,),
        touches="record_id",
        table=Table(
            name="registry_recorddocument",
            columns=(
                Column("kind", "tipo"),
                Column("raw", "numero"),
                Parsed("number", "numero", "tipo", kind_is_field=True),
                Parsed("flaw", "numero", "tipo", Part.FLAW, kind_is_field=True),
                Column("issuer", "orgao_uf"),
                Column("issued_on", "dt_emissao", Form.VALUE),
            ),
        ),
    ),
    View(
        name="vw_preso_nome",
        parents=(_OF_RECORD,),
        touches="record_id",
        table=Table(
            name="registry_recordname",
            columns=(Column("kind", "tipo"), Column("value", "valor"), Column("source", "orgao_origem")),
        ),
    ),
    View(
        name="vw_preso_sinal",
        parents=(_OF_RECORD,),
        crosses="record_id",
        table=Table(
            name="registry_mark",
            columns=(
                Column("kind", "tipo"),
                Column("body_part", "regiao_corpo"),
                Column("description", "descricao"),
                Column("photo_key", "id_foto"),
            ),
        ),
    ),
    View(
        name="vw_preso_foto",
        parents=(_OF_RECORD,),
        fixed=(("view", "vw_preso_foto"),),
        checks=("record_id",),
        crosses="record_id",
        table=Table(
            name="registry_photo",
            columns=(
                Column("position", "posicao"),
                Column("content_type", "content_type"),
                Column("taken_on", "dt_foto", Form.VALUE),
                Column("sha256", "sha256", Form.VALUE),
                Column("size", "tamanho", Form.SIZE),
            ),
        ),
    ),
    View(
        name="vw_visitante_foto",
        parents=(Parent("record_id", "id_pessoa", To.VISITOR_OR_LAWYER),),
        fixed=(("view", "vw_visitante_foto"),),
        checks=("record_id",),
        crosses="record_id",
        on_insert=(("position", "''"), ("content_type", "''")),
        table=Table(
            name="registry_photo",
            columns=(
                Column("taken_on", "dt_foto", Form.VALUE),
                Column("sha256", "sha256", Form.VALUE),
                Column("size", "tamanho", Form.SIZE),
            ),
        ),
    ),
)
