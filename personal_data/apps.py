from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "personal_data"

    def ready(self) -> None:
        from accounts.after_sign_in import lead_first
        from personal_data.waiting_erasure import page_of_waiting_erasure

        lead_first(page_of_waiting_erasure)
