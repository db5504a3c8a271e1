"""The WSGI application; production runs it under granian (deploy/colloquy.service)."""

import os

from django.core.wsgi import get_wsgi_application

from config.start import settings_or_exit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings_or_exit()

_app = get_wsgi_application()

from config.bodies import WholeBodies  # noqa: E402 - it needs the apps, which are ready now

application = WholeBodies(_app)
