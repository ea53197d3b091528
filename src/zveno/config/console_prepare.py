"""What a database and a checkout need before Zveno opens."""

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from zveno.config.console_database import environment_of_one_command, keep_zone
from zveno.ui.catalogues import compile_all


def prepare() -> int:
    """Compile catalogues, migrate, then make the demo or (in production) gather static files."""
    with environment_of_one_command():
        compile_all()
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        if settings.DEVELOPMENT:
            call_command("demo")
        elif not settings.TESTING:
            call_command("collectstatic", interactive=False, verbosity=0)
            if not get_user_model().objects.exists():
                call_command("setup_link", unless_printed=True)
        keep_zone(apps.get_model("people", "Setup").objects.zone())
    return 0
