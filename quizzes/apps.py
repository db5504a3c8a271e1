from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from quizzes.layer import QuizLayer, read_sources
        from readings.guides import register_reader
        from readings.layers import register

        register_reader("checkpoint", read_sources)
        register(QuizLayer())
