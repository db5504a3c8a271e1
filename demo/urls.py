from django.urls import path

from demo import views

urlpatterns = [
    path("", views.demo_entrance, name="demo_entrance"),
    path("entry/", views.demo_entry, name="demo_entry"),
]
