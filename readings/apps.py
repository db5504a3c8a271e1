from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "readings"

    def ready(self) -> None:
        from readings.guides import GuideLayer, register_handler
        from readings.page import register

        layer = GuideLayer()
        register(layer)
        register_handler(layer)
