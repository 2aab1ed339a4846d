"""The sentences every database system's errors are translated to: what happened, and who does what about it."""

from ingestion.problems import EntryRefused, SourceProblem

# Name of the cause → sentence in pt-BR, and whether waiting may help.
CAUSES: dict[str, tuple[str, bool]] = {
    "refused": (
        "O servidor do estado respondeu e recusou a entrada; confira usuário, senha e nome da base na fonte.",
        False,
    ),
    "denied": ("O usuário da fonte perdeu a permissão de leitura em uma visão; peça ao estado o GRANT SELECT.", False),
    "hidden": (
        "Uma visão do mapeamento não existe mais no banco do estado, ou o usuário da fonte perdeu a permissão de"
        " leitura nela; confira relation no mapeamento e o GRANT SELECT.",
        False,
    ),
    "relation": ("Uma visão do mapeamento não existe mais no banco do estado; confira relation no mapeamento.", False),
    "column": ("Uma coluna do mapeamento não existe mais na visão do estado; atualize o mapeamento.", False),
    "query": ("O banco do estado não aceitou a consulta; confira o mapeamento com as visões do estado.", False),
    "slow": ("O banco do estado demorou demais para responder; verifique índices em (dt_atualizacao, id).", True),
    "stopping": ("O servidor do estado está sendo desligado ou reiniciado.", True),
    "exhausted": ("O servidor do estado está sem recursos (conexões, memória ou disco).", True),
    "cut": ("A conexão com o banco do estado caiu.", True),
    "unreachable": ("Não foi possível falar com o banco do estado (rede, VPN ou servidor fora do ar).", True),
    "charset": ("O banco do estado tem texto fora do seu conjunto de caracteres; diga encoding no mapeamento.", False),
    "library": ("Falta a este servidor a biblioteca cliente do Firebird; instale o pacote libfbclient2.", False),
}  # fmt: skip


def problem(cause: str) -> SourceProblem:
    """The problem of that name."""
    sentence, passing = CAUSES[cause]
    return EntryRefused(sentence) if cause == "refused" else SourceProblem(sentence, passing=passing)
