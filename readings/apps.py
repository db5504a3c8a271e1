from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "readings"

    def ready(self) -> None:
        from readings.guides import GuideLayer
        from readings.page import register

        register(GuideLayer())
