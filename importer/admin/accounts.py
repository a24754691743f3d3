"""Who may see and start what: users and groups, with the permissions that mean something here."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest

# What imports write nobody else may change, whatever permission they have.
WRITTEN_BY_IMPORTS = ["importer", "movies"]

admin.site.unregister([Group, User])


def meaningful_permissions() -> QuerySet[Permission]:
    """Those that some page of the back office asks for."""
    pages = [(model._meta.app_label, model._meta.model_name) for model in admin.site._registry]
    asked = Q(codename="start_import")
    for app, model in pages:
        of_model = Q(content_type__app_label=app, content_type__model=model)
        asked |= of_model & (Q(codename=f"view_{model}") if app in WRITTEN_BY_IMPORTS else Q())
    return Permission.objects.filter(asked).select_related("content_type")


if TYPE_CHECKING:
    AnyModelAdmin = admin.ModelAdmin[Any]
    AnyUserAdmin = UserAdmin[User]
    PermissionChoice = ModelMultipleChoiceField[Permission]
else:
    AnyModelAdmin = object
    AnyUserAdmin = UserAdmin
    PermissionChoice = ModelMultipleChoiceField


class PermissionField(PermissionChoice):
    """Boxes to tick, each with what it allows in words."""

    def label_from_instance(self, permission: Permission) -> str:
        return permission.name


class TicksPermissions(AnyModelAdmin):
    """Boxes instead of two lists with arrows between them, which axe finds unlabelled."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        named["widget"] = CheckboxSelectMultiple()
        if db_field.related_model is Permission:
            named |= {"form_class": PermissionField, "queryset": meaningful_permissions()}
        return super().formfield_for_manytomany(db_field, request, **named)


@admin.register(User)
class AccountAdmin(TicksPermissions, AnyUserAdmin):
    """Staff; when somebody was last here is not for them to write."""

    readonly_fields = ("last_login", "date_joined")


@admin.register(Group)
class TeamAdmin(TicksPermissions, GroupAdmin):  # type: ignore[misc]
    """Permissions under one name."""
