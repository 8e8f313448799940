"""The addresses of our actors. Other servers remember them: they never change."""

from django.urls import URLPattern, path

from spreekruimte.channels.fediverse import views

ACTOR = "fediverse/<slug:slug>/"

app_name = "fediverse"
urlpatterns: list[URLPattern] = [
    path(".well-known/webfinger", views.find_by_handle, name="webfinger"),
    path(".well-known/nodeinfo", views.list_nodeinfo, name="nodeinfo-list"),
    path("nodeinfo/2.1", views.show_nodeinfo, name="nodeinfo"),
    path("fediverse/inbox", views.take_in, name="shared-inbox"),
    path(ACTOR, views.show_actor, name="actor"),
    path(f"{ACTOR}inbox", views.take_in, name="inbox"),
    path(f"{ACTOR}outbox", views.show_outbox, name="outbox"),
    path(f"{ACTOR}followers", views.show_followers, name="followers"),
    path(f"{ACTOR}posts/<str:key>/", views.show_post, name="post"),
]
