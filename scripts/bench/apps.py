from django.apps import AppConfig


class BenchConfig(AppConfig):
    """Brings `manage.py bench`; installed on somebody's own machine alone."""

    name = "scripts.bench"
