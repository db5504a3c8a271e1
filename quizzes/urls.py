from django.urls import path

from quizzes.attempts import gate_pages as gates
from quizzes.attempts import views as attempts
from quizzes.bank import views as bank
from quizzes.composing import head_views as heads
from quizzes.composing import views as composing
from quizzes.formats import export_views as exports
from quizzes.formats import import_views as imports
from quizzes.publishing import views as publishing
from quizzes.statistics import views as statistics

_QUESTION = "guide/draft/items/<int:item>/questions/<int:key>/"
_PASSING = "quizzes/<int:pk>/gate/<int:member>"

urlpatterns = [
    path("guide/draft/questions/", composing.draft_question_new, name="draft_question_new"),
    path("guide/draft/items/<int:key>/head/", heads.draft_checkpoint, name="draft_checkpoint"),
    path(_QUESTION, composing.draft_question_detail, name="draft_question_detail"),
    path(f"{_QUESTION}place/", composing.draft_question_place, name="draft_question_place"),
    path(f"{_QUESTION}removal/", composing.draft_question_removal, name="draft_question_removal"),
    path("guide/questions/", exports.question_export, name="question_export"),
    path("guide/questions/file/", exports.question_file, name="question_file"),
    path("guide/questions/bank/", bank.bank_selection, name="bank_selection"),
    path("guide/questions/import/", imports.question_import, name="question_import"),
    path("quizzes/results/", statistics.quiz_results, name="quiz_results"),
    path("quizzes/results/text/", statistics.quiz_results_text, name="quiz_results_text"),
    path("quizzes/results/csv/", statistics.quiz_results_file, name="quiz_results_file"),
    path("quizzes/results/members/<int:pk>/", statistics.member_answers, name="member_answers"),
    path("quizzes/<int:pk>/", attempts.quiz_detail, name="quiz_detail"),
    path("quizzes/<int:pk>/attempts/", attempts.attempt_create, name="attempt_create"),
    path("quizzes/<int:pk>/attempts/begun/", attempts.attempt_begin, name="attempt_begin"),
    path("quizzes/<int:pk>/skip/", gates.gate_skip, name="gate_skip"),
    path("quizzes/<int:pk>/gate/", gates.gate_passings, name="gate_passings"),
    path(f"{_PASSING}/", gates.gate_passing, name="gate_passing"),
    path(f"{_PASSING}/removal/", gates.gate_passing_removal, name="gate_passing_removal"),
    path(
        "quizzes/<int:pk>/questions/<int:question>/publication/",
        publishing.answer_publication,
        name="answer_publication",
    ),
    path("quizzes/<int:pk>/answers/", attempts.kept_answers, name="kept_answers"),
]
