from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from quizzes.layer import QuizLayer, read_sources
        from readings.guides import register_handler, register_reader
        from readings.page import register

        register_reader("checkpoint", read_sources)
        layer = QuizLayer()
        register(layer)
        register_handler(layer)
