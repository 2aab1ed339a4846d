"""The words of which `audit.sentences` makes sentences: what was consulted, kept or decided, and how it ended."""

from collections.abc import Mapping
from typing import Final

from audit.events import Kind

ACTIONS: Final[Mapping[str, str]] = {
    "search": "uma busca de pessoas",
    "profile": "a ficha de uma pessoa",
    "photo": "uma fotografia",
    "units": "a lista de estabelecimentos",
    "unit": "a página de um estabelecimento",
    "crossings": "os cruzamentos",
    "links": "os vínculos de uma pessoa",
    "path": "o caminho entre duas pessoas",
    "links_export": "um arquivo de vínculos",
    "missing": "a busca de uma pessoa desaparecida",
    "batch": "uma consulta em lote",
    "reviews": "a fila de pares em revisão",
    "review": "um par em revisão",
    "review_statistics": "as estatísticas da revisão",
    "judgements": "os julgamentos de uma pessoa",
    "events": "os eventos dos usuários",
    "mine": "os próprios acessos",
    "rejection": "uma linha da quarentena",
    "dry_run": "linhas da fonte, para ensaiar o mapeamento",
    "recents": "as pessoas abertas há pouco",
    "dossier": "um dossiê",
    "follow": "o acompanhamento de uma pessoa",
    "follows": "os próprios acompanhamentos",
    "notices": "os próprios avisos",
    "folder": "uma pasta",
    "export": "uma exportação de pessoas",
    "seal": "um registro para pôr sob sigilo",
    "file": "de onde saiu um documento",
    "balance": "o balanço mensal da plataforma",
    "misuse": "uma semana de uso, à procura de desvios",
    "alerts": "a fila de desvios",
    "alert": "os eventos de um alerta de desvio",
}
PLACES: Final[Mapping[str, str]] = {
    "search": "em uma busca",
    "profile": "em uma ficha",
    "photo": "em uma fotografia",
    "units": "na lista de estabelecimentos",
    "unit": "na página de um estabelecimento",
    "crossings": "nos cruzamentos",
    "links": "nos vínculos de uma pessoa",
    "path": "no caminho entre duas pessoas",
    "links_export": "em um arquivo de vínculos",
    "missing": "na busca de uma pessoa desaparecida",
    "batch": "numa consulta em lote",
    "reviews": "na fila de pares em revisão",
    "review": "em um par em revisão",
    "review_statistics": "nas estatísticas da revisão",
    "judgements": "nos julgamentos de uma pessoa",
    "recents": "entre as abertas há pouco",
    "dossier": "em um dossiê",
    "follow": "ao pedir um acompanhamento",
    "follows": "entre os próprios acompanhamentos",
    "notices": "nos próprios avisos",
    "folder": "em uma pasta",
    "export": "em uma exportação",
}
# Rows as a state sent them, which nobody has read as persons yet.
ROWS: Final[Mapping[str, str]] = {
    "rejection": "da quarentena",
    "dry_run": "da fonte, em ensaio do mapeamento,",
}
LOGIN_REASONS: Final[Mapping[str, str]] = {
    "password": "senha errada",
    "unknown": "usuário desconhecido",
    "account_closed": "conta inativa",
    "account_frozen": "conta congelada",
    "agency_closed": "órgão suspenso ou com adesão vencida",
    "not_designated": "substituto sem designação em vigor",
    "locked": "bloqueada por excesso de tentativas",
    "code": "código errado",
    "no_device": "conta sem aplicativo autenticador",
    "passkey": "chave de acesso recusada",
    "passkey_challenge": "chave de acesso fora do prazo, ou usada de novo",
    "passkey_unknown": "chave de acesso que a conta não tem",
    "passkey_cloned": "chave de acesso copiada: a contagem de usos voltou atrás",
}
ENDINGS: Final[Mapping[str, str]] = {
    "user": "Saiu da plataforma",
    "idle": "Teve a sessão encerrada por falta de uso",
    "expired": "Teve a sessão encerrada ao chegar ao tempo máximo",
    "frozen": "Teve a sessão encerrada: conta congelada",
    "replaced": "Teve a sessão encerrada: entrou em outro aparelho, ou alguém a encerrou",
    "closed": "Teve a sessão encerrada: conta ou órgão sem acesso",
    "unverified": "Teve a sessão encerrada: segundo fator ausente",
}
CHANGES: Final[Mapping[str, str]] = {
    "add": "Cadastrou",
    "change": "Alterou",
    "delete": "Excluiu",
    "credentials": "Emitiu novas credenciais de",
}
ASKED: Final[Mapping[str, str]] = {
    "text": "busca geral",
    "name": "nome",
    "mother": "mãe",
    "birth": "nascimento",
    "document": "documento",
    "precision": "precisão",
    "filters": "filtros",
    "page": "página",
    "person": "pessoa",
    "other": "outra pessoa",
    "kinds": "tipos de vínculo",
    "strength": "força mínima",
    "until": "até",
    "format": "formato",
    "skip": "a partir de",
    "unit": "estabelecimento",
    "of": "lista",
    "reason": "motivo",
    "uf": "UF",
    "since": "desde",
    "age": "idade",
    "sex": "sexo",
    "race": "cor ou raça",
    "marks": "sinais",
    "seen_on": "vista em",
    "photo": "fotografia",
    "origin": "origem",
    "rejection": "linha da quarentena",
    "review": "par em revisão",
    "judgement": "julgamento",
    "sections": "seções",
    "folder": "pasta",
    "export": "pedido de exportação",
}


