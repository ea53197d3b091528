from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules, import_string


class KernelConfig(AppConfig):
    name = "zveno.kernel"

    def ready(self) -> None:
        """Find every verb; let the plain role work with the tables once they are made."""
        autodiscover_modules("actions")
        post_migrate.connect(grant, sender=self)
        post_migrate.connect(watch_erasures, sender=self)


def grant(*, using: str, **_: Any) -> None:
    """Let the role that serves requests read and write rows, and only add to the journal."""
    role = settings.DATABASES["default"]["USER"]
    connection = connections[using]
    if not role or role == settings.DATABASES["owner"]["USER"]:
        return
    with connection.cursor() as cursor:
        name = connection.ops.quote_name(role)
        for statement in (
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
            f"REVOKE UPDATE, DELETE ON kernel_entry, kernel_seal FROM {name}",
            f"REVOKE DELETE ON kernel_erasure FROM {name}",
        ):
            cursor.execute(statement)


def watch_erasures(*, using: str, **_: Any) -> None:
    """Let the database note each deleted row that says something about a person."""
    connection = connections[using]
    sessions = import_string(f"{settings.SESSION_ENGINE}.SessionStore").get_model_class()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            kinds = {*map(str, getattr(model, "DATA", {}).values())}
            keyed = any(field.name == "public_id" for field in model._meta.fields)
            if keyed and model is not sessions and {"personal", "sealed"} & kinds:
                cursor.execute(
                    "CREATE OR REPLACE TRIGGER note_erasure AFTER DELETE"
                    f" ON {connection.ops.quote_name(model._meta.db_table)}"
                    " FOR EACH ROW EXECUTE FUNCTION zveno_note_erasure()"
                )
