"""What a database and a checkout need before Zveno opens."""

import django
from django.conf import settings
from django.core.management import call_command

from zveno.config.console_database import environment_of_one_command


def prepare() -> int:
    """Bring the tables up to date; then the demo, or in production the files to be served."""
    with environment_of_one_command():
        django.setup()
        call_command("migrate", database="owner", verbosity=0)
        if settings.DEVELOPMENT:
            call_command("demo")
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
    return 0
