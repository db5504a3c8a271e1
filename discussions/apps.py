from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.comments import PromptHandler
        from discussions.threads import DiscussionLayer
        from readings.guides import register_handler
        from readings.page import register

        register(DiscussionLayer())
        register_handler(PromptHandler())
