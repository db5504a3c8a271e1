"""The name of a person in the words of others: “@Name” becomes “A former member”."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from discussions.comments import is_wrapped
from discussions.common.citations import paragraphs_for
from discussions.models import Comment, CommentRevision, Mention
from personal_data.erased_person import ErasedPerson
from rendering.markdown import as_html, mentions_in
from rendering.names import Names
from seminars.models import Membership


def erase_mentions(person: ErasedPerson) -> None:
    """Write no name where others spoke to them; before their rows of mentions go.

    What others wrote of them without the sign is the words of others, and stays. Of two people
    of one name in a seminar the name goes on to be the other's.
    """
    for member in person.memberships:
        alone = Names([] if _has_namesake(member) else [person.name])
        spoken_to = Mention.objects.filter(member=member).values("comment")
        named = Q(body__icontains=f"@{person.name}") if alone else Q(pk=None)
        earlier = CommentRevision.objects.filter(named).values("comment")
        comments = Comment.objects.filter(
            Q(pk__in=spoken_to) | named | Q(pk__in=earlier), seminar=member.seminar_id
        )
        for comment in comments.select_related("thread"):
            _erase_in(comment, member, alone)


def _has_namesake(member: Membership) -> bool:
    others = Membership.objects.filter(seminar=member.seminar_id).exclude(pk=member.pk)
    return others.filter(user__name__iexact=member.user.name).exists()


def _erase_in(comment: Comment, member: Membership, names: Names) -> None:
    mentions = Mention.objects.filter(comment=comment)
    is_spoken_to = mentions.filter(member=member).exists()
    others = mentions.exclude(member=member).values_list("member__user__name", flat=True)
    kept = {name.casefold() for name in others}
    rows: list[Comment | CommentRevision] = [comment]
    rows += CommentRevision.objects.filter(comment=comment)
    for one in rows:
        # As they were called then: who is mentioned, and is nobody else.
        said = mentions_in(one.html)
        former = [name for name in said if is_spoken_to and name.casefold() not in kept]
        theirs = Names([*former, *names.found_in(one.body)])
        body = theirs.replaced_in(one.body, _("A former member"))
        if body != one.body:
            still = [name for name in said if name not in former]
            _rewrite(one, comment, body, still)


def _rewrite(
    one: Comment | CommentRevision, comment: Comment, body: str, still: Iterable[str]
) -> None:
    one.body = body
    one.html = as_html(
        body,
        is_wrapped=is_wrapped(comment),
        names=Names(still),
        paragraphs=paragraphs_for(body, reading=comment.thread.reading_id),
    )
    if isinstance(one, Comment):
        one.version += 1
        one.save(update_fields=["body", "html", "terms", "version"])
    else:
        one.save(update_fields=["body", "html"])
