"""What a well-formed `api` section may still get wrong."""

from collections.abc import Iterator

from ingestion.mapping.api import Api, ApiKey, Cursor, HttpServer, Incremental, Keyset, Offset, PageNumber
from ingestion.mapping.schema import Mapping, ViewMapping


def problems_of(mapping: Mapping) -> Iterator[str]:
    """Sentences in pt-BR without their full stop, none for a usable section."""
    api = mapping.api
    if api:
        yield from _of_authentication("api", api)
    if mapping.photos:
        yield from _of_authentication("photos", mapping.photos)
    if api and mapping.photos:
        yield "photos: com a seção api, o endereço das fotos vai em api.photo"
    for name, view in mapping.views.items():
        yield from _of_view(api, f"views.{name}", view)
        if api is None:
            yield from _of_photographs(f"views.{name}", view, served=mapping.photos is not None)


def _of_authentication(section: str, server: HttpServer) -> Iterator[str]:
    given = server.authentication
    if isinstance(given, ApiKey) and bool(given.header) == bool(given.query):
        yield f"{section}.authentication: diga header ou query, um dos dois"
    if (given.certificate is None) != (given.key is None):
        yield f"{section}.authentication: certificate e key vão juntos"


def _of_photographs(place: str, view: ViewMapping, *, served: bool) -> Iterator[str]:
    """By SQL, images are at addresses of one server or in one folder."""
    kinds = {field.photo for field in view.fields.values()}
    if "url" in kinds and not served:
        yield f"{place}: photo url só vale com a seção photos, que diz o servidor das fotos; ou use blob ou path"
    if "path" in kinds and served:
        yield f"{place}: com a seção photos, use photo url; path é de pasta montada"


def _of_view(api: Api | None, place: str, view: ViewMapping) -> Iterator[str]:
    if api is None:
        if not view.relation:
            yield f"{place}.relation: falta este campo; acrescente-o (esquema.visao)"
        if any((view.endpoint, view.parameters, view.records, view.pagination, view.incremental)):
            yield f"{place}: endpoint e o que o acompanha só valem com a seção api"
        return
    if view.relation or not view.endpoint:
        yield f"{place}: com a seção api, diga endpoint (o caminho na API) em vez de relation"
    yield from _of_reading(api, place, view)
    for name, field in view.fields.items():
        if field.photo == "path":
            yield f"{place}.fields.{name}: a API não tem pasta de fotos; use blob (base64 no registro) ou url"
        if field.photo == "url" and api.photo is None:
            yield f"{place}.fields.{name}: diga em api.photo o endereço da foto, com {{value}}"


def _of_reading(api: Api, place: str, view: ViewMapping) -> Iterator[str]:
    pagination, incremental = view.pagination or api.pagination, view.incremental or api.incremental
    if isinstance(pagination, Keyset) and not (incremental and incremental.ordered and incremental.inclusive):
        yield f"{place}: pagination keyset precisa de incremental com ordered: true, que inclua o próprio instante"
    if isinstance(pagination, PageNumber | Offset | Cursor) and _clash(pagination.parameter, incremental):
        yield f"{place}: pagination e incremental usam o mesmo parâmetro"


def _clash(parameter: str, incremental: Incremental | None) -> bool:
    return incremental is not None and incremental.parameter == parameter
