"""Backups: taken while the app is in use, restored, and proven to be good.

A backup is a folder with the database, the uploaded files that it names, a manifest of both with
their hashes, and `SHA256SUMS`. What it holds is the state of one moment.
"""

from hosting.backups.errors import BackupRefused
from hosting.backups.proof import prove_backup
from hosting.backups.restore import check_backup, restore_backup
from hosting.backups.take import take_backup

__all__ = ["BackupRefused", "check_backup", "prove_backup", "restore_backup", "take_backup"]
