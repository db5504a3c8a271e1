"""Zora, who has done all that one can do here; her name, address and words stand nowhere else."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.mail import queue_mail
from accounts.models import AnsweredForm, User
from discussions.comments.actions import edit_comment, reply
from discussions.models import Comment, MailChoice, ThreadSubscription
from discussions.moderation import hide
from discussions.moderation.case_actions import ask_review
from discussions.moderation.report_actions import report
from discussions.reactions.actions import react
from documents import DocumentPicture
from gradebook.actions import begin_gradebook
from gradebook.models import GivenMark, GradeCategory, GradeColumn
from overview.message_actions import send_messages
from overview.participation_actions import begin_scoring
from quizzes.accommodations.actions import set_accommodation
from quizzes.attempts import submit_attempt
from quizzes.manual_marking.actions import set_mark
from quizzes.models import PracticeCard, Quiz
from quizzes.publishing import publish_answer
from readings.drafts.import_actions import import_now, start_import
from readings.drafts.pictures import keep_pictures
from readings.drafts.publish_actions import publish
from readings.guides.draft_actions import begin_draft, put_item
from readings.guides.guide_file import parse_guide
from readings.models import Reading, Visit
from readings.setup import general_discussion_of
from readings.setup.extension_actions import give_extension
from seminars.actions import accept_invitation, create_invitation
from seminars.announcements.actions import publish_announcement
from seminars.models import Invitation, Membership
from seminars.personal_mutes import mute_for_self
from seminars.rosters.actions import apply_roster, keep_roster
from seminars.rosters.plans import plan_roster
from seminars.rosters.roster_file import read_roster
from tests.base import PASSWORD, People, make_people, make_reading
from tests.discussions.base import first_of, say
from tests.discussions.links import link, make_far_reading
from tests.quizzes.published import add_open_checkpoint

NAME = "Zora Qxname"
FORMER_NAME = "Zora Qxname-Before"
ADDRESS = "zora.qxaddress@qxhost.example"
WORD = "qxword"  # in all that she wrote
LINK = "https://x.test/{}".format


@dataclass
class World:
    people: People  # of the seminar in which she takes part
    others: People  # of that which she instructs beside another
    zora: User
    member: Membership
    instructor: Membership
    reading: Reading
    # What others said, which stays.
    replied: Comment


def make_zora_world() -> World:
    people, others = make_people(), make_people("elsewhere")
    reading, far = make_reading(people), make_far_reading(people)
    zora = User.objects.create_user(ADDRESS.title(), PASSWORD, name=FORMER_NAME)
    zora.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)  # type: ignore[attr-defined]
    member = _joined(people, zora)
    instructor = Membership.objects.create(
        seminar=others.seminar, user=zora, role="instructor", group=None
    )
    world = World(people, others, zora, member, instructor, reading, Comment())
    _speak(world, far)
    _be_spoken_to(world, FORMER_NAME)
    zora.set_profile(name=NAME, time_zone="Europe/Berlin")
    for one in (member, instructor):
        one.refresh_from_db()
    _be_spoken_to(world, NAME)
    _answer(world)
    _be_cared_for(world)
    _instruct(world)
    _bring(world)
    return world


def _joined(people: People, zora: User) -> Membership:
    """By a mail to her, of a list that names her; another list waits still."""
    line = f"{NAME},{ADDRESS},Monday\nNadia,nadia@example.org,Monday"
    roster = keep_roster(text=line, source_name="", by=people.alice)
    plan = plan_roster(people.seminar, read_roster(line))
    apply_roster(roster=roster, seen=plan.mark, by=people.alice, link=LINK)
    keep_roster(text=line, source_name="", by=people.alice)
    invitation = Invitation.objects.get(email__iexact=ADDRESS)
    return accept_invitation(token=invitation.personal_token, user=zora)


def _speak(world: World, far: Reading) -> None:
    people, zora, reading = world.people, world.member, world.reading
    answered = say(reading, zora, f"A remark {WORD}.")
    comment = first_of(answered)
    world.replied = reply(thread=answered, parent=comment, body="So I think.", by=people.carol)
    body, why = f"Another {WORD}.", f"Clearer {WORD}."
    edit_comment(comment=comment, body=body, by=zora, version=comment.version, reason=why)
    say(reading, zora, f"Alone {WORD}.", block="p2", quote="a conversation")
    say(reading, zora, f"My note {WORD}.", audience="me")
    say(reading, zora, "", block="p3", quote="doubts")
    say(reading, zora, f"Whither {WORD}?", kind="question")
    link(reading, far, zora, f"It answers {WORD}.")
    link(reading, far, zora, "", quote="another place", far_block="p3", far_quote="Zebulon")
    say(general_discussion_of(by=zora), zora, f"Where {WORD}?", block="")
    theirs = say(reading, people.carol, "What do you think?")
    reply(thread=theirs, parent=None, body=f"I think {WORD}.", by=zora)
    react(comment=first_of(theirs), kind="thanks", by=zora)
    report(comment=first_of(theirs), reason="unkind", by=zora, detail=f"It is {WORD}.")
    hidden = reply(thread=theirs, parent=None, body=f"Hidden {WORD}.", by=zora)
    hide(comment=hidden, reason="unkind", by=people.alice, version=hidden.version)
    ask_review(comment=hidden, by=zora, why=f"It was {WORD}.")
    zora.restricted_at = timezone.now()
    reply(thread=theirs, parent=None, body=f"It waits {WORD}.", by=zora)
    zora.restricted_at = None
    mute_for_self(member=people.dan, by=zora)
    mute_for_self(member=zora, by=people.dan)
    MailChoice.objects.create(user=world.zora, scope="all", cadence="daily")
    assert ThreadSubscription.objects.filter(membership=zora).exists()
    Visit.objects.create(
        seminar=people.seminar, reading=reading, membership=zora, revision=reading.revision
    )


def _be_spoken_to(world: World, name: str) -> None:
    """By one who changed their words since, and beside somebody else."""
    thread = say(world.reading, world.people.carol, f"@{name} and @Dan, what of this?")
    comment = first_of(thread)
    assert comment.mentions.count() == 2
    body = f"@{name} and @Dan, what of that?"
    reply(thread=thread, parent=None, body="An answer.", by=world.people.dan)
    carol = world.people.carol
    edit_comment(comment=comment, body=body, version=comment.version, by=carol, reason="Clearer.")
    assert comment.revisions.exists()


def _answer(world: World) -> None:
    people, zora, reading = world.people, world.member, world.reading
    quiz = add_open_checkpoint(people, reading)
    first, second = quiz.questions.all()
    given = {first.pk: [f"I read {WORD}."], second.pk: ["All."]}
    attempt = submit_attempt(quiz=quiz, responses=given, by=zora)
    answer = attempt.answers.get(question=first)
    shown = Quiz.objects.of(reading).get(pk=quiz.pk)
    publish_answer(answer=answer, quiz=shown, body=f"Out {WORD}.", audience="seminar", by=zora)
    set_mark(answer=answer, points=Decimal(1), remark="Well said.", by=people.alice)
    PracticeCard.objects.create(
        seminar=people.seminar,
        membership=zora,
        question=first,
        stability=1,
        difficulty=1,
        times=1,
        answered_at=timezone.now(),
        due_at=timezone.now(),
        response=[f"practised {WORD}"],
        version=1,
        score=0,
    )


def _be_cared_for(world: World) -> None:
    """What staff did about her, in their words."""
    people, zora, reading = world.people, world.member, world.reading
    set_accommodation(
        member=zora, time_percent=150, extra_tries=0, reason=f"Ill {WORD}.", by=people.alice
    )
    Reading.objects.filter(pk=reading.pk).update(due_at=datetime(2030, 1, 1, tzinfo=UTC))
    reading.refresh_from_db()
    give_extension(
        reading=reading,
        by=people.alice,
        membership=zora,
        note=f"Ill {WORD}.",
        due_at=datetime(2030, 1, 2, tzinfo=UTC),
    )
    send_messages(reading=reading, members=[zora], body="Come and see me.", by=people.alice)
    begin_scoring(by=people.alice)
    begin_gradebook(by=people.alice)
    category = GradeCategory.objects.filter(seminar=people.seminar).first()
    column = GradeColumn.objects.create(
        seminar=people.seminar, kind="by_hand", title="Talk", maximum=10, category=category
    )
    GivenMark.objects.create(
        seminar=people.seminar,
        created_by=people.alice,
        column=column,
        membership=zora,
        points=3,
        comment=f"Of her {WORD}.",
    )


def _instruct(world: World) -> None:
    others, zora = world.others, world.instructor
    publish_announcement(title=f"News {WORD}", body=f"Words {WORD}.", by=zora)
    keep_roster(text=f"Omar,omar@example.org,Monday {WORD}", source_name=f"{WORD}.csv", by=zora)
    create_invitation(
        role="participant", group=None, max_uses=5, valid_for=timedelta(days=2), by=zora
    )
    roster = keep_roster(text="Pia,pia@example.org,Monday", source_name="", by=zora)
    plan = plan_roster(others.seminar, read_roster(roster.text))
    apply_roster(roster=roster, seen=plan.mark, by=zora, link=LINK)
    later = timezone.now() + timedelta(hours=1)
    for address, said in ((ADDRESS, "Dear reader"), ("pia@example.org", f"{NAME} invites you")):
        queue_mail(EmailMessage(subject=said, body=said, to=[address]), run_after=later)
    told = [[25, f"{NAME} is Assistant now."]]
    AnsweredForm.objects.create(user=others.alice.user, key=uuid4(), location="/", said=told)
    reading = make_reading(others, slug="hers")
    begin_draft(reading=reading, by=zora)
    text = f"---\nguide: 1\ntitle: Guide\n---\n\n## Note ¶ 2\n\nA note {WORD}.\n"
    put_item(reading=reading, by=zora, item=parse_guide(text).items[0])
    send_messages(reading=reading, members=[others.carol], body=f"Come {WORD}.", by=zora)


def _bring(world: World) -> None:
    """Files: one that is read, one that nobody reads, and drafts."""
    name = f"{NAME.replace(' ', '_')}.md"
    read, unread = (
        import_now(data=f"# {title}\n\nIts words.\n".encode(), filename=name, by=world.zora)
        for title in ("Of walls", f"Alone {WORD}")
    )
    essay = publish(draft=read, metadata={}, by=world.zora).essay
    make = {"slug": "walls", "created_by": world.instructor, "seminar": world.others.seminar}
    Reading.objects.create(essay=essay, revision=essay.revisions.get(), **make)
    publish(draft=unread, metadata={}, by=world.zora)
    draft = import_now(data=f"# Draft {WORD}\n\nA.\n".encode(), filename=name, by=world.zora)
    keep_pictures(draft=draft, pictures=[DocumentPicture("1.png", "image/png", 1, 1, b"qxword")])
    start_import(data=b"\x89PNG\r\n\x1a\n" + WORD.encode(), filename="a.png", by=world.zora)
