"""By which a kept piece of a page is known to be true still.

A version is a random number that the database writes anew in the transaction of each change
(readings.page.triggers). Random, not counted up: a number that was rolled back, or that a
restored backup has again, must not name another state.
"""

from django.db import models

from readings.models.readings import Reading
from seminars.models import Seminar


class PageVersion(models.Model):
    """Of one reading's page: `page` changes with anything on it, `blocks` with every block."""

    reading = models.OneToOneField(
        Reading, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="version"
    )
    page = models.BigIntegerField()
    blocks = models.BigIntegerField()

    def __str__(self) -> str:
        return f"Page of reading {self.reading_id} at {self.page}"


class BlockVersion(models.Model):
    """Of one block with what hangs on it; a block without a row has never had anything.

    The key "" is the end of the page, where threads about the whole reading stand.
    """

    reading = models.ForeignKey(
        Reading, models.DO_NOTHING, db_constraint=False, related_name="block_versions"
    )
    block_key = models.CharField(max_length=24)
    version = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reading", "block_key"], name="block_version_unique")
        ]

    def __str__(self) -> str:
        return f"{self.block_key} of reading {self.reading_id} at {self.version}"


class PeopleVersion(models.Model):
    """Of the names, roles and groups of a seminar, and its own name: every page shows some."""

    seminar = models.OneToOneField(
        Seminar,
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="people_version",
    )
    version = models.BigIntegerField()

    def __str__(self) -> str:
        return f"People of seminar {self.seminar_id} at {self.version}"


class Fragment(models.Model):
    """A block with what hangs on it, as one class of viewers sees it at one version.

    `body` is what readings.page.fragments wrote: its facts as JSON, and its HTML with slots.
    """

    reading = models.ForeignKey(
        Reading, models.DO_NOTHING, db_constraint=False, related_name="fragments"
    )
    block_key = models.CharField(max_length=24)
    viewer = models.CharField(max_length=60)
    version = models.CharField(max_length=64)
    body = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "viewer", "block_key"], name="fragment_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_key} of reading {self.reading_id} for {self.viewer}"
