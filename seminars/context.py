"""What every template of a seminar may ask."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from seminars import permissions
from seminars.models import Membership
from seminars.read_only import read_only_sentence
from seminars.review_count import reviews_waiting


def membership(request: HttpRequest) -> dict[str, Any]:
    """The membership of who is asking, and `can`, the rules that need nothing but it."""
    member = getattr(request, "membership", None)
    if member is None:
        return {}
    return {
        "seminar": member.seminar,
        "membership": member,
        "can": rights_of(member),
        "archived": read_only_sentence(member.seminar),
        "reviews_waiting": SimpleLazyObject(lambda: reviews_waiting(request)),
    }


def rights_of(member: Membership) -> dict[str, bool]:
    return {
        "change": permissions.may_change(member),
        "instruct": permissions.can_instruct(member),
        "take_part": permissions.can_take_part(member),
        "edit_seminar": permissions.can_edit_seminar(member),
        "manage_people": permissions.can_manage_people(member),
        "see_people": permissions.can_see_people(member),
        "manage_readings": permissions.can_manage_readings(member),
        "announce": permissions.can_announce(member),
        "see_desk": permissions.can_see_desk(member),
        "post": permissions.can_post(member),
        "progress": permissions.has_progress(member),
    }
