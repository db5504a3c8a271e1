"""The app with one more page: R, a bare view of 60 kB behind the full middleware."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
settings.ROOT_URLCONF = "demo.bench.urls"

application = get_wsgi_application()
