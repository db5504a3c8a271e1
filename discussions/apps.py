from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.threads import DiscussionLayer
        from readings.guides import register_handler
        from readings.page import register

        layer = DiscussionLayer()
        register(layer)
        register_handler(layer)
