"""What is asked of the seeded instance, by whom."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from discussions.models import Comment, Thread
from quizzes.models import Quiz
from readings.models import Reading
from scripts.bench import seed
from scripts.bench.sessions import FORM_HEADERS, cookies_of
from scripts.bench.urls import R0, R
from scripts.bench.wrk import Load, posting, reading_and_posting

POSTED = (200, 302, 303)


def headers_of(place: int = seed.CAUGHT_UP, seminar: str = "seminar-0") -> dict[str, str]:
    """The headers of the member at `place` of a seminar."""
    return {"Cookie": cookies_of(seminar, place)}


def page_of(seminar: str = "seminar-0", reading: str = "reading-0") -> str:
    """The path of a reading page."""
    return reverse("reading_detail", args=[seminar, reading])


def threads_of(seminar: str = "seminar-0", reading: str = "reading-0") -> str:
    return reverse("thread_list", args=[seminar, reading])


def overview_of(seminar: str = "seminar-0") -> str:
    return reverse("overview", args=[seminar])


def search_of(typed: str, seminar: str = "seminar-0") -> str:
    return f"{reverse('search', args=[seminar])}?{urlencode({'q': typed})}"


def bare() -> Load:
    return Load(R0)


def behind_middleware() -> Load:
    return Load(R, headers_of())


def load(path: str, place: int = seed.CAUGHT_UP, seminar: str = "seminar-0") -> Load:
    """A GET by the member at `place`."""
    return Load(path, headers_of(place, seminar))


@dataclass(frozen=True)
class Addresses:
    """Paths in the first seminar's first reading that hold numbers of the database."""

    thread: str
    quiz: str
    replies: list[str]


def addresses() -> Addresses:
    reading = Reading.objects.get(seminar__slug="seminar-0", slug="reading-0")
    place = ["seminar-0", "reading-0"]
    public = Thread.objects.filter(reading=reading, audience="seminar").order_by("pk")
    threads = list(public.values_list("pk", flat=True))
    quiz = Quiz.objects.get(reading=reading)
    return Addresses(
        thread=reverse("thread_detail", args=[*place, threads[0]]),
        quiz=reverse("quiz_detail", args=[*place, quiz.pk]),
        replies=[reverse("comment_create", args=[*place, pk]) for pk in threads],
    )


def _writers() -> list[str]:
    return [cookies_of("seminar-0", place) for place in seed.WRITERS]


def writing(replies: list[str]) -> Load:
    """Replies all over the reading, by eight members in turn, as a plain form sends them."""
    return Load("/", script=posting(replies, _writers(), FORM_HEADERS), expect=POSTED)


def writing_from_the_page(replies: list[str]) -> Load:
    """The same as the reading page sends them: the answer is the conversation, to put in place."""
    headers = FORM_HEADERS | {
        "HX-Request": "true",
        "HX-Current-URL": f"http://127.0.0.1{page_of()}",
    }
    return Load("/", script=posting(replies, _writers(), headers), expect=POSTED)


def reading_while_others_write(replies: list[str]) -> Load:
    """The reading page, with a reply among 200 requests."""
    script = reading_and_posting(replies, _writers(), FORM_HEADERS)
    return Load(page_of(), headers_of(), script)


def comments_now() -> int:
    return Comment.objects.count()
