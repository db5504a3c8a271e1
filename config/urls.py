"""Where everything is; the nouns are those of the product."""

from django.conf import settings
from django.urls import include, path

from config import views

urlpatterns = [
    path("livez", views.livez, name="livez"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("accounts.urls")),
    path("library/", include("readings.library_urls")),
    path("library/", include("quizzes.library_urls")),
    path("", include("home.urls")),
    path("", include("seminars.urls")),
    path("s/<slug:seminar>/readings/", include("readings.seminar_urls")),
    path("s/<slug:seminar>/r/<slug:reading>/", include("readings.urls")),
    path("s/<slug:seminar>/r/<slug:reading>/", include("discussions.urls")),
    path("s/<slug:seminar>/r/<slug:reading>/", include("quizzes.urls")),
    path("s/<slug:seminar>/practice/", include("quizzes.practice_urls")),
    path("s/<slug:seminar>/marking/", include("quizzes.seminar_urls")),
    path("s/<slug:seminar>/people/", include("quizzes.people_urls")),
    path("cases/", include("discussions.host_urls")),
    path("notebook/", include("discussions.notebook_urls")),
    path("news/", include("discussions.news_urls")),
    path("s/<slug:seminar>/", include("discussions.seminar_urls")),
    path("s/<slug:seminar>/reads/", include("discussions.read_urls")),
    path("s/<slug:seminar>/desk/", include("discussions.desk_urls")),
    path("s/<slug:seminar>/", include("overview.urls")),
    path("s/<slug:seminar>/", include("gradebook.urls")),
    path("profile/", include("personal_data.urls")),
    path("s/<slug:seminar>/", include("lifecycle.urls")),
    path("host/seminars/", include("lifecycle.host_urls")),
    path("host/", include("hosting.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))

handler400 = "config.views.bad_request"
handler403 = "config.views.forbidden"
handler404 = "config.views.not_found"
handler500 = "config.views.server_error"