# What a user does with the work they keep, by the action of the event.
WORK: Final[Mapping[str, str]] = {
    "saved.keep": "Salvou uma busca",
    "diagram.keep": "Guardou um diagrama",
    "diagram.forget": "Excluiu um diagrama",
    "saved.forget": "Excluiu uma busca salva",
    "follow.ask": "Pediu um acompanhamento",
    "follow.approve": "Aprovou um acompanhamento",
    "follow.refuse": "Recusou um acompanhamento",
    "follow.end": "Encerrou um acompanhamento",
    "folder.open": "Abriu uma pasta",
    "folder.add": "Incluiu em uma pasta",
    "folder.remove": "Retirou de uma pasta",
    "folder.note": "Escreveu uma nota em uma pasta",
    "folder.withdraw": "Retirou uma nota de uma pasta",
    "folder.share": "Compartilhou uma pasta",
    "folder.unshare": "Deixou de compartilhar uma pasta",
    "folder.close": "Encerrou uma pasta",
    "export.ask": "Pediu uma exportação acima do limite",
    "export.approve": "Aprovou uma exportação",
    "export.refuse": "Recusou uma exportação",
    "export.take": "Baixou uma exportação aprovada",
}
# What is done about a case of possible misuse, and why there is one.
STEPS: Final[Mapping[str, str]] = {
    "ask": "Pediu explicação",
    "explain": "Explicou o próprio uso",
    "confirm": "Confirmou a explicação",
    "contest": "Não confirmou a explicação",
    "justified": "Decidiu que o uso se justifica",
    "inconclusive": "Decidiu que não se pôde concluir",
    "misuse": "Decidiu que houve uso indevido",
    "block": "Bloqueou a conta",
    "unblock": "Liberou a conta",
    "refer": "Registrou um encaminhamento",
    "reopen": "Reabriu a decisão",
}
CAUSES: Final[Mapping[str, str]] = {
    "signs": "Viu sinais de desvio",
    "automation": "Pôs na fila uma conta congelada",
    "sample": "Pôs na fila uma conta sorteada",
}
KEYS: Final[Mapping[str, str]] = {
    "register": "Cadastrou",
    "freeze": "Congelou",
    "open": "Liberou",
    "revoke": "Revogou",
}
# What became of a seal or of a grant to it, by kind and step.
SEALS: Final[Mapping[tuple[str, str], str]] = {
    (Kind.SEAL_LIFTED, "proposed"): "Propôs levantar um sigilo",
    (Kind.SEAL_LIFTED, "kept"): "Desfez a proposta de levantar um sigilo",
    (Kind.SEAL_LIFTED, "confirmed"): "Confirmou o levantamento de um sigilo",
    (Kind.SEAL_GRANTED, "proposed"): "Propôs autorizar por nome, em um sigilo,",
    (Kind.SEAL_GRANTED, "confirmed"): "Confirmou a autorização por nome, em um sigilo, de",
    (Kind.SEAL_GRANT_REVOKED, ""): "Revogou a autorização por nome, em um sigilo, de",
}
# What becomes of an agency, by the action of the event.
AGENCY: Final[Mapping[str, str]] = {
    "adhesion.asked": "Registrou o pedido de adesão de",
    "adhesion.validated": "Validou o pedido de adesão de",
    "adhesion.first_approved": "Deu a primeira aprovação à adesão de",
    "adhesion.approved": "Deu a segunda aprovação à adesão de",
    "adhesion.returned": "Devolveu para correção o pedido de adesão de",
    "adhesion.refused": "Recusou o pedido de adesão de",
    "adhesion.account": "Criou a conta de um indicado de",
    "agency.suspend": "Suspendeu o órgão",
    "agency.lift": "Levantou a suspensão do órgão",
    "agency.prolong": "Mudou o prazo da adesão de",
    "agency.warn": "Avisou que se aproxima o fim da adesão de",
    "agency.expire": "Encerrou, pelo prazo, os acessos de",
    "substitute.designate": "Designou um substituto de",
    "substitute.end": "Encerrou a designação de um substituto de",
}
# What becomes of a monthly report, by the action of the event.
REPORT: Final[Mapping[str, str]] = {
    "report.prepare": "Preparou",
    "report.remark": "Completou",
    "report.sign": "Assinou e entregou",
    "report.read": "Leu",
    "report.pdf": "Levou em PDF",
    "report.xlsx": "Levou em planilha",
}
VERDICTS: Final[Mapping[str, str]] = {
    "same": "mesma pessoa",
    "different": "pessoas diferentes",
    "unsure": "não sei",
}
