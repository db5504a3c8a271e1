"""What a writer is told before they post: that their words will wait for staff, and why."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from discussions.common.holding import hold_for
from discussions.models import Comment, ReviewCause, Thread
from seminars.audience import Audience
from seminars.models import Membership
from seminars.muting import mute_sentence


def waiting_html(member: Membership, thread: Thread | None = None) -> SafeString:
    """Return the line of a form: their words will wait, or are not taken while they are muted.

    `thread` is where they reply; None where they begin one, and choose for whom. Empty where
    nothing waits. Watched phrases are not told beforehand: they are found in what is sent. One
    query where the first posts of new members wait.
    """
    if said := mute_sentence(member):
        return _line(said)
    audience = thread.audience if thread else Audience.SEMINAR
    why = hold_for(by=member, audience=audience, body="", thread=thread)
    if why is None:
        return SafeString("")
    said = {
        ReviewCause.RESTRICTION: _("Staff look at each of your posts before others see it."),
        ReviewCause.NEW_MEMBER: _("Staff look at your first posts before others see them."),
        ReviewCause.PREMODERATION: _("Staff look at each comment here before others see it."),
    }[why.cause]
    if thread is None:
        said += " " + _("What only you or staff can read does not wait.")
    return _line(said)


def waiting_again(member: Membership, comment: Comment) -> SafeString:
    """The same for one's own words that are changed: they are out of sight until staff have
    looked at them again."""
    if comment.is_returned:
        return _line(_("It goes to staff again, who publish it or say what is still in the way."))
    if not comment.is_published:
        return SafeString("")
    thread = comment.thread
    if hold_for(by=member, audience=thread.audience, body="", thread=thread) is None:
        return SafeString("")
    return _line(_("Staff look at changes first: until then, others do not see this comment."))


def _line(said: str) -> SafeString:
    return format_html('<p class="help">{}</p>', said)
