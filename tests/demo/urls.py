"""The URLs as they are where DEMO is set."""

from django.urls import include, path

urlpatterns = [path("demo/", include("demo.urls")), path("", include("config.urls"))]
handler404 = "config.views.not_found"
