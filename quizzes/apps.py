from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from quizzes.attempts import QuizLayer, contents_of, watches
        from quizzes.formats import CheckpointHandler, read_sources
        from readings.guides import register_handler, register_reader
        from readings.page import register, watch
        from readings.setup import register_contents

        register(QuizLayer())
        watch(*watches())
        register_contents(contents_of)
        register_reader("checkpoint", read_sources)
        register_handler(CheckpointHandler())
