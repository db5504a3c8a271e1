from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.comments import PromptHandler, read_prompt
        from discussions.threads import DiscussionLayer, watches
        from readings.guides import register_handler, register_reader
        from readings.page import register, watch

        register(DiscussionLayer())
        register_reader("prompt", read_prompt)
        register_handler(PromptHandler())
        watch(*watches())
