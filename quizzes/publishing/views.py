"""Publishing one's own answer, from its checkpoint or on a page of its own."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from discussions.common.citations import paragraphs_for, words_in
from discussions.common.errors import NothingToPost, UnreachedMention
from discussions.common.markdown import render as render_words
from discussions.common.waiting import waiting_html
from discussions.models import Thread
from discussions.threads import anonymity_for, is_on_reading_page, tell
from quizzes.attempts import (
    Checkpoint,
    PublicationView,
    get_checkpoint,
    is_in_own_words,
    place_words,
)
from quizzes.models import Answer
from quizzes.publishing.actions import AnswerStands, publish_answer
from quizzes.publishing.forms import PublicationForm
from readings.models import Block, Reading
from readings.page import blocks_now, get_reading, refuse_if_silent
from readings.passages import PassageNotFound
from seminars.access import seminar_view
from seminars.http import SeminarRequest
from seminars.models import Membership
from seminars.pace import hold_pace, hold_preview_pace
from seminars.permissions import can_attempt


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer of who asks, with its checkpoint."""

    reading: Reading
    checkpoint: Checkpoint
    answer: Answer

    @property
    def words(self) -> str:
        return str(self.answer.response[0])

    @property
    def publication(self) -> PublicationView | None:
        return self.checkpoint.publication(self.answer)

    @property
    def is_published(self) -> bool:
        """Whether it stands as a thread."""
        return self.publication is not None and bool(self.publication.thread_url)

    def published_as(self, thread: Thread) -> PublicationView:
        """What it is shown as, now that it stands as this thread."""
        thread.reading = self.reading
        key = thread.passage.block_key if thread.passage else ""
        block = Block.objects.filter(revision=self.reading.revision_id, key=key).first()
        return PublicationView(
            question=self.answer.question_id,
            place=place_words(block.number if block else None),
            thread_url=thread.permalink,
            waits_for_staff=thread.is_held,
            is_fresh=True,
        )

    def form(self, data: Any, member: Membership) -> PublicationForm:
        question = self.answer.question_id
        return PublicationForm(data, member=member, words=self.words, prefix=question)


@seminar_view(can_attempt)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_publication(
    request: SeminarRequest, reading: str, pk: int, question: int
) -> HttpResponse:
    """Publish one's own answer as a thread; `preview` shows first how it would stand."""
    found = get_reading(request, reading)
    own = get_own_answer(request, found, pk, question)
    if not own.is_published:
        refuse_if_silent(found, request.membership)
    if request.method != "POST":
        return form_opened(request, own)
    form = own.form(request.POST, request.membership)
    if "preview" in request.POST:
        return previewed(request, own, form)
    published = publish_from_form(form, own, by=request.membership)
    if published is None:
        return form_shown(request, own, form, status=422)
    if isinstance(published, AnswerStands):
        return form_shown(request, own, form, status=422, standing=published.thread)
    return published_response(request, own, published)


def get_own_answer(request: SeminarRequest, reading: Reading, pk: int, question: int) -> OwnAnswer:
    """Return the latest answer of who asks to this question of this checkpoint; 404 without one
    in their own words."""
    checkpoint = get_checkpoint(request, reading, pk)
    answer = checkpoint.answers.get(question)
    if answer is None or not is_in_own_words(answer):
        raise Http404(_("You have given no such answer."))
    return OwnAnswer(reading, checkpoint, answer)


def form_opened(request: SeminarRequest, own: OwnAnswer) -> HttpResponse:
    """Answer with the form; where the answer stands as a thread already, with the way there."""
    publication = own.publication
    if publication is not None and own.is_published:
        if not request.htmx:
            return redirect(publication.thread_url)
        response = render(request, "quizzes/_publication.html", {"publication": publication})
        response.headers["HX-Retarget"] = f"#publication-{publication.question}"
        response.headers["HX-Reswap"] = "outerHTML"
        return response
    if publication is None:
        raise PermissionDenied(_("This answer cannot be published: its place is gone."))
    form = own.form(None, request.membership)
    if request.htmx:
        return render(request, "quizzes/_publication_form.html", form_context(request, own, form))
    return form_shown(request, own, form)


