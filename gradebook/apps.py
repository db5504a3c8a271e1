from django.apps import AppConfig


class GradebookConfig(AppConfig):
    name = "gradebook"

    def ready(self) -> None:
        from discussions.notifications import register_news_source
        from gradebook.changed_mark_news import ChangedMarkNews
        from gradebook.copied import copied_gradebook, copy_gradebook
        from gradebook.news import GradeNews
        from readings.setup import register_copied

        register_copied(count=copied_gradebook, copy=copy_gradebook)
        register_news_source(GradeNews())
        register_news_source(ChangedMarkNews())
