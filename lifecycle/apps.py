from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "lifecycle"

    def ready(self) -> None:
        from accounts.mail import made_at_sending
        from lifecycle.deletion_mail import (
            DELETED_MAIL,
            KEPT_MAIL,
            make_deletion_mail,
            make_kept_mail,
        )

        made_at_sending(DELETED_MAIL, make_deletion_mail)
        made_at_sending(KEPT_MAIL, make_kept_mail)
