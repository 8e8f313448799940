"""The addresses of our actors. Other servers remember them: they never change."""

from django.urls import URLPattern, path

from spreekruimte.channels.fediverse.views import desk, federation, public

ACTOR = "fediverse/<slug:slug>/"

app_name = "fediverse"
urlpatterns: list[URLPattern] = [
    path(".well-known/webfinger", federation.find_by_handle, name="webfinger"),
    path(".well-known/nodeinfo", federation.list_nodeinfo, name="nodeinfo-list"),
    path("nodeinfo/2.1", federation.show_nodeinfo, name="nodeinfo"),
    path("fediverse/inbox", federation.take_in, name="shared-inbox"),
    path(ACTOR, federation.show_actor, name="actor"),
    path(f"{ACTOR}inbox", federation.take_in, name="inbox"),
    path(f"{ACTOR}outbox", federation.show_outbox, name="outbox"),
    path(f"{ACTOR}followers", federation.show_followers, name="followers"),
    path("desk/<slug:slug>/channels/fediverse/", desk.connect, name="connect"),
    path("cases/<int:case_id>/polls/fediverse/", public.show_counts, name="counts"),
    path(f"{ACTOR}posts/<slug:key>/", federation.show_post, name="post"),
]
