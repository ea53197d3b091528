"""The house as it is, but for what rounds need.

Its letters leave, to a mail server of the trial; what its timetable does every few seconds, it
does every second; a saboteur stands ready for negative controls.
"""

import os

from zveno.config.settings import *  # noqa: F403
from zveno.config.settings import INSTALLED_APPS as ROOMS_AND_ALL
from zveno.config.settings import MIDDLEWARE as ALL_STEPS

SAFE_PLACE = False
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("FAULTS_MAIL", "1"))
EMAIL_TIMEOUT = 5
INSTALLED_APPS = [*ROOMS_AND_ALL, "tests.faults.apps.Hurry"]
MIDDLEWARE = ["tests.faults.sabotage.Saboteur", *ALL_STEPS]
