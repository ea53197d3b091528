"""``python -m zveno``: the command line."""

import sys

from zveno.config.console import main

sys.exit(main())
