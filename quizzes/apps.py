from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from quizzes.attempts import QuizLayer, checkpoint_tasks, contents_of, watches
        from quizzes.formats import CheckpointHandler, read_sources
        from readings.guides import register_handler, register_reader
        from readings.page import register, register_tasks, watch
        from readings.setup import register_contents

        register(QuizLayer())
        watch(*watches())
        register_contents(contents_of)
        register_tasks(checkpoint_tasks)
        register_reader("checkpoint", read_sources)
        register_handler(CheckpointHandler())
