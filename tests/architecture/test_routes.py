"""Every address × nobody and each of the eight profiles. A new address without a line here fails.

The columns are HTTP statuses. 302 is the way to the login for nobody, to a profile's own screen for the home page;
an unknown id answers 404 to whoever may ask for it and 403 to whoever may not, so that asking tells nothing.
"""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from credentialing.roles import Role
from tests import doors
from tests.factories.credentialing import make_purpose, make_user

pytestmark = pytest.mark.django_db(databases=["default", "audit"])

WHO = (
    None,
    Role.AGENT,
    Role.IDENTITY_REVIEWER,
    Role.REGIONAL_MANAGER,
    Role.FOCAL_POINT,
    Role.CORREGEDOR,
    Role.STATE_TECHNICIAN,
    Role.STATISTICIAN,
    Role.GENERAL_ADMIN,
)

CONSULTING = {Role.AGENT, Role.IDENTITY_REVIEWER}

_ADMIN = "302 403 403 403 403 403 403 403"  # everyone but the administration


def _model(name: str, *, add: int, delete: int) -> dict[str, str]:
    """The pages of a model in the admin site; an id that does not exist leads back to the first page (302)."""
    pages = {"": 200, "add/": add, "<path:object_id>/": 302, "<path:object_id>/change/": 302}
    pages |= {"<path:object_id>/delete/": delete, "<path:object_id>/history/": 302}
    return {f"GET /admin/{name}/{page}": f"{_ADMIN} {status}" for page, status in pages.items()}


