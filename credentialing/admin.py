"""Agencies and users, on the audited admin site (`senappen.admin_site`)."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from audit.events import Channel
from credentialing import actors, stepping
from credentialing.first_access.handing import handed
from credentialing.key_admin import KeyAdmin
from credentialing.models import Activity, Agency, AgencyKey, User
from credentialing.people import posting
from credentialing.requests import quota
from credentialing.requests.where import KnownWhereForm
from credentialing.roles import Role
from credentialing.services import first_access

# Django's classes are generic for the type checker only.
if TYPE_CHECKING:
    UserModelForm = forms.ModelForm[User]
    AgencyModelAdmin = admin.ModelAdmin[Agency]
    UserModelAdmin = admin.ModelAdmin[User]
    ObjectAdmin = admin.ModelAdmin[Any]
else:
    UserModelForm = forms.ModelForm
    AgencyModelAdmin = UserModelAdmin = ObjectAdmin = admin.ModelAdmin


class SteppedUp(ObjectAdmin):
    """An admin whose changes ask for the second factor again."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method == "POST":
            stepping.require(request)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Activities are ticked, not typed."""
        if db_field.name != "activities":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            label=str(db_field.verbose_name).capitalize(),
            choices=Activity.choices,
            required=not db_field.blank,
            initial=db_field.get_default(),
            widget=forms.CheckboxSelectMultiple,
        )


@admin.register(Agency)
class AgencyAdmin(SteppedUp, AgencyModelAdmin):
    """Adhering agencies: what describes them. They are born, suspended and prolonged on the screens of adhesion."""

    list_display = ["acronym", "name", "uf", "headcount", "expires_at", "is_open_now"]
    search_fields = ["acronym", "name"]
    list_filter = ["uf"]

    @admin.display(description="aberto", boolean=True)
    def is_open_now(self, agency: Agency) -> bool:
        return agency.is_open

    def get_readonly_fields(self, request: HttpRequest, obj: Agency | None = None) -> list[str]:
        # The audit names agencies by their acronym: it stays as it was given.
        return ["acronym", "expires_at", "suspended_at", "suspension_reason", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class UserForm(KnownWhereForm, UserModelForm):
    """An account. A gestor regional more takes a place of the agency's quota, held until the change is written."""

    class Meta:
        model = User
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        was = User.objects.filter(pk=self.instance.pk, is_active=True).first() if self.instance.pk else None
        agency, is_manager = given.get("agency"), given.get("role") == Role.REGIONAL_MANAGER
        has_place = was is not None and was.role == Role.REGIONAL_MANAGER and was.agency == agency
        if agency and is_manager and given.get("is_active") and not has_place:
            try:
                quota.take_place(agency.pk)
            except quota.QuotaReached as full:
                self.add_error("role", full.message)
        return given


@admin.register(User)
class UserAdmin(SteppedUp, UserModelAdmin):
    """Accounts. Never deleted: they are deactivated. Whoever makes one hands over the code of its first access."""

    form = UserForm
    fields = [
        "username", "full_name", "email", "registration", "agency", "role", "activities", "unit", "cep", "house",
        "forget", "is_active",
    ]  # fmt: skip
    list_display = ["username", "full_name", "agency", "role", "is_active", "last_login"]
    list_select_related = ["agency"]
    list_filter = ["role", "is_active", "agency"]
    search_fields = ["username", "full_name", "registration"]
    change_form_template = "credentialing/account/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        # The audit names people by their user name: it stays as it was given.
        return ["username"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.renew))
        address = path("<path:object_id>/primeiro-acesso/", view, name="credentialing_user_first_access")
        return [address, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change and obj.is_active and "is_active" in form.changed_data:
            obj.mark_open(request.user)  # type: ignore[arg-type]
        posting.placed(obj, door=form.cleaned_data["door"], forget=form.cleaned_data["forget"])
        super().save_model(request, obj, form, change)
        if not change:
            request.issued = self._issued(request, obj)  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: User, post_url_continue: str | None = None) -> HttpResponse:
        return handed(request, request.issued)  # type: ignore[attr-defined]

    def renew(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Another first access, for someone who lost password or telephone."""
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        stepping.require(request)
        return handed(request, self._issued(request, user))

    def _issued(self, request: HttpRequest, user: User) -> first_access.Issued:
        return first_access.issue(user=user, by=actors.from_request(request, Channel.ADMIN))


@admin.register(AgencyKey)
class AgencyKeyAdmin(SteppedUp, KeyAdmin):
    """Certificates of agencies' systems, behind the second factor."""
