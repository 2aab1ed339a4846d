"""The checks of one view's sample: a table of functions, each of which tells what it finds."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from ingestion.conformity.findings import Finding, Verdict
from ingestion.conformity.sample import Sample
from ingestion.contract.types import KEY, UPDATED
from ingestion.reasons import SENTENCES, ReasonCode
from registry.values.mojibake import repair_mojibake

Check = Callable[[Sample], Iterator[Finding]]

# Up to this part of the sample is a few dirty rows, which wait in quarantine; more is a view that is wrong.
TOLERATED = 0.01
# The first rows after the watermark must come within this.
SLOW_S = 5.0
# A sample this large with one moment only was not written by a system at work.
ENOUGH = 50
AHEAD = timedelta(minutes=5)

REMEDIES = {
    ReasonCode.REQUIRED: "Preencha o campo na visão, ou deixe fora da visão as linhas que não são do contrato.",
    ReasonCode.DATE: "Exponha data nativa na visão, ou diga format no mapeamento.",
    ReasonCode.NUMBER: "Exponha número inteiro na visão.",
    ReasonCode.BOOLEAN: "Exponha sim ou não, ou diga codes no mapeamento.",
    ReasonCode.CODE: "Exponha o código, não a descrição.",
    ReasonCode.LENGTH: "Confira se a coluna é a do campo; o que passa do tamanho não é aceito.",
    ReasonCode.CHARACTER: "Retire os caracteres nulos na visão.",
    ReasonCode.ENCODING: "Diga encoding no mapeamento (latin-1, cp1252).",
    ReasonCode.PHOTO_MISSING: "Confira a pasta de fotografias e o caminho que a coluna diz.",
    ReasonCode.PHOTO_INVALID: "Só PNG e JPEG de até 5 MB; confira photo no mapeamento (blob, path ou url).",
}


def lost_fields(sample: Sample) -> Iterator[Finding]:
    """Mapped columns that the view does not give."""
    for name, cause in sample.lost.items():
        remedy = f"Acrescente a coluna à visão, ou corrija o mapeamento. {cause}"
        yield _of(sample, name, "column", Verdict.MISSING, "a coluna do mapeamento não pôde ser lida", remedy)


def absent_fields(sample: Sample) -> Iterator[Finding]:
    """Optional fields that the mapping leaves out."""
    mapped = sample.mapping.views[sample.view.name].fields
    for field in sample.view.fields:
        # The digest of an image is reckoned when it is taken in.
        computed = sample.view.photo is not None and field.name == "sha256"
        if field.name not in mapped and field.name not in sample.lost and not computed:
            said = "opcional, não está no mapeamento: aparecerá como não informado"
            yield _of(sample, field.name, "mapped", Verdict.NOTICE, said, "Mapeie-o, se o estado o tem.")


def emptiness(sample: Sample) -> Iterator[Finding]:
    """A view without rows, or a mapped field that is empty in all of them."""
    if not sample.count:
        yield _of(sample, "", "rows", Verdict.MISSING, "a visão não deu nenhuma linha", "Confira o filtro da visão.")
        return
    for name, values in sample.columns.items():
        field = sample.view.by_name.get(name)
        if field and not field.required and name in sample.reader.positions and not informed(sample, name):
            said = f"vazio nas {len(values)} linhas da amostra"
            yield _of(sample, name, "informed", Verdict.NOTICE, said, "Confira se a coluna é a certa.")


def readability(sample: Sample) -> Iterator[Finding]:
    """Values that the mapping cannot read, required ones that are absent, images that cannot be had."""
    counted = Counter((reason.field, reason.code) for reasons in sample.faults.by_row.values() for reason in reasons)
    for (name, code), count in sorted(counted.items()):
        yield _rows(sample, name, f"read_{code}", count, SENTENCES[code], REMEDIES.get(code, ""))


def codes(sample: Sample) -> Iterator[Finding]:
    """Codes outside the contract's list: kept raw, but nobody knows what they mean."""
    for name, known in sample.reader.known_codes.items():
        values = [value for value in sample.columns[name] if value is not None]
        strange = [value for value in values if value not in known]
        if strange:
            said = f"{len(set(strange))} código(s) fora da tabela do contrato, guardados como vieram"
            remedy = "Traduza-os em codes no mapeamento."
            yield _rows(sample, name, "codes", len(strange), said, remedy)


