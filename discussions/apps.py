from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.threads import DiscussionLayer, new_threads
        from readings.guides import register_handler
        from readings.page import register
        from seminars import news

        layer = DiscussionLayer()
        register(layer)
        register_handler(layer)
        news.register(new_threads)