ROUTES = {
    # method and address                  nobody agent reviewer regional focal corregedor technician statistician admin
    "GET /entrar/": "200 302 302 302 302 302 302 302 302",
    "GET /entrar/codigo/": "302 302 302 302 302 302 302 302 302",
    # with gov.br: not there unless it is configured
    "GET /entrar/govbr/": "302 404 404 404 404 404 404 404 404",
    "GET /entrar/govbr/retorno/": "302 404 404 404 404 404 404 404 404",
    "GET /": "302 302 302 302 302 302 302 302 302",
    "GET /confirmar/": "302 200 200 200 200 200 200 200 200",
    "GET /senha/": "302 200 200 200 200 200 200 200 200",
    "GET /sessao/": "302 200 200 200 200 200 200 200 200",
    "POST /sessao/": "302 200 200 200 200 200 200 200 200",
    "GET /sessoes/": "302 200 200 200 200 200 200 200 200",
    "POST /sessoes/credenciais/revogar/": "302 302 302 302 302 302 302 302 302",
    "POST /sair/": "302 302 302 302 302 302 302 302 302",
    "GET /inicio/": "302 200 200 200 200 200 200 200 200",
    "GET /ajuda/": "302 200 200 200 200 200 200 200 200",
    "GET /ajuda/api/": "302 200 200 200 200 200 200 200 200",
    "GET /metrics": "404 404 404 404 404 404 404 404 404",
    # taking an account over: nobody has a session yet, and a link that does not exist looks like any other
    "GET /primeiro-acesso/<uuid:pk>/": "200 200 200 200 200 200 200 200 200",
    "POST /primeiro-acesso/<uuid:pk>/": "422 422 422 422 422 422 422 422 422",
    "GET /primeiro-acesso/<uuid:pk>/conta/": "302 302 302 302 302 302 302 302 302",
    "POST /primeiro-acesso/<uuid:pk>/conta/": "302 302 302 302 302 302 302 302 302",
    # people: who asks, decides and answers for accounts
    "GET /minha-conta/": "302 200 200 200 200 200 200 200 200",
    # passkeys: of one's own account; what is no answer of an authenticator is refused
    "POST /minha-conta/chaves/iniciar/": "302 200 200 200 200 200 200 200 200",
    "POST /minha-conta/chaves/": "302 422 422 422 422 422 422 422 422",
    "POST /minha-conta/chaves/<int:pk>/remover/": "302 404 404 404 404 404 404 404 404",
    "POST /entrar/chave/iniciar/": "302 302 302 302 302 302 302 302 302",
    "POST /entrar/chave/": "302 302 302 302 302 302 302 302 302",
    "POST /confirmar/chave/iniciar/": "302 422 422 422 422 422 422 422 422",
    "POST /confirmar/chave/": "302 422 422 422 422 422 422 422 422",
    "GET /solicitacoes/": "302 403 403 200 200 403 403 403 200",
    "GET /solicitacoes/nova/": "302 403 403 200 200 403 403 403 403",
    "POST /solicitacoes/nova/": "302 403 403 422 422 403 403 403 403",
    "GET /solicitacoes/<uuid:pk>/": "302 403 403 404 404 403 403 403 404",
    "POST /solicitacoes/<uuid:pk>/decidir/": "302 403 403 404 404 403 403 403 404",
    "POST /solicitacoes/<uuid:pk>/retirar/": "302 403 403 404 404 403 403 403 403",
    "GET /contas/": "302 403 403 200 200 403 403 403 200",
    "POST /contas/atestar/": "302 403 403 403 302 403 403 403 302",
    "GET /contas/<int:pk>/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/encerrar/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/reabrir/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/atividades/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/lotacao/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/cpf/": "302 403 403 404 404 403 403 403 404",
    "POST /contas/<int:pk>/primeiro-acesso/": "302 403 403 404 404 403 403 403 404",
    # purpose: whoever consults
    "GET /finalidade/": "302 200 200 403 403 403 403 403 403",
    "POST /finalidade/": "302 200 200 403 403 403 403 403 403",
    "POST /finalidade/encerrar/": "302 302 302 403 403 403 403 403 403",
    # agencies: the coordination, and those who answer for one for their own
    "GET /orgaos/": "302 403 403 403 403 403 403 403 200",
    "GET /orgaos/<int:pk>/": "302 403 403 403 404 404 403 403 404",
    "POST /orgaos/<int:pk>/suspender/": "302 403 403 403 403 403 403 403 404",
    "POST /orgaos/<int:pk>/reabrir/": "302 403 403 403 403 403 403 403 404",
    "POST /orgaos/<int:pk>/prazo/": "302 403 403 403 403 403 403 403 404",
    "POST /orgaos/<int:pk>/substitutos/<int:user>/designar/": "302 403 403 403 404 404 403 403 404",
    "POST /orgaos/<int:pk>/designacoes/<int:designation>/encerrar/": "302 403 403 403 404 404 403 403 404",
    "GET /adesoes/nova/": "302 403 403 403 403 403 403 403 200",
    "POST /adesoes/nova/": "302 403 403 403 403 403 403 403 422",
    "GET /adesoes/<uuid:pk>/": "302 403 403 403 403 403 403 403 404",
    "POST /adesoes/<uuid:pk>/corrigir/": "302 403 403 403 403 403 403 403 404",
    "POST /adesoes/<uuid:pk>/decidir/": "302 403 403 403 403 403 403 403 404",
    # monthly reports and notices
    "GET /relatorios/": "302 403 403 403 200 200 403 403 200",
    "POST /relatorios/preparar/": "302 403 403 403 422 422 403 403 422",
    "GET /relatorios/<int:pk>/": "302 403 403 403 404 404 403 403 404",
    "POST /relatorios/<int:pk>/observacoes/": "302 403 403 403 404 404 403 403 404",
    "POST /relatorios/<int:pk>/assinar/": "302 403 403 403 404 404 403 403 404",
    "GET /relatorios/<int:pk>/arquivo.<slug:kind>": "302 403 403 403 404 404 403 403 404",
    "GET /balanco/": "302 403 403 403 403 403 403 403 200",
    "GET /avisos-do-sistema/": "302 403 403 403 403 403 403 403 200",
    "POST /avisos-do-sistema/": "302 403 403 403 403 403 403 403 422",
    "POST /avisos-do-sistema/<int:pk>/retirar/": "302 403 403 403 403 403 403 403 404",
    # consultation
    "GET /busca/": "302 200 200 403 403 403 403 403 403",
    "POST /busca/": "302 422 422 403 403 403 403 403 403",
    "GET /b/<uuid:pk>/": "302 404 404 403 403 403 403 403 403",
    "GET /lote/": "302 200 200 403 403 403 403 403 403",
    "POST /lote/": "302 422 422 403 403 403 403 403 403",
    "GET /lote/<uuid:pk>/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/<slug:card>/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/motivo/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/motivo/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/resumo/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/cpf/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/vinculos/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/vinculos/expandir/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/vinculos/caminho/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/vinculos/exportar/": "302 404 404 403 403 403 403 403 403",
    "GET /fotos/<int:pk>/": "302 404 404 403 403 403 403 403 403",
    "GET /cruzamentos/": "302 200 200 403 403 403 403 403 403",
    "GET /cruzamentos/<slug:of>/": "302 404 404 403 403 403 403 403 403",
    "GET /cruzamentos/<slug:of>/motivo/": "302 404 404 403 403 403 403 403 403",
    "GET /desaparecidos/": "302 200 200 403 403 403 403 403 403",
    "POST /desaparecidos/": "302 422 422 403 403 403 403 403 403",
    "GET /desaparecidos/<uuid:pk>/": "302 404 404 403 403 403 403 403 403",
    "GET /unidades/": "302 200 200 403 403 403 403 403 403",
    "GET /unidades/<uuid:unit>/": "302 404 404 403 403 403 403 403 403",
    "GET /unidades/<uuid:unit>/relacao/": "302 404 404 403 403 403 403 403 403",
    # kept work
    "GET /pessoas/<uuid:person>/dossie/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/dossie/pdf/": "302 404 404 403 403 403 403 403 403",
    "GET /acompanhamentos/": "302 200 200 403 403 403 403 403 403",
    "POST /acompanhamentos/<uuid:pk>/encerrar/": "302 404 404 403 403 403 403 403 403",
    "GET /acompanhamentos/<uuid:pk>/renovar/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/acompanhar/": "302 404 404 403 403 403 403 403 403",
    "GET /buscas/<uuid:pk>/acompanhar/": "302 404 404 403 403 403 403 403 403",
    "GET /avisos/": "302 200 200 403 403 403 403 403 403",
    "POST /avisos/lidos/": "302 302 302 403 403 403 403 403 403",
    "POST /avisos/preferencias/": "302 302 302 403 403 403 403 403 403",
    # decisions: the second person, who consults nobody
    "GET /aprovacoes/": "302 403 403 200 403 403 403 403 403",
    "POST /aprovacoes/acompanhamentos/<uuid:pk>/": "302 403 403 404 403 403 403 403 403",
    "POST /aprovacoes/exportacoes/<uuid:pk>/": "302 403 403 404 403 403 403 403 403",
    "GET /pastas/": "302 200 200 403 403 403 403 403 403",
    "GET /pastas/<uuid:pk>/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/buscas/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/itens/<uuid:item>/abrir/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/itens/<uuid:item>/retirar/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/notas/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/notas/<uuid:note>/retirar/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/compartilhar/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/compartilhar/<int:grant>/retirar/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/encerrar/": "302 404 404 403 403 403 403 403 403",
    "POST /pastas/<uuid:pk>/exportar/": "302 404 404 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/guardar/": "302 404 404 403 403 403 403 403 403",
    "POST /b/<uuid:pk>/exportar/": "302 404 404 403 403 403 403 403 403",
    "GET /exportacoes/": "302 200 200 403 403 403 403 403 403",
    "POST /exportacoes/<uuid:pk>/baixar/": "302 404 404 403 403 403 403 403 403",
    "GET /recentes/": "302 200 200 403 403 403 403 403 403",
    "GET /diagramas/": "302 200 200 403 403 403 403 403 403",
    "GET /diagramas/<uuid:pk>/": "302 404 404 403 403 403 403 403 403",
    "POST /diagramas/<uuid:pk>/excluir/": "302 404 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/vinculos/guardar/": "302 422 422 403 403 403 403 403 403",
    "GET /buscas/": "302 200 200 403 403 403 403 403 403",
    "POST /buscas/<uuid:pk>/abrir/": "302 404 404 403 403 403 403 403 403",
    "POST /buscas/<uuid:pk>/excluir/": "302 404 404 403 403 403 403 403 403",
    "POST /b/<uuid:pk>/guardar/": "302 404 404 403 403 403 403 403 403",
    "GET /acesso-excepcional/": "302 200 403 403 403 403 403 403 403",
    "POST /acesso-excepcional/": "302 422 403 403 403 403 403 403 403",
    "GET /acessos-excepcionais/": "302 403 403 403 403 200 403 403 403",
    "POST /acessos-excepcionais/<uuid:pk>/parecer/": "302 403 403 403 403 422 403 403 403",
    # misuse: the corregedor judges, the centre the corregedores; everybody explains, superiors confirm
    "GET /desvios/": "302 403 403 403 403 200 403 403 200",
    "GET /desvios/<int:pk>/": "302 403 403 403 403 404 403 403 404",
    "POST /desvios/<int:pk>/andamento/": "302 403 403 403 403 404 403 403 404",
    "GET /desvios/iscas/": "302 403 403 403 403 403 403 403 200",
    "POST /desvios/iscas/<int:pk>/retirar/": "302 403 403 403 403 403 403 403 404",
    "GET /explicacoes/": "302 200 200 200 200 200 200 200 200",
    "POST /explicacoes/<int:pk>/": "302 404 404 404 404 404 404 404 404",
    "GET /confirmacoes/": "302 403 403 200 200 403 403 403 403",
    "POST /confirmacoes/<int:pk>/": "302 403 403 404 404 403 403 403 403",
    # seals: whoever keeps them, who consults nobody
    "GET /sigilos/": "302 403 403 403 403 403 403 403 200",
    "GET /sigilos/pedidos/": "302 403 403 403 403 403 403 403 200",
    "GET /sigilos/pedidos/<uuid:pk>/": "302 403 403 403 403 403 403 403 404",
    "POST /sigilos/pedidos/<uuid:pk>/": "302 403 403 403 403 403 403 403 404",
    "GET /pedidos-de-sigilo/": "302 200 403 403 200 403 403 403 403",
    "GET /pedidos-de-sigilo/novo/": "302 200 403 403 200 403 403 403 403",
    "POST /pedidos-de-sigilo/novo/": "302 422 403 403 422 403 403 403 403",
    "POST /pedidos-de-sigilo/<uuid:pk>/retirar/": "302 404 403 403 404 403 403 403 403",
    "GET /pessoas/<uuid:person>/pedir-sigilo/": "302 404 403 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/pedir-sigilo/": "302 404 403 403 403 403 403 403 403",
    "GET /sigilos/ordenar/": "302 403 403 403 403 403 403 403 200",
    "POST /sigilos/ordenar/": "302 403 403 403 403 403 403 403 422",
    "GET /sigilos/<uuid:pk>/": "302 403 403 403 403 403 403 403 404",
    "POST /sigilos/<uuid:pk>/autorizar/": "302 403 403 403 403 403 403 403 404",
    "POST /sigilos/autorizacoes/<int:pk>/": "302 403 403 403 403 403 403 403 404",
    "POST /sigilos/<uuid:pk>/levantar/": "302 403 403 403 403 403 403 403 404",
    "POST /sigilos/<uuid:pk>/levantar/decidir/": "302 403 403 403 403 403 403 403 404",
    # statistics: numbers for several profiles, the people behind them for whoever consults
    "GET /estatisticas/": "302 302 403 302 403 403 403 302 302",
    "GET /estatisticas/<slug:panel>/": "302 404 403 404 403 403 403 404 404",
    "GET /estatisticas/<slug:panel>/arquivo.<slug:kind>": "302 404 403 404 403 403 403 404 404",
    "POST /estatisticas/<slug:panel>/salvar/": "302 404 403 404 403 403 403 404 404",
    "POST /estatisticas/salvos/<int:pk>/excluir/": "302 404 403 404 403 403 403 404 404",
    "GET /estatisticas/levantamento/": "302 200 403 200 403 403 403 200 200",
    "POST /estatisticas/levantamento/": "302 403 403 403 403 403 403 404 403",
    "GET /estatisticas/levantamento/pais.<slug:kind>": "302 404 403 403 403 403 403 403 403",
    "GET /estatisticas/levantamento/<int:pk>/": "302 404 403 404 403 403 403 404 404",
    "POST /estatisticas/levantamento/<int:pk>/assinar/": "302 404 403 404 403 403 403 404 404",
    "GET /estatisticas/levantamento/<int:pk>/arquivo.<slug:kind>": "302 404 403 404 403 403 403 404 404",
    "GET /estatisticas/pessoas/": "302 404 403 403 403 403 403 403 403",
    "GET /marca.svg": "302 200 200 200 200 200 200 200 200",
    # review desk: whoever judges identity
    "GET /duplicatas/": "302 403 200 403 403 403 403 403 403",
    "GET /duplicatas/estatisticas/": "302 403 200 403 403 403 403 403 403",
    "POST /duplicatas/proximo/": "302 403 302 403 403 403 403 403 403",
    "POST /duplicatas/desfazer/": "302 403 302 403 403 403 403 403 403",
    "GET /duplicatas/<int:review>/": "302 403 404 403 403 403 403 403 403",
    "POST /duplicatas/<int:review>/voto/": "302 403 302 403 403 403 403 403 403",
    "POST /duplicatas/<int:review>/pular/": "302 403 302 403 403 403 403 403 403",
    "POST /duplicatas/<int:review>/sair/": "302 403 302 403 403 403 403 403 403",
    "GET /pessoas/<uuid:person>/julgamentos/": "302 403 404 403 403 403 403 403 403",
    "POST /pessoas/<uuid:person>/julgamentos/<int:judgement>/revogar/": "302 403 404 403 403 403 403 403 403",
    # agreements: whoever sees connectors, and those who answer for an agency that is a party
    "GET /acordos/": "302 403 403 403 200 200 200 403 200",
    "GET /acordos/<int:pk>/": "302 403 403 403 404 404 404 403 404",
    "POST /acordos/<int:pk>/metas/<int:goal>/": "302 403 403 403 403 403 403 403 404",
    "POST /acordos/<int:pk>/prorrogar/": "302 403 403 403 403 403 403 403 404",
    "POST /acordos/<int:pk>/denunciar/": "302 403 403 403 403 403 403 403 404",
    # connectors: the administration, and a state's technician for its own
    "GET /conectores/": "302 403 403 403 403 403 200 403 200",
    "GET /conectores/qualidade/": "302 403 403 403 403 403 403 403 200",
    "GET /conectores/achados/": "302 403 403 403 403 403 403 403 200",
    "GET /conectores/<slug:code>/achados/<str:name>/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/achados/<int:pk>/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/achados/<int:pk>/tratar/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/qualidade/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/carregar/": "302 403 403 403 403 403 403 403 404",
    "POST /conectores/<slug:code>/conferir/": "302 403 403 403 403 403 403 403 404",
    "POST /conectores/<slug:code>/pausar/": "302 403 403 403 403 403 403 403 404",
    "POST /conectores/<slug:code>/retomar/": "302 403 403 403 403 403 403 403 404",
    "POST /conectores/<slug:code>/cargas/<int:pk>/exclusoes/": "302 403 403 403 403 403 403 403 404",
    "GET /conectores/<slug:code>/cargas/<int:pk>/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/cargas/<int:pk>/andamento/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/quarentena/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/quarentena/<int:pk>/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/quarentena/reprocessar/": "302 403 403 403 403 403 404 403 404",
    "GET /conectores/<slug:code>/codigos/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/codigos/": "302 403 403 403 403 403 403 403 404",
    "GET /conectores/<slug:code>/mapeamento/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/mapeamento/": "302 403 403 403 403 403 403 403 404",
    "GET /conectores/<slug:code>/mapeamento/v<int:number>/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/mapeamento/v<int:number>/": "302 403 403 403 403 403 403 403 404",
    "POST /conectores/<slug:code>/mapeamento/releitura/": "302 403 403 403 403 403 403 403 404",
    "GET /conectores/<slug:code>/esquema/": "302 403 403 403 403 403 404 403 404",
    "POST /conectores/<slug:code>/esquema/": "302 403 403 403 403 403 403 403 404",
    # audit
    "GET /auditoria/": "302 403 403 403 403 200 403 403 200",
    "POST /auditoria/": "302 403 403 403 403 302 403 403 302",
    "POST /auditoria/exportar/": "302 403 403 403 403 200 403 403 200",
    "GET /auditoria/conferir/": "302 403 403 403 403 200 403 403 200",
    "GET /meus-acessos/": "302 200 200 200 200 200 200 200 200",
    # API
    "POST /api/v1/tokens/": "400 400 400 400 400 400 400 400 400",
    "DELETE /api/v1/tokens/": "401 401 401 401 401 401 401 401 401",  # a session is not a token
    "GET /api/v1/purposes/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/purposes/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/search/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/batch/": "401 400 400 403 403 403 403 403 403",
    "GET /api/v1/people/<uuid:person>/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/people/<uuid:person>/links/": "401 404 404 403 403 403 403 403 403",
    "POST /api/v1/people/<uuid:person>/path/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/crossings/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/missing/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/exports/": "401 400 400 403 403 403 403 403 403",
    "GET /api/v1/approvals/": "401 403 403 200 403 403 403 403 403",
    "POST /api/v1/approvals/exports/<uuid:pk>/": "401 403 403 404 403 403 403 403 403",
    "POST /api/v1/approvals/follows/<uuid:pk>/": "401 403 403 404 403 403 403 403 403",
    "GET /api/v1/folders/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/folders/": "401 400 400 403 403 403 403 403 403",
    "GET /api/v1/folders/<uuid:pk>/": "401 404 404 403 403 403 403 403 403",
    "POST /api/v1/folders/<uuid:pk>/people/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/folders/<uuid:pk>/notes/": "401 400 400 403 403 403 403 403 403",
    "POST /api/v1/people/<uuid:person>/seal-requests/": "401 404 403 403 403 403 403 403 403",
    "GET /api/v1/seal-requests/": "401 200 403 403 200 403 403 403 403",
    "POST /api/v1/seal-requests/": "401 400 403 403 400 403 403 403 403",
    "DELETE /api/v1/seal-requests/<uuid:pk>/": "401 404 403 403 404 403 403 403 403",
    "GET /api/v1/follows/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/follows/": "401 400 400 403 403 403 403 403 403",
    "DELETE /api/v1/follows/<uuid:pk>/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/notices/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/people/<uuid:person>/dossier/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/recents/": "401 200 200 403 403 403 403 403 403",
    "GET /api/v1/diagrams/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/diagrams/": "401 400 400 403 403 403 403 403 403",
    "GET /api/v1/diagrams/<uuid:pk>/": "401 404 404 403 403 403 403 403 403",
    "DELETE /api/v1/diagrams/<uuid:pk>/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/saved-searches/": "401 200 200 403 403 403 403 403 403",
    "POST /api/v1/saved-searches/": "401 400 400 403 403 403 403 403 403",
    "DELETE /api/v1/saved-searches/<uuid:pk>/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/reviews/": "401 403 200 403 403 403 403 403 403",
    "GET /api/v1/reviews/<int:review>/": "401 403 404 403 403 403 403 403 403",
    "POST /api/v1/reviews/<int:review>/votes/": "401 403 400 403 403 403 403 403 403",
    "GET /api/v1/estatisticas/": "401 200 403 200 403 403 403 200 200",
    "GET /api/v1/estatisticas/cobertura/": "401 404 403 404 403 403 403 404 404",
    "GET /api/v1/estatisticas/visao-geral/": "401 404 403 404 403 403 403 404 404",
    "GET /api/v1/estatisticas/<slug:figure>/": "401 404 403 404 403 403 403 404 404",
    "GET /api/v1/units/": "401 200 200 403 403 403 403 403 403",
    "GET /api/v1/units/<uuid:unit>/": "401 404 404 403 403 403 403 403 403",
    "GET /api/v1/schema/": "401 200 200 200 200 200 200 200 200",
    # administration
    "GET /admin/": f"{_ADMIN} 200",
    "GET /admin/<url>": f"{_ADMIN} 404",
    "GET /admin/<app_label>/": f"{_ADMIN} 200",
    "GET /admin/autocomplete/": f"{_ADMIN} 403",  # no field asks for it
    "GET /admin/jsi18n/": f"{_ADMIN} 200",
    "GET /admin/login/": f"{_ADMIN} 302",
    "POST /admin/logout/": f"{_ADMIN} 302",
    "GET /admin/password_change/": f"{_ADMIN} 302",
    "GET /admin/password_change/done/": f"{_ADMIN} 302",
    "GET /admin/r/<path:content_type_id>/<path:object_id>/": f"{_ADMIN} 404",
    **_model("credentialing/agency", add=403, delete=403),
    **_model("credentialing/agencykey", add=200, delete=403),
    **_model("credentialing/user", add=200, delete=403),
    **_model("ingestion/source", add=200, delete=403),
    **_model("ingestion/agreement", add=200, delete=403),
    **_model("ingestion/alert", add=403, delete=403),
    **_model("ingestion/mappingversion", add=403, delete=403),
    **_model("ingestion/load", add=403, delete=403),
    **_model("ingestion/rejection", add=403, delete=403),
    **_model("ingestion/unmappedcode", add=403, delete=403),
    "POST /admin/credentialing/user/<path:object_id>/primeiro-acesso/": f"{_ADMIN} 404",
}

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# For whoever has no session yet; without the code they lead nowhere (tests/credentialing/test_first_access.py).
FIRST_ACCESS = {"/primeiro-acesso/<uuid:pk>/", "/primeiro-acesso/<uuid:pk>/conta/"}
SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "999999999",
    "slug": "movimentacoes",
    "path": "0",
    "app_label": "credentialing",
    "url": "nada",
    "str": "nada",
}


