"""`@recently_confirmed`: for what somebody at an unlocked computer must not do."""

from allauth.account.decorators import reauthentication_required

from accounts.access import View


def recently_confirmed(view: View) -> View:
    """Ask once more who it is, unless they said so within ACCOUNT_REAUTHENTICATION_TIMEOUT.

    What they sent waits in their session meanwhile, and is done when they have said it.
    """
    guarded: View = reauthentication_required(view)
    return guarded
