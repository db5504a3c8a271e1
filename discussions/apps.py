from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from accounts.mail import made_at_sending
        from discussions.comments import PromptHandler, ask_each_group, read_prompt
        from discussions.common.gated_events import (
            answering_events,
            gated_events,
            linked_events,
        )
        from discussions.common.locking import hold_talk
        from discussions.common.withholding import withheld_readings
        from discussions.copied import copied_talk_settings, copy_talk_settings
        from discussions.links import GuideLinks, LinkHandler, check_link
        from discussions.moderation import count_cases
        from discussions.notifications import (
            NEWS_STAMP,
            PURPOSE,
            kept_news_count,
            make_news_mail,
        )
        from discussions.threads import (
            DiscussionLayer,
            contents_of,
            contribution_tasks,
            watches,
            writers_at,
        )
        from readings.guides import (
            register_handler,
            register_link_ends,
            register_reader,
            register_writers,
        )
        from readings.page import register, register_hold, register_tasks, watch
        from readings.setup import register_contents, register_copied
        from seminars.answered import register_answering_events
        from seminars.audience import register_withholding
        from seminars.gates import register_gated_events
        from seminars.group_changes import register_group_follower
        from seminars.linked import register_linked_events
        from seminars.news_bell import register_news_count
        from seminars.review_count import register_review_count

        register(DiscussionLayer())
        register_reader("prompt", read_prompt)
        register_handler(PromptHandler())
        register_reader("link", check_link)
        register_handler(LinkHandler())
        register_link_ends(GuideLinks())
        watch(*watches())
        register_hold(hold_talk)
        register_writers(writers_at)
        register_contents(contents_of)
        register_copied(count=copied_talk_settings, copy=copy_talk_settings)
        register_group_follower(ask_each_group)
        register_withholding(withheld_readings)
        register_gated_events(gated_events)
        register_answering_events(answering_events)
        register_linked_events(linked_events)
        register_tasks(contribution_tasks)
        register_news_count(kept_news_count, NEWS_STAMP)
        register_review_count(count_cases)
        made_at_sending(PURPOSE, make_news_mail)
