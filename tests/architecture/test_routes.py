"""Every address × nobody and each of the five profiles. A new address without a line here fails.

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

WHO = (None, Role.AGENT, Role.REGIONAL_MANAGER, Role.FOCAL_POINT, Role.CORREGEDOR, Role.GENERAL_ADMIN)

_ADMIN = "302 403 403 403 403"  # everyone but the administration
ROUTES = {
    # method and address                  nobody agent regional focal corregedor administration
    "GET /entrar/": "200 302 302 302 302 302",
    "GET /entrar/codigo/": "302 302 302 302 302 302",
    "GET /": "302 302 302 302 302 302",
    "GET /senha/": "302 200 200 200 200 200",
    "POST /sessao/": "302 204 204 204 204 204",
    "POST /sair/": "302 302 302 302 302 302",
    "GET /ajuda/api/": "302 200 200 200 200 200",
    # purpose: whoever consults
    "GET /finalidade/": "302 200 403 403 403 403",
    "POST /finalidade/": "302 200 403 403 403 403",
    "POST /finalidade/encerrar/": "302 302 403 403 403 403",
    # consultation
    "GET /busca/": "302 200 403 403 403 403",
    "POST /busca/": "302 422 403 403 403 403",
    "GET /b/<uuid:pk>/": "302 404 403 403 403 403",
    "GET /pessoas/<uuid:person>/": "302 404 403 403 403 403",
    "GET /pessoas/<uuid:person>/<slug:card>/": "302 404 403 403 403 403",
    "GET /pessoas/<uuid:person>/resumo/": "302 404 403 403 403 403",
    "POST /pessoas/<uuid:person>/cpf/": "302 404 403 403 403 403",
    "GET /fotos/<int:pk>/": "302 404 403 403 403 403",
    "GET /unidades/": "302 200 403 403 403 403",
    "GET /unidades/<uuid:unit>/": "302 404 403 403 403 403",
    "GET /marca.svg": "302 200 200 200 200 200",
    # audit
    "GET /auditoria/": "302 403 403 403 200 200",
    "GET /meus-acessos/": "302 200 200 200 200 200",
    # API
    "POST /api/v1/tokens/": "400 400 400 400 400 400",
    "DELETE /api/v1/tokens/": "401 401 401 401 401 401",  # a session is not a token
    "GET /api/v1/purposes/": "401 200 403 403 403 403",
    "POST /api/v1/purposes/": "401 400 403 403 403 403",
    "POST /api/v1/search/": "401 400 403 403 403 403",
    "GET /api/v1/people/<uuid:person>/": "401 404 403 403 403 403",
    "GET /api/v1/units/": "401 200 403 403 403 403",
    "GET /api/v1/units/<uuid:unit>/": "401 404 403 403 403 403",
    "GET /api/v1/schema/": "401 200 200 200 200 200",
    # administration; an id that does not exist leads back to the first page (302)
    "GET /admin/": f"{_ADMIN} 200",
    "GET /admin/(?P<url>.*)$": f"{_ADMIN} 404",
    "GET /admin/^(?P<app_label>credentialing|ingestion)/$": f"{_ADMIN} 200",
    "GET /admin/autocomplete/": f"{_ADMIN} 403",  # no field asks for it
    "GET /admin/jsi18n/": f"{_ADMIN} 200",
    "GET /admin/login/": f"{_ADMIN} 302",
    "POST /admin/logout/": f"{_ADMIN} 302",
    "GET /admin/password_change/": f"{_ADMIN} 302",
    "GET /admin/password_change/done/": f"{_ADMIN} 302",
    "GET /admin/r/<path:content_type_id>/<path:object_id>/": f"{_ADMIN} 404",
    "GET /admin/credentialing/agency/": f"{_ADMIN} 200",
    "GET /admin/credentialing/agency/add/": f"{_ADMIN} 200",
    "GET /admin/credentialing/agency/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/credentialing/agency/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/credentialing/agency/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/credentialing/agency/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/credentialing/user/": f"{_ADMIN} 200",
    "GET /admin/credentialing/user/add/": f"{_ADMIN} 200",
    "GET /admin/credentialing/user/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/credentialing/user/<path:object_id>/change/": f"{_ADMIN} 302",
    "POST /admin/credentialing/user/<path:object_id>/credenciais/": f"{_ADMIN} 404",
    "GET /admin/credentialing/user/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/credentialing/user/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/ingestion/load/": f"{_ADMIN} 200",
    "GET /admin/ingestion/load/add/": f"{_ADMIN} 403",
    "GET /admin/ingestion/load/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/ingestion/load/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/ingestion/load/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/ingestion/load/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/ingestion/mappingversion/": f"{_ADMIN} 200",
    "GET /admin/ingestion/mappingversion/add/": f"{_ADMIN} 403",
    "GET /admin/ingestion/mappingversion/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/ingestion/mappingversion/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/ingestion/mappingversion/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/ingestion/mappingversion/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/ingestion/rejection/": f"{_ADMIN} 200",
    "GET /admin/ingestion/rejection/add/": f"{_ADMIN} 403",
    "GET /admin/ingestion/rejection/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/ingestion/rejection/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/ingestion/rejection/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/ingestion/rejection/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/ingestion/source/": f"{_ADMIN} 200",
    "GET /admin/ingestion/source/add/": f"{_ADMIN} 200",
    "GET /admin/ingestion/source/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/ingestion/source/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/ingestion/source/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/ingestion/source/<path:object_id>/history/": f"{_ADMIN} 302",
    "GET /admin/ingestion/unmappedcode/": f"{_ADMIN} 200",
    "GET /admin/ingestion/unmappedcode/add/": f"{_ADMIN} 403",
    "GET /admin/ingestion/unmappedcode/<path:object_id>/": f"{_ADMIN} 302",
    "GET /admin/ingestion/unmappedcode/<path:object_id>/change/": f"{_ADMIN} 302",
    "GET /admin/ingestion/unmappedcode/<path:object_id>/delete/": f"{_ADMIN} 403",
    "GET /admin/ingestion/unmappedcode/<path:object_id>/history/": f"{_ADMIN} 302",
}

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "int": "999999999",
    "slug": "movimentacoes",
    "path": "0",
}


@cache
def _addresses() -> tuple[str, ...]:
    return tuple(sorted({f"/{address}" for address in _walk(get_resolver())}))


def _walk(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, address)
        else:
            yield address


def _concrete(address: str) -> str:
    """The address with a sample in each of its places, none of which exists."""
    filled = re.sub(r"<(\w+):\w+>", lambda place: SAMPLES[place[1]], address)
    filled = re.sub(r"\^?\(\?P<\w+>([^)]*)\)", lambda place: place[1].split("|")[0].replace(".*", "nada"), filled)
    return filled.rstrip("$")


def _client(role: Role | None) -> Client:
    if role is None:
        return Client()
    user = make_user(role=role)
    return doors.session(user, make_purpose(user) if role == Role.AGENT else None)


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
    open_to_all = {"/entrar/", "/entrar/codigo/", "/api/v1/tokens/"}
    client = Client()
    reached = {
        f"{method} {address}": status
        for address in _addresses()
        for method in METHODS
        if address not in open_to_all and (status := _call(client, method, address)) not in {302, 401}
    }
    assert reached == {}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AGENT])
def test_no_method_shows_a_consultation_to_a_profile_that_consults_nobody(role: Role) -> None:
    client = _client(role)
    consultation = [
        line.split(" ", 1)[1]
        for line, statuses in ROUTES.items()
        if statuses.endswith("403 403 403 403") and statuses.split()[1] != "403"
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
        elif not address.startswith("/api/") and address != "/entrar/":
            assert _call(client, method, address) == 302, line
