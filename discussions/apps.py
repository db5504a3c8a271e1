from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.comments import PromptHandler
        from discussions.threads import DiscussionLayer, watches
        from readings.guides import register_handler
        from readings.page import register, watch

        register(DiscussionLayer())
        register_handler(PromptHandler())
        watch(*watches())
