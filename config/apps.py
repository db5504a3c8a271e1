from django.apps import AppConfig


class InstanceConfig(AppConfig):
    """The instance itself has no models: it is here for its checks."""

    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401 - registers them
