"""One of everything, so that every URL has something to point at."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import SignedInSession, User
from discussions import moderation
from discussions.comments.actions import reply
from discussions.models import Comment, ReviewItem, Thread
from discussions.moderation.actions import remove
from discussions.moderation.settings_actions import add_reason
from discussions.thread_marks import create_tag, tag_thread
from discussions.threads.actions import start_thread
from documents import DocumentPicture
from gradebook.actions import begin_gradebook
from gradebook.models import GradeCategory, GradeColumn
from overview.participation_actions import begin_scoring
from personal_data.models import Erasure
from quizzes.attempts import submit_attempt
from quizzes.composing.draft_questions import add_question
from quizzes.formats import parse_checkpoint
from quizzes.models import Answer, Question, Quiz
from readings.drafts.actions import import_now, start_import
from readings.drafts.pictures import keep_pictures
from readings.guides import DraftPlace, SentForm, apply_guide
from readings.guides.draft_actions import begin_draft, put_item
from readings.guides.guide_file import parse_guide
from readings.guides.unfinished_actions import keep_unfinished
from readings.models import Anonymity, GuideDraft, Picture, Reading, ReanchoredPassage, Visit
from readings.passages.segments import Segment
from readings.setup import general_discussion_of
from readings.setup.extension_actions import give_extension
from readings.setup.unit_actions import create_unit, place_reading
from seminars.actions import create_invitation, create_seminar
from seminars.announcements.actions import publish_announcement
from seminars.models import Group, Invitation, Membership, Roster
from seminars.rosters.actions import apply_roster, keep_roster
from seminars.rosters.plans import plan_roster
from seminars.rosters.roster_file import read_roster
from tests.base import PARAGRAPHS, People, make_people, make_reading, make_user, sign_in
from tests.discussions.base import say
from tests.discussions.links import kind_of, link
from tests.readings.revised import REVISED, revise


@dataclass
class World:
    """The objects that URLs name, each under a word of the matrix."""

    people: People
    users: dict[str, User | None]
    kwargs: dict[str, dict[str, Any]]


def _thread(
    reading: Reading, by: Membership, audience: str, body: str = "Words.", kind: str = "comment"
) -> Thread:
    start = PARAGRAPHS[0].index("one text")
    return start_thread(
        reading=reading,
        segments=[Segment("p1", start, start + 8, "one text")],
        audience=audience,
        kind=kind,
        body=body,
        by=by,
        client_key=uuid.uuid4(),
    )


def _comment(thread: Thread) -> Comment:
    return thread.comments.get(seq=1)


def _case(comment: Comment, by: Membership) -> ReviewItem:
    return moderation.report(comment=comment, reason="unkind", by=by).review_item


def _quiz(reading: Reading) -> Quiz:
    checkpoint = "## Checkpoint ¶ 2\n\nTitle: Stop\n\n### Which?\n\n- (x) This.\n- ( ) That.\n"
    timed = "\n\n## Checkpoint ¶ 3\n\nTime: 20 min\n\n### Against the clock?\n\nAnswer: yes\n"
    head = "---\nguide: 1\ntitle: Guide\n---\n\n"
    text = f"{head}{checkpoint}{timed}"
    # Behind this one there is a paragraph more, and nothing hangs on it.
    text += "\n## Checkpoint ¶ 3\n\nTitle: Gate\nGate: soft\n\n### Where?\n\nAnswer: here\n"
    # Its last line is one that takes more words: the test of forms adds some to what is written.
    text += "\n## Checkpoint ¶ 3\n\n### Why?\n\nPoints: 3\nOpen:\nFeedback: So.\n"
    for one in (f"{head}## Note ¶ 1\n\nAn earlier guide.\n", text):
        apply_guide(reading=reading, text=one, by=reading.created_by)
    quiz = Quiz.objects.of(reading).first()
    assert quiz
    return quiz


def _open_answer(reading: Reading, by: Membership) -> Answer:
    """What somebody answered in their own words; it waits for a mark."""
    question = Question.objects.get(quiz__reading=reading, kind="open")
    attempt = submit_attempt(quiz=question.quiz, responses={question.pk: ["It is so."]}, by=by)
    return attempt.answers.get()


def _missed_question(quiz: Quiz, by: Membership) -> int:
    question = quiz.questions.get()
    wrong = question.choices.get(is_correct=False)
    submit_attempt(quiz=quiz, responses={question.pk: [str(wrong.key)]}, by=by)
    return question.pk


def _guide_draft(reading: Reading, by: Membership) -> dict[str, int]:
    """The guide that there is; where its checkpoint stands, a note and two questions more.

    Returns the keys of the checkpoint and of its middle question.
    """
    begin_draft(reading=reading, by=by)
    note = parse_guide("---\nguide: 1\ntitle: Guide\n---\n\n## Note ¶ 2\n\nA note.\n").items[0]
    put_item(reading=reading, by=by, item=note)
    choices = "- (x) This.\n- ( ) That."
    both = parse_checkpoint(f"### Which more?\n\n{choices}\n\n### And then?\n\n{choices}")
    for spec in both.questions:
        add_question(reading=reading, by=by, spec=spec, paragraph=2)
    mark = GuideDraft.objects.get(reading=reading).marks[0]
    return {"item": mark["key"], "key": mark["parts"][1]["key"]}


def _unfinished(reading: Reading, by: Membership) -> int:
    """The key of a question of the draft that is begun, and not ready."""
    sent = SentForm(DraftPlace("question", 2), str(uuid.uuid4()), fields={"words": ["Half a"]})
    kept, _is_step = keep_unfinished(reading=reading, by=by, sent=sent)
    assert kept
    return kept.key


def _revised(people: People) -> tuple[Reading, dict[str, ReanchoredPassage]]:
    """A reading that has moved to a new text, with what became of the passages of two threads."""
    reading = make_reading(people, slug="revised")
    words = {"all": "seminar", "private": "me"}
    threads = {
        name: say(reading, people.carol, audience=audience, block="p2", quote="a conversation")
        for name, audience in words.items()
    }
    say(reading, people.dan, block="p3", quote="Printers left it wide")
    revise(reading, REVISED)
    moved = ReanchoredPassage.objects.all()
    return reading, {name: moved.get(passage=one.passage_id) for name, one in threads.items()}


def _rosters(people: People) -> tuple[Roster, Invitation]:
    """A list that waits to be confirmed, and a mail that went out an hour ago."""

    def keep(text: str) -> Roster:
        return keep_roster(text=text, source_name="", by=people.alice)

    first = keep("Nadia,nadia@example.org,Monday")
    plan = plan_roster(people.seminar, read_roster(first.text))
    apply_roster(roster=first, seen=plan.mark, by=people.alice, link="https://x.test/{}".format)
    mailed = Invitation.objects.get(email="nadia@example.org")
    mailed.sent_at = timezone.now() - timedelta(hours=1)
    mailed.save(update_fields=["sent_at"])
    return keep("Omar,omar@example.org,Monday"), mailed


def _gradebook(people: People) -> int:
    """The pk of a column of marks by hand."""
    begin_gradebook(by=people.alice)
    category = GradeCategory.objects.filter(seminar=people.seminar).first()
    row = GradeColumn.objects.create(
        seminar=people.seminar, kind="by_hand", title="Talk", maximum=10, category=category
    )
    return int(row.pk)


def make_world() -> World:
    people = make_people()
    others = make_people("elsewhere")
    # Into which she may copy a reading.
    create_seminar(name="Another of hers", description="", by=people.alice.user)
    rita = Membership.objects.create(
        seminar=people.seminar,
        user=make_user("rita"),
        group=people.monday,
        removed_at=timezone.now(),
        removed_by=people.alice,
    )
    host = make_user("host")
    User.objects.filter(pk=host.pk).update(is_host=True)
    reading = make_reading(people, paragraphs=[*PARAGRAPHS, "A last one."])
    closed = make_reading(people, slug="closed", open_to_guests=False)
    general = general_discussion_of(by=people.carol)

    threads = {
        "all": _thread(reading, people.carol, "seminar"),
        "monday": _thread(reading, people.carol, "group"),
        "thursday": _thread(reading, people.dan, "group"),
        "private": _thread(reading, people.carol, "me"),
        "staff": _thread(reading, people.carol, "staff"),
        "closed": _thread(closed, people.carol, "seminar"),
        "highlight": _thread(reading, people.carol, "seminar", body=""),
        "question": _thread(reading, people.carol, "seminar", kind="question"),
        "addressed": _thread(reading, people.alice, f"member:{people.carol.pk}"),
        "general": say(general, people.carol, "Where do we meet?", block=""),
    }
    Reading.objects.filter(pk=closed.pk).update(anonymity=Anonymity.OPTIONAL)
    closed.refresh_from_db()
    anonymous = reply(
        thread=threads["closed"], parent=None, body="An alias.", by=people.carol, anonymous=True
    )
    reply(thread=threads["all"], parent=None, body="An answer.", by=people.dan)
    answer = reply(thread=threads["question"], parent=None, body="It is so.", by=people.dan)
    hidden = reply(thread=threads["all"], parent=None, body="Hidden.", by=people.dan)
    moderation.hide(comment=hidden, reason="unkind", by=people.alice, version=hidden.version)
    # Carol may ask that staff look at it again.
    own = reply(thread=threads["all"], parent=None, body="Hidden too.", by=people.carol)
    moderation.hide(comment=own, reason="unkind", by=people.alice, version=own.version)
    # Carol has been here since before anybody else wrote: what they say is new to her.
    Visit.objects.create(
        seminar=people.seminar,
        reading=reading,
        membership=people.carol,
        revision=reading.revision,
        begun_at=timezone.now() - timedelta(days=1),
    )
    quiz = _quiz(reading)
    gated = Quiz.objects.of(reading).get(title="Gate")
    open_answers = {
        name: _open_answer(reading, by)
        for name, by in {"monday": people.carol, "thursday": people.dan}.items()
    }
    draft_question = _guide_draft(reading, people.alice)
    unfinished = _unfinished(reading, people.alice)
    revised, outcomes = _revised(people)
    threads["link"] = link(reading, revised, people.carol, far_block="p3", far_quote="Printers")
    draft = import_now(
        data=b"# A draft\n\nWords of a draft.[^1]\n\n[^1]: A note of a draft.\n",
        filename="draft.md",
        by=people.alice.user,
    )
    keep_pictures(draft=draft, pictures=[DocumentPicture("1.png", "image/png", 1, 1, b"dots")])
    kept = Picture.objects.get(draft=draft)
    for revision in (reading.revision, closed.revision):
        Picture.objects.create(
            revision=revision,
            name=kept.name,
            file=kept.file.name,
            media_type=kept.media_type,
            width=kept.width,
            height=kept.height,
        )
    # A picture: no reader reads it.
    picture = b"\x89PNG\r\n\x1a\n"
    refused = start_import(data=picture, filename="essay.png", by=people.alice.user)
    invitation, _token = create_invitation(
        role="participant",
        group=people.thursday,
        max_uses=5,
        valid_for=timedelta(days=2),
        by=people.alice,
    )
    closed.due_at = datetime(2030, 1, 1, 12, tzinfo=UTC)
    closed.save(update_fields=["due_at"])
    more_time = give_extension(
        reading=closed, by=people.alice, membership=people.dan, due_at=closed.due_at + timedelta(1)
    )
    spare = Group.objects.create(seminar=people.seminar, name="Spare")
    roster, mailed = _rosters(people)
    announced = {
        name: publish_announcement(title="News", body="Words.", by=by)
        for name, by in {"announcement": people.alice, "announcement of bob": people.bob}.items()
    }
    units = [create_unit(name=name, starts_on=None, by=people.alice) for name in ("One", "Two")]
    for one in (reading, closed):
        place_reading(reading=one, unit=units[0], place=None, by=people.alice)

    Reading.objects.filter(pk=reading.pk).update(required_posts=1)
    begin_scoring(by=people.alice)
    oral = _gradebook(people)

    below = {"seminar": "seminar", "reading": "margins"}
    kwargs: dict[str, dict[str, Any]] = {
        "": {},
        "seminar": {"seminar": "seminar"},
        "slug": {"slug": "seminar"},
        "notebook file": {"seminar": "seminar", "form": "csv"},
        "argument file": {"seminar": "seminar", "form": "csv"},
        "file": {"form": "csv"},
        "reading": below,
        "reading closed": {**below, "reading": "closed"},
        "general": {**below, "reading": general.slug},
        "pair": {**below, "other": "revised"},
        "pair closed": {**below, "other": "closed"},
        "closed pair": {**below, "reading": "closed", "other": "margins"},
        "pair of one": {**below, "other": "margins"},
        "pair with general": {**below, "other": general.slug},
        "extension": {**below, "reading": "closed", "pk": more_time.pk},
        "member": {"seminar": "seminar", "pk": people.dan.pk},
        "member of monday": {"seminar": "seminar", "pk": people.carol.pk},
        "score": {**below, "pk": people.dan.pk},
        **{
            f"grade {name}": {"seminar": "seminar", "pk": member.pk, "column": f"own-{oral}"}
            for name, member in (("monday", people.carol), ("thursday", people.dan))
        },
        "answers thursday": {**below, "pk": people.dan.pk},
        "answers monday": {**below, "pk": people.carol.pk},
        "group": {"seminar": "seminar", "pk": spare.pk},
        "invitation": {"seminar": "seminar", "pk": invitation.pk},
        "invitation mailed": {"seminar": "seminar", "pk": mailed.pk},
        "roster": {"seminar": "seminar", "pk": roster.pk},
        "reading in a unit": {"seminar": "seminar", "pk": reading.pk},
        "unit": {"seminar": "seminar", "pk": units[0].pk},
        "join": {"token": "not-a-token"},
        "essay": {"pk": reading.essay_id},
        "essay editor": {"pk": reading.essay_id, "user": people.bob.user_id},
        "essay file": {"pk": reading.essay_id, "form": "markdown"},
        "draft": {"pk": draft.pk},
        "draft block": {"pk": draft.pk, "key": draft.document["blocks"][-1]["key"]},
        "draft note": {"pk": draft.pk, "name": "1"},
        "draft picture": {"pk": draft.pk, "name": "1.png"},
        "reading picture": {**below, "name": "1.png"},
        "reading closed picture": {**below, "reading": "closed", "name": "1.png"},
        "refused draft": {"pk": refused.pk},
        "quiz": {**below, "pk": quiz.pk},
        "missed question": {"seminar": "seminar", "pk": _missed_question(quiz, people.carol)},
        "gated quiz": {**below, "pk": gated.pk},
        "gate thursday": {**below, "pk": gated.pk, "member": people.dan.pk},
        "gate monday": {**below, "pk": gated.pk, "member": people.carol.pk},
        "own answer": {
            **below,
            "pk": open_answers["monday"].question.quiz_id,
            "question": open_answers["monday"].question_id,
        },
        "open question": {"seminar": "seminar", "pk": open_answers["monday"].question_id},
        **{
            f"open answer {name}": {
                "seminar": "seminar",
                "pk": answer.question_id,
                "answer": answer.pk,
            }
            for name, answer in open_answers.items()
        },
        "guide item": {**below, "key": 1},
        "earlier guide": {**below, "version": 1},
        "draft question": {**below, **draft_question},
        "unfinished question": {**below, "key": unfinished},
        "reading revised": {**below, "reading": "revised"},
        "revision": {"pk": revised.revision_id},
    }
    for name, announcement in announced.items():
        kwargs[name] = {"seminar": "seminar", "pk": announcement.pk}
    for name, moved in outcomes.items():
        kwargs[f"moved {name}"] = {**kwargs["reading revised"], "pk": moved.pk}
    for name, thread in threads.items():
        slug = {"closed": "closed", "general": general.slug}.get(name, "margins")
        kwargs[f"thread {name}"] = {"seminar": "seminar", "reading": slug, "pk": thread.pk}
        if thread.last_seq:
            kwargs[f"comment {name}"] = {**kwargs[f"thread {name}"], "pk": _comment(thread).pk}
    kwargs["session"] = {"pk": session_of(people.carol.user).pk}
    kwargs["comment answer"] = {**below, "pk": answer.pk}
    kwargs["comment anonymous"] = {**kwargs["thread closed"], "pk": anonymous.pk}
    tag, spare_tag = (create_tag(name=name, by=people.alice) for name in ("method", "sources"))
    tag_thread(thread=threads["all"], tag=tag, by=people.alice)
    kwargs["link kind"] = {"seminar": "seminar", "pk": kind_of(reading, "same_word").pk}
    kwargs["tag"] = {"seminar": "seminar", "pk": spare_tag.pk}
    reason = add_reason(name="Off the text", note="Stay with it.", by=people.alice)
    kwargs["decision"] = {"seminar": "seminar", "pk": hidden.decisions.get().pk}
    kwargs["reason"] = {"seminar": "seminar", "pk": reason.pk}
    decision = hidden.decisions.get()
    kwargs["decision of alice"] = {"seminar": "seminar", "pk": decision.pk}
    removed = reply(thread=threads["all"], parent=None, body="Removed.", by=people.dan)
    remove(comment=removed, reason="unkind", by=people.alice, version=removed.version)
    kwargs["comment removed"] = {**below, "pk": removed.pk}
    kwargs["comment hidden"] = {**below, "pk": hidden.pk}
    for name, reporter in (("all", people.dan), ("monday", people.bob), ("thursday", people.alice)):
        item = _case(_comment(threads[name]), reporter)
        kwargs[f"case {name}"] = {"seminar": "seminar", "pk": item.pk}

    # Alice is to be erased, and may take that back.
    Erasure.objects.create(user=people.alice.user, words="stay", due_at=timezone.now())
    users: dict[str, User | None] = {"anonymous": None, "mallory": people.mallory, "host": host}
    for key in ("alice", "bob", "carol", "dan", "grace"):
        users[key] = getattr(people, key).user
    users["rita"] = rita.user
    users["otto"] = others.alice.user  # instructs another seminar
    return World(people, users, kwargs)


def session_of(user: User) -> SignedInSession:
    """A browser in which somebody is signed in."""
    sign_in(user)
    return SignedInSession.objects.get(user=user)
