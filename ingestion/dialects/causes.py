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
    "tls_refused": (
        "O banco do estado recusou TLS (ou alguém no caminho o recusou por ele), e nada foi enviado; o estado deve"
        " ligar o TLS no servidor.",
        False,
    ),
    "tls_unknown": ("Quem responde no servidor e na porta da fonte não fala o protocolo do banco com TLS.", False),
    "tls_old": ("O banco do estado não aceita TLS 1.2 nem 1.3; o estado deve atualizar o servidor.", False),
    "tls_expired": ("O certificado do banco do estado venceu; peça ao estado que o renove.", False),
    "tls_not_yet": ("O certificado do banco do estado ainda não vale; confira o relógio dos dois lados.", False),
    "tls_wrong_name": (
        "O certificado do banco do estado é de outro nome de servidor; confira com o estado o nome na fonte.",
        False,
    ),
    "tls_self_signed": (
        "O certificado do banco do estado é autoassinado; o estado deve instalar um que a autoridade da fonte assinou.",
        False,
    ),
    "tls_untrusted": (
        "O certificado do banco do estado não é da autoridade da fonte; se o estado a trocou, guarde a nova.",
        False,
    ),
    "tls_client": (
        "O banco do estado recusou o certificado de cliente da fonte, ou pede um que ela não tem.",
        False,
    ),
    "tls_absent": ("A sessão com o banco do estado não está cifrada, e foi encerrada sem ler nada.", False),
}  # fmt: skip


def problem(cause: str) -> SourceProblem:
    """The problem of that name."""
    sentence, passing = CAUSES[cause]
    return EntryRefused(sentence) if cause == "refused" else SourceProblem(sentence, passing=passing)
