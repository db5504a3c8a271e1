from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from discussions.layer import DiscussionLayer
        from discussions.news import new_threads
        from readings import layers
        from seminars import news

        layers.register(DiscussionLayer())
        news.register(new_threads)