@cache
def _addresses() -> tuple[str, ...]:
    return tuple(sorted({f"/{_readable(address)}" for address in _walk(get_resolver())}))


def _readable(address: str) -> str:
    """Django's admin site writes two of its addresses as regular expressions."""
    return re.sub(r"\^?\(\?P(<\w+>)[^)]*\)", r"\1", address).rstrip("$")


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, address)
        else:
            yield address


def _concrete(address: str) -> str:
    """The address with a sample in each of its places, none of which exists."""
    return re.sub(r"<(\w+)(:\w+)?>", lambda place: SAMPLES[place[1]], address)


def _client(role: Role | None) -> Client:
    if role is None:
        return Client()
    user = make_user(role=role)
    return doors.session(user, make_purpose(user) if role in CONSULTING else None)


def _call(client: Client, method: str, address: str) -> int:
    return client.generic(method, _concrete(address), b"{}", content_type="application/json").status_code


def test_every_address_is_in_the_table() -> None:
    listed = {line.split(" ", 1)[1] for line in ROUTES}
    assert sorted(listed ^ set(_addresses())) == []


@pytest.mark.parametrize("role", WHO, ids=lambda role: role or "nobody")
def test_each_address_answers_each_profile_as_the_table_says(role: Role | None) -> None:
    column = WHO.index(role)
    expected = {line: int(statuses.split()[column]) for line, statuses in ROUTES.items()}
    client, answered = _client(role), {}
    for line in ROUTES:
        method, address = line.split(" ", 1)
        ends_something = method == "POST" and address.endswith(("sair/", "logout/", "encerrar/"))
        answered[line] = _call(_client(role) if ends_something else client, method, address)
    assert answered == expected


