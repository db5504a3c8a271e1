from django.apps import AppConfig


class ReadingsConfig(AppConfig):
    name = "readings"

    def ready(self) -> None:
        from readings.guide_layer import GuideLayer
        from readings.layers import register

        register(GuideLayer())
