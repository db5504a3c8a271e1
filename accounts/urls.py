"""/accounts/: how one reads, and django-allauth's pages for signing in."""

from collections.abc import Iterable, Iterator

from allauth.account.urls import urlpatterns as sign_in_patterns
from allauth.mfa.urls import urlpatterns as second_factor_patterns
from django.urls import URLPattern, URLResolver, include, path

from accounts import session_views, views
from accounts.sign_in_pages import as_ours


def all_as_ours(entries: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    """Their URLs, those that they include too, each as this site has it."""
    for entry in entries:
        if isinstance(entry, URLResolver):
            entry.url_patterns[:] = all_as_ours(entry.url_patterns)
            yield entry
        else:
            yield as_ours(entry)


urlpatterns = [
    path("display/", views.display_settings, name="display_settings"),
    path("sessions/", session_views.session_list, name="session_list"),
    path("sessions/ending/", session_views.sessions_ending, name="sessions_ending"),
    path("sessions/<int:pk>/ending/", session_views.session_ending, name="session_ending"),
    *all_as_ours(sign_in_patterns),
    path("second-factor/", include([*all_as_ours(second_factor_patterns)])),
]
