"""Sharing an essay."""

import pytest
from django.core.exceptions import PermissionDenied

from readings.essays.actions import share_essay
from readings.models import Reading
from tests.base import People
from tests.readings.library import share


def test_only_its_owner_shares_it(colleagues: People, reading: Reading) -> None:
    share(colleagues, reading)
    url = f"/library/essays/{reading.essay_id}/editors/"
    assert colleagues.client("bob").post(url, {"editor": colleagues.bob.user_id}).status_code == 403
    with pytest.raises(PermissionDenied):
        share_essay(essay=reading.essay, editor=colleagues.carol.user, by=colleagues.bob.user)
    page = colleagues.client("bob").get(f"/library/essays/{reading.essay_id}/").content.decode()
    assert "Who may change it" in page
    assert "Stop sharing" not in page


def test_it_is_shared_with_colleagues_alone(colleagues: People, reading: Reading) -> None:
    """A list of the rest would tell who has an account here."""
    client = colleagues.client("alice")
    url = f"/library/essays/{reading.essay_id}/"
    page = client.get(url).content.decode()
    assert f'value="{colleagues.bob.user_id}"' in page
    assert f'value="{colleagues.carol.user_id}"' not in page
    response = client.post(url + "editors/", {"editor": colleagues.carol.user_id})
    assert response.status_code == 422
    assert "Choose one of the people in the list." in response.content.decode()
