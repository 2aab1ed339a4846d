"""What a gateway's refusals mean, in our own words: nothing that a state's machine writes is shown as it came."""

import re
import ssl

from ingestion.problems import EntryRefused, SourceProblem

REFERENCE = re.compile(r"GTW-[0-9A-F]{8}")
EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED

# The gateway's code → sentence, and whether waiting may help.
CAUSES: dict[str, tuple[str, bool]] = {
    "token": ("O gateway do estado não conhece o token da fonte; troque-o na fonte e na configuração de lá.", False),
    "view": ("Uma visão do mapeamento não está entre as acordadas no gateway do estado.", False),
    "login": ("O banco do estado recusa o usuário do gateway; o estado deve rodar “senappen-gateway check”.", False),
    "database": ("A base configurada no gateway não existe no servidor do estado.", False),
    "permission": ("O usuário do gateway perdeu a permissão de leitura em uma visão; peça o GRANT SELECT.", False),
    "relation": ("Uma visão configurada no gateway não existe mais no banco do estado.", False),
    "hidden": (
        "Uma visão do gateway não existe mais no banco, ou o usuário dele não pode lê-la (GRANT SELECT).",
        False,
    ),
    "column": ("Uma coluna configurada no gateway não existe mais na visão do estado.", False),
    "query": ("O banco do estado não aceitou a consulta do gateway; confira a configuração de lá.", False),
    "value": ("Uma visão do estado falha ao calcular um valor; o estado deve corrigir a conversão nela.", False),
    "timeout": ("O banco do estado demorou demais; falta índice em (dt_atualizacao, id_origem).", True),
    "unavailable": ("O gateway responde, mas o banco do estado está fora do ar.", True),
    "rate": ("O gateway do estado limita os pedidos; a carga continua depois.", True),
    "streams": ("O gateway do estado está com leituras demais ao mesmo tempo.", True),
}
UNREACHABLE = (
    "Não foi possível falar com o gateway do estado (rede, VPN, serviço parado ou certificado de cliente recusado)."
)
CUT = "A resposta do gateway do estado foi cortada várias vezes; a carga continua do ponto em que parou."
GARBLED = "A resposta do gateway do estado não pôde ser lida; confira se as versões são compatíveis."
WRONG_CERTIFICATE = "O certificado do gateway do estado não confere com a CA da fonte."
OLD_CERTIFICATE = "O certificado do gateway do estado venceu."
REFUSED_CERTIFICATE = "O gateway do estado recusou o certificado de cliente da fonte."


class Interruption(Exception):
    """This attempt failed in a way that another may not. `wait` is what the gateway asked for, in seconds."""

    def __init__(self, cause: str, wait: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.wait = wait


class Missing(SourceProblem):
    """The gateway has no photograph by that key."""


def of_code(code: object, reference: object, status: int = 0) -> SourceProblem:
    """The problem that the gateway names."""
    if code == "photo":
        return Missing("O gateway do estado não tem uma foto apontada por uma visão.", passing=False)
    sentence, passing = CAUSES.get(str(code), (f"O gateway do estado respondeu com erro {status or ''}.", True))
    if isinstance(reference, str) and REFERENCE.fullmatch(reference):
        sentence += f" (referência no gateway: {reference})"
    if code in ("token", "login"):
        return EntryRefused(sentence)
    return SourceProblem(sentence, passing=passing and not 400 <= status < 429)


def of_transport(error: BaseException) -> SourceProblem | Interruption:
    """What a failed exchange means: certificates do not mend themselves, networks do."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            text = OLD_CERTIFICATE if cause.verify_code == EXPIRED else WRONG_CERTIFICATE
            return SourceProblem(text, passing=False)
        if isinstance(cause, ssl.SSLError) and "ALERT" in (cause.reason or ""):
            return SourceProblem(REFUSED_CERTIFICATE, passing=False)
        cause = cause.__cause__ or cause.__context__
    return Interruption(UNREACHABLE)