def keys(sample: Sample) -> Iterator[Finding]:
    """A key is never empty and names one row. Rows read at the two places may overlap, so each place is counted."""
    position = sample.reader.key_position
    repeated = 0
    for piece in (sample.oldest, sample.latest):
        found = Counter(str(row[position]) for row in piece.rows if row[position] is not None) if piece else Counter()
        repeated += sum(count for count in found.values() if count > 1)
    if repeated:
        remedy = "Uma linha por chave: a visão multiplica linhas (junção sem chave única?) ou a chave não é única."
        said = "a mesma chave aparece em mais de uma linha"
        yield _of(sample, KEY, "unique", Verdict.WRONG, said, remedy, repeated)


def watermark(sample: Sample) -> Iterator[Finding]:
    """`dt_atualizacao` must move with every change and never run ahead."""
    moments = [datetime.fromisoformat(value) for value in sample.columns[UPDATED] if value]
    ahead = sum(moment > sample.taken_at + AHEAD for moment in moments)
    if ahead:
        remedy = "Confira o relógio do servidor, o fuso (timezone) do mapeamento e a origem da data."
        yield _of(sample, UPDATED, "future", Verdict.WRONG, "data no futuro", remedy, ahead)
    if len(moments) >= ENOUGH and len(set(moments)) == 1:
        remedy = "A data deve ser a da última alteração de cada linha, não a da consulta nem a de uma migração."
        said = "a mesma data em todas as linhas da amostra"
        yield _of(sample, UPDATED, "constant", Verdict.WRONG, said, remedy, len(moments))


def speed(sample: Sample) -> Iterator[Finding]:
    """The time until the first rows after a watermark, which every load begins by."""
    piece = sample.latest or sample.oldest
    if piece.seconds > SLOW_S:
        said = f"{piece.seconds:.1f} s até as primeiras linhas depois da marca d'água (o limite é {SLOW_S:.0f} s)"
        remedy = "Crie índice em (dt_atualizacao, id) na tabela da visão, e não converta essas colunas na visão."
        yield _of(sample, UPDATED, "speed", Verdict.SLOW, said, remedy)


def encodings(sample: Sample) -> Iterator[Finding]:
    """Text that was converted wrongly on its way."""
    given = sample.mapping.views[sample.view.name]
    for name, texts in sample.texts.items():
        repair = next((r for r in (given.fields[name].repair, given.repair) if r is not None), sample.mapping.repair)
        broken = 0 if "mojibake" in repair else sum(repair_mojibake(text) != text for text in texts)
        if broken:
            remedy = "Corrija a conversão na origem, ou acrescente mojibake a repair no mapeamento."
            yield _rows(sample, name, "mojibake", broken, "UTF-8 lido como Latin-1 (JosÃ©)", remedy)
        lost = sum("\ufffd" in text for text in texts)
        if lost:
            remedy = "A letra original se perdeu antes da visão; só o estado a recupera."
            yield _rows(sample, name, "replaced", lost, "letras trocadas por \ufffd", remedy)


CHECKS: tuple[Check, ...] = (
    lost_fields,
    emptiness,
    readability,
    codes,
    keys,
    watermark,
    speed,
    encodings,
    absent_fields,
)


def informed(sample: Sample, name: str) -> int:
    """In how many rows a field has a value, readable or not."""
    kept = sum(value is not None for value in sample.columns[name])
    return kept + unreadable(sample, name)


def unreadable(sample: Sample, name: str) -> int:
    """In how many rows a field has a value that could not be read."""
    reasons = (reason for reasons in sample.faults.by_row.values() for reason in reasons)
    return sum(reason.field == name and reason.code is not ReasonCode.REQUIRED for reason in reasons)


def _rows(sample: Sample, name: str, check: str, count: int, said: str, remedy: str) -> Finding:
    """Of some rows: a notice while they are few."""
    verdict = Verdict.WRONG if count > TOLERATED * sample.count else Verdict.NOTICE
    return _of(sample, name, check, verdict, said, remedy, count)


def _of(sample: Sample, name: str, check: str, verdict: Verdict, said: str, remedy: str, count: int = 0) -> Finding:
    return Finding(check, verdict, said, remedy, sample.view.name, name, count, sample.count if count else 0)
