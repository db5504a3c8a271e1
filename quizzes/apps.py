from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "quizzes"

    def ready(self) -> None:
        from discussions.common.answered_questions import register_answered_questions
        from discussions.notifications import register_news_source
        from quizzes.attempts import (
            QuizLayer,
            checkpoint_tasks,
            contents_of,
            find_answered_items,
            question_answered_in,
            watches,
            writers_at,
        )
        from quizzes.composing import QuestionPartForms, QuestionParts
        from quizzes.formats import CheckpointHandler, read_sources
        from quizzes.manual_marking import MarkNews
        from readings.guides import (
            register_handler,
            register_part_forms,
            register_parts,
            register_reader,
            register_writers,
        )
        from readings.page import register, register_tasks, watch
        from readings.setup import register_contents
        from seminars.answered import register_answered_items

        register_news_source(MarkNews())
        register(QuizLayer())
        watch(*watches())
        register_writers(writers_at)
        register_contents(contents_of)
        register_tasks(checkpoint_tasks)
        register_reader("checkpoint", read_sources)
        register_handler(CheckpointHandler())
        register_parts(QuestionParts())
        register_part_forms(QuestionPartForms())
        register_answered_items(find_answered_items)
        register_answered_questions(question_answered_in)
