from django.apps import AppConfig


class SeminarsConfig(AppConfig):
    name = "seminars"

    def ready(self) -> None:
        from accounts.mail import on_outcome
        from seminars.models import INVITATION_MAIL
        from seminars.rosters.invitation_mail import note_outcome

        on_outcome(INVITATION_MAIL, note_outcome)
