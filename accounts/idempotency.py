"""A form that is sent once more is answered once more, and does nothing more.

Answers get lost, and buttons are pressed twice. Each form that makes or deletes something carries
a key that is new with the page (`{% form_key %}`). What it was answered is kept under that key in
the transaction of what it did: of two at once, the second waits for the first and has its answer.
Words posted in a seminar keep their key on their own row: discussions/common/idempotency.py.
"""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from accounts.models import AnsweredForm, User

FIELD = "client_key"
# Not what was asked for, but for whom the page was made.
BESIDE = {"csrfmiddlewaretoken"}
# Who comes back to a page of yesterday's and sends it means it anew.
KEPT = timedelta(days=1)
SECRET_BYTES = 16


def answered_once(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer the same form of the same person as it was answered first, by the same redirect.

    The outermost decorator of a view whose success is a redirect: by then the thing may be gone,
    or whoever sent it out of the seminar. What is refused is not kept, and has done nothing, but
    for an answer that is `lasting`.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = form_key(request)
        user = request.user
        if key is None or not isinstance(user, User):
            return view(request, *args, **kwargs)
        if earlier := _find(user, key):
            return _again(request, earlier)
        try:
            return _first(request, user, key, lambda: view(request, *args, **kwargs))
        except IntegrityError:
            # The other half of a double click was faster.
            if earlier := _find(user, key):
                return _again(request, earlier)
            raise

    return wrapped


def lasting(response: HttpResponse) -> HttpResponse:
    """Let what was done stay, although this is no redirect: what was kept of a refused form.

    It is answered anew when it comes once more, and must do nothing more by itself.
    """
    response.is_lasting = True  # type: ignore[attr-defined]  # read by answered_once
    return response


def form_key(request: HttpRequest) -> uuid.UUID | None:
    """Return the key of what was sent: that of its page, with what it says; None without one.

    The page's key alone would not do: who puts a field right and sends again means something else.
    """
    if request.method != "POST":
        return None
    try:
        page = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    return uuid.uuid5(page, mark_of(request))


def mark_of(request: HttpRequest) -> str:
    """Return what tells this form with these words and files from every other, in 64 letters."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name not in BESIDE)
    digest = hashlib.sha256(repr((request.path, fields)).encode("utf-8", "surrogatepass"))
    for name, file in sorted(request.FILES.items()):
        digest.update(repr((name, getattr(file, "name", ""))).encode("utf-8", "surrogatepass"))
        for chunk in file.chunks():  # type: ignore[union-attr]  # no list: one file a field
            digest.update(chunk)
        file.seek(0)  # type: ignore[union-attr]
    return digest.hexdigest()


def secret_of(request: HttpRequest) -> str | None:
    """Return a secret that the same form sent once more has again, and that is kept nowhere.

    128 bits, as letters of an address. None where the form has no key.
    """
    if form_key(request) is None:
        return None
    said = f"{request.user.pk} {request.POST[FIELD]} {mark_of(request)}".encode()
    digest = hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
    return base64.urlsafe_b64encode(digest[:SECRET_BYTES]).decode().rstrip("=")


def _find(user: User, key: uuid.UUID) -> AnsweredForm | None:
    return AnsweredForm.objects.filter(user=user, key=key).first()


def _first(
    request: HttpRequest, user: User, key: uuid.UUID, view: Callable[[], HttpResponse]
) -> HttpResponse:
    with transaction.atomic():
        AnsweredForm.objects.filter(user=user, created_at__lt=timezone.now() - KEPT).delete()
        row = AnsweredForm.objects.create(user=user, key=key)
        response = view()
        if isinstance(response, HttpResponseRedirect):
            row.location = response.url
            # Said on the next page, unless it is lost with this answer.
            said = getattr(messages.get_messages(request), "_queued_messages", [])
            row.said = [[one.level, str(one.message)] for one in said]
            row.save(update_fields=["location", "said"])
        elif getattr(response, "is_lasting", False):
            row.delete()
        else:
            transaction.set_rollback(True)
    return response


def _again(request: HttpRequest, earlier: AnsweredForm) -> HttpResponse:
    for level, message in earlier.said:
        messages.add_message(request, level, message)
    return HttpResponseRedirect(earlier.location)
