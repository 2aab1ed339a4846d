"""The admin site: behind both factors, and in the audit, whatever app brings the model.

The site itself adds the audit to every `ModelAdmin` that is registered, so that an app can neither forget it nor
needs to import it (the registry may not import the accounts, nor anyone the inside of the audit).

- Reads: `admin_view` wraps every view of the site; its event (ADMIN_VIEW: model and ids) is committed before the
  response is rendered.
- Writes: Django tells each one to `log_addition`, `log_change` or `log_deletions`, inside the write's transaction;
  there the event (ADMIN_CHANGE: model, ids, names of the changed fields) joins it.
"""

import json
from collections.abc import Callable, Iterable
from functools import partial, wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from audit import recorder
from audit.events import Channel, Event, Kind
from credentialing import actors, views
from credentialing.models import User
from credentialing.verification import is_verified
from senappen import changes

if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
else:
    AnyModelAdmin = admin.ModelAdmin

View = Callable[..., Any]
# Models of installed packages (groups, tokens, authenticator keys) are managed by our own screens or not at all.
APPS = frozenset({"credentialing", "registry", "ingestion", "consulta"})


class AuditedModelAdmin(AnyModelAdmin):
    """What the site mixes into every registered ModelAdmin."""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        # Actions and list edits write here, and Django opens no transaction for actions.
        with transaction.atomic():
            return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what the database kept of the row's changes; read while it is rendered, once the view is on record."""
        kept = {"keeps_changes": changes.are_kept(self.model), "changes": partial(changes.of, self.model, object_id)}
        return super().history_view(request, object_id, {**(extra_context or {}), **kept})

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record_change(request, self.model, "add", [obj.pk], message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record_change(request, self.model, "change", [obj.pk], message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        _record_change(request, self.model, "delete", [obj.pk for obj in queryset], "")
        return super().log_deletions(request, queryset)


class AuditedSite(admin.AdminSite):
    """The one admin site (`default_site`); `@admin.register` in any app lands here."""

    site_header = settings.PLATFORM_NAME
    site_title = "Administração"
    index_title = "Cadastros e cargas"
    site_url = "/"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        base = admin_class or admin.ModelAdmin
        for model in models:
            if model._meta.app_label in APPS:
                audited = type(f"Audited{base.__name__}", (AuditedModelAdmin, base), {"__module__": base.__module__})
                super().register(model, audited, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and request.user.is_staff and is_verified(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Nobody logs in here: the middleware has led them to our own login before."""
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return views.logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("credentialing:password")

    password_change_done = password_change

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        # The only cacheable view is the catalogue of translations for scripts: it shows no data.
        inner = super().admin_view(view if cacheable else self._recorded(view), cacheable)

        @wraps(inner)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            # Django would send people of other profiles to a login that cannot help them.
            if not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return guarded

    def _recorded(self, view: View) -> View:
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response: HttpResponse = view(request, *args, **kwargs)
            if not 300 <= response.status_code < 400:
                _record_view(request, response)
            return response

        recorded.__module__, recorded.__name__ = view.__module__, getattr(view, "__name__", type(view).__name__)
        return recorded


def _record_view(request: HttpRequest, response: HttpResponse) -> None:
    match = request.resolver_match
    context = getattr(response, "context_data", None) if isinstance(response, TemplateResponse) else None
    options = (context or {}).get("opts")
    detail = {
        "route": match.view_name if match else "",
        "model": str(options.verbose_name) if options else "",
        "ids": [str(key) for key in _ids_shown(response, context or {})],
    }
    actor = actors.from_request(request, Channel.ADMIN)
    recorder.record_now(Event(kind=Kind.ADMIN_VIEW, actor=actor, action="view", detail=detail))


def _ids_shown(response: HttpResponse, context: dict[str, Any]) -> Iterable[Any]:
    if "cl" in context:
        return [obj.pk for obj in context["cl"].result_list]
    if "queryset" in context:  # confirmation of a deletion
        return [obj.pk for obj in context["queryset"]]
    if isinstance(response, JsonResponse):  # autocompletion
        return [result["id"] for result in json.loads(response.content).get("results", [])]
    shown = context.get("original") or context.get("object")
    return [shown.pk] if isinstance(shown, Model) and shown.pk is not None else []


def _record_change(request: HttpRequest, model: type[Model], action: str, ids: list[Any], message: Any) -> None:
    detail = {
        "model": str(model._meta.verbose_name),
        "ids": [str(key) for key in ids],
        "message": message,  # names of fields, never their values
    }
    actor = actors.from_request(request, Channel.ADMIN)
    recorder.record_with(Event(kind=Kind.ADMIN_CHANGE, actor=actor, action=action, detail=detail))