def test_nobody_gets_further_than_the_login_by_any_method() -> None:
    # The metrics have a token of their own, and are not there where none is set.
    # A passkey's challenge is for whoever has proven the password (tests/credentialing/test_passkeys.py).
    entering = {"/entrar/", "/entrar/codigo/", "/entrar/chave/", "/entrar/chave/iniciar/"}
    open_to_all = {*entering, "/api/v1/tokens/", "/metrics", *FIRST_ACCESS}
    client = Client()
    reached = {
        f"{method} {address}": status
        for address in _addresses()
        for method in METHODS
        if address not in open_to_all and (status := _call(client, method, address)) not in {302, 401}
    }
    assert reached == {}


@pytest.mark.parametrize("role", [role for role in Role if role not in CONSULTING])
def test_no_method_shows_a_consultation_to_a_profile_that_consults_nobody(role: Role) -> None:
    client = _client(role)
    consultation = [
        line.split(" ", 1)[1]
        for line, statuses in ROUTES.items()
        if statuses.endswith("403 403 403 403 403") and statuses.split()[2] != "403"
    ]
    for address in consultation:
        for method in METHODS:
            assert _call(client, method, address) in {403, 405}, f"{method} {address}"


def test_a_token_opens_the_api_like_a_session_and_no_page() -> None:
    user = make_user()
    client = doors.token(user, make_purpose(user))
    for line, statuses in ROUTES.items():
        method, address = line.split(" ", 1)
        if address.startswith("/api/") and "tokens" not in address:
            assert _call(client, method, address) == int(statuses.split()[1]), line
        elif not address.startswith("/api/") and address not in {"/entrar/", "/metrics", *FIRST_ACCESS}:
            assert _call(client, method, address) == 302, line
