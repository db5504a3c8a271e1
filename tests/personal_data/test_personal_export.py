"""/profile/export/: somebody asks for all that is kept of them."""

import json
from io import BytesIO
from zipfile import ZipFile

from django.test import Client
from django.utils import timezone

from discussions.comments.actions import reply
from discussions.moderation.report_actions import report
from personal_data.erasure_actions import erase_person
from personal_data.export_actions import delete_expired_exports
from personal_data.models import EXPORT_KEPT, PersonalExport
from readings.models import Reading
from tests.base import People, markup
from tests.discussions.base import first_of, hidden, say

URL = "/profile/export/"


def unpacked(client: Client) -> dict[str, bytes]:
    answer = client.get(f"{URL}file/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    with ZipFile(BytesIO(b"".join(answer))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_that_is_ones_own_is_in_it_and_nothing_of_others(
    people: People, reading: Reading
) -> None:
    thread = say(reading, people.carol, "Carol’s own words.")
    reply(thread=thread, parent=None, body="Dan’s words.", by=people.dan)
    said = reply(thread=thread, parent=None, body="Hidden words.", by=people.carol)
    report(comment=said, reason="unkind", by=people.dan, detail="Dan’s complaint.")
    hidden(said, people.alice, note="Stay with the text.")
    say(reading, people.carol, "For me alone.", audience="me")
    browser = people.client("carol")
    assert browser.post(URL).status_code == 302
    assert "Download the file" in markup(browser.get(URL))
    found = unpacked(browser)
    assert set(found) == {"README.txt", "account.json", "seminars/seminar.json", "notebook.md"}
    told = json.loads(found["seminars/seminar.json"])
    words = {one["words"] for one in told["comments"]}
    assert words == {"Carol’s own words.", "Hidden words.", "For me alone."}
    assert told["decisions"][0]["note_to_member"] == "Stay with the text."
    assert json.loads(found["account.json"])["email"] == "carol@example.org"
    assert "Carol’s own words." in found["notebook.md"].decode()
    whole = b"".join(found.values()).decode()
    for others in ("Dan’s words.", "Dan’s complaint.", "known to us"):
        assert others not in whole
    assert first_of(thread).body in whole


def test_it_is_its_persons_alone(people: People) -> None:
    people.client("carol").post(URL)
    assert people.client("dan").get(f"{URL}file/").status_code == 404
    assert Client().get(f"{URL}file/").status_code == 302
    assert people.client("dan").get(URL).status_code == 200


def test_after_its_time_it_is_gone_with_its_file(
    people: People, django_capture_on_commit_callbacks: object
) -> None:
    people.client("carol").post(URL)
    export = PersonalExport.objects.get()
    storage, name = export.file.storage, str(export.file.name)
    assert storage.exists(name)
    PersonalExport.objects.update(asked_at=timezone.now() - EXPORT_KEPT)
    assert people.client("carol").get(f"{URL}file/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        delete_expired_exports()
    assert not storage.exists(name)
    assert not PersonalExport.objects.exists()


def test_it_goes_with_its_person(
    people: People, django_capture_on_commit_callbacks: object
) -> None:
    people.client("carol").post(URL)
    export = PersonalExport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_person(user=people.carol.user, words="stay")
    assert not export.file.storage.exists(str(export.file.name))
    assert not PersonalExport.objects.exists()


def test_it_says_while_it_is_made_and_where_it_failed(people: People) -> None:
    browser = people.client("carol")
    assert "Make the file" in markup(browser.get(URL))
    row = PersonalExport.objects.create(user=people.carol.user)
    assert "is being made" in markup(browser.get(URL))
    browser.post(URL)  # the same that waits
    assert PersonalExport.objects.get() == row
    PersonalExport.objects.update(failed_at=timezone.now())
    assert "could not be made" in markup(browser.get(URL))