def form_context(request: SeminarRequest, own: OwnAnswer, form: PublicationForm) -> dict[str, Any]:
    """Everything that _publication_form.html shows."""
    member = request.membership
    audience: Any = form.fields["audience"]
    return {
        "reading": own.reading,
        "checkpoint": own.checkpoint.form(),
        "question": own.answer.question,
        "asked": mark_safe(own.answer.question.html),  # noqa: S308 - sanitised with its guide
        "place": place_words(own.checkpoint.quiz.after_number),
        "action": request.path,
        "form": form,
        "audiences": audience.choices,
        "chosen": form["audience"].value(),
        "anonymity": anonymity_for(own.reading, member),
        "waiting": waiting_html(member),
    }


def form_shown(
    request: SeminarRequest,
    own: OwnAnswer,
    form: PublicationForm,
    *,
    status: int = 200,
    standing: Thread | None = None,
    shown: SafeString | None = None,
) -> HttpResponse:
    """Answer with the form in its place, or on its page: with what is wrong, with the thread as
    which the answer is `standing` already, or with how it would stand (`shown`)."""
    context = form_context(request, own, form) | {"shown": shown}
    context["publication"] = own.published_as(standing) if standing else own.publication
    template = "quizzes/_publication.html" if request.htmx else "quizzes/answer_publication.html"
    return render(request, template, context, status=status)


def previewed(request: SeminarRequest, own: OwnAnswer, form: PublicationForm) -> HttpResponse:
    """Answer with the words as they would stand, below the form; nothing of them is kept."""
    hold_preview_pace(request.membership)
    shown = SafeString()
    if form.is_valid():
        body = form.cleaned_data["body"]
        paragraphs = paragraphs_for(body, reading=own.reading.pk)
        shown = words_in(own.reading, render_words(body, paragraphs=paragraphs))
    status = 422 if form.errors else 200
    if request.htmx:
        context = {"form": form, "shown": shown}
        return render(request, "discussions/_preview.html", context, status=status)
    return form_shown(request, own, form, status=status, shown=shown)


def publish_from_form(
    form: PublicationForm, own: OwnAnswer, *, by: Membership
) -> Thread | AnswerStands | None:
    """Publish what the form says; None where its errors say why not."""
    if not form.is_valid():
        return None
    hold_pace(by)
    try:
        return publish_answer(
            answer=own.answer,
            quiz=own.checkpoint.quiz,
            body=form.cleaned_data["body"],
            audience=form.cleaned_data["audience"],
            anonymous=form.cleaned_data["anonymous"],
            warned=form.cleaned_data["warned"],
            by=by,
        )
    except AnswerStands as standing:
        form.add_error(None, _("You have published this answer already. Nothing was posted now."))
        return standing
    except PassageNotFound as error:
        form.add_error(None, str(error))
    except NothingToPost as error:
        form.add_error("body", str(error))
    except UnreachedMention as error:
        form.warn(error)
    return None


def published_response(request: SeminarRequest, own: OwnAnswer, thread: Thread) -> HttpResponse:
    """Answer what was published: in the place of the form, and on the reading's page with the
    blocks where it stands; without htmx, with the thread itself."""
    publication = own.published_as(thread)
    said = _("Published at %(place)s.") % {"place": publication.place}
    if thread.is_held:
        said = _("Your answer waits for staff. Until they publish it, only you and they read it.")
    if not request.htmx:
        messages.success(request, said)
        return redirect(thread.permalink)
    changed: list[tuple[str, SafeString]] = []
    if is_on_reading_page(request, thread):
        keys = {passage.block_key for passage in thread.passages()}
        now = blocks_now(reading=own.reading, membership=request.membership, keys=keys)
        changed = [(name, mark_safe(html)) for name, html in now]  # noqa: S308 - templates' own
    context = {"publication": publication, "changed": changed}
    return tell(render(request, "quizzes/_publication.html", context), said)
