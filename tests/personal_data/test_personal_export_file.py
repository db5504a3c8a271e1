"""/profile/export/file/: the file itself; what is in it: test_personal_export.py."""

from personal_data.models import PersonalExport
from tests.base import People

URL = "/profile/export/file/"


def test_before_it_is_ready_there_is_none(people: People) -> None:
    PersonalExport.objects.create(user=people.carol.user)
    assert people.client("carol").get(URL).status_code == 404
    assert people.client("carol").post(URL).status_code == 405
