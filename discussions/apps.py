from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from accounts.mail import made_at_sending
        from discussions.comments import PromptHandler, ask_each_group, read_prompt
        from discussions.common.withholding import withheld_readings
        from discussions.moderation import count_cases
        from discussions.notifications import PURPOSE, count_news, make_news_mail
        from discussions.threads import DiscussionLayer, contents_of, contribution_tasks, watches
        from readings.guides import register_handler, register_reader
        from readings.page import register, register_tasks, watch
        from readings.setup import register_contents
        from seminars.audience import register_withholding
        from seminars.group_changes import register_group_follower
        from seminars.news_bell import register_news_count
        from seminars.review_count import register_review_count

        register(DiscussionLayer())
        register_reader("prompt", read_prompt)
        register_handler(PromptHandler())
        watch(*watches())
        register_contents(contents_of)
        register_group_follower(ask_each_group)
        register_withholding(withheld_readings)
        register_tasks(contribution_tasks)
        register_news_count(count_news)
        register_review_count(count_cases)
        made_at_sending(PURPOSE, make_news_mail)
