"""The addresses of the channels."""

from django.urls import URLPattern, path

from spreekruimte.channels.views import asking, connecting, connecting_bluesky, desk, public

DESK = "desk/<slug:slug>/channels/"
ACCOUNT, ACT = f"{DESK}accounts/<int:account_id>/", f"{DESK}acts/<int:act_id>/"

app_name = "channels"
urlpatterns: list[URLPattern] = [
    path(DESK, desk.show_channels, name="list"),
    path(f"{DESK}stop/", desk.stop, name="stop"),
    path(f"{DESK}resume/", desk.go_on, name="resume"),
    path(f"{DESK}closed-networks/", desk.show_closed_networks, name="closed-networks"),
    path(f"{DESK}mastodon/", connecting.connect_mastodon, name="connect-mastodon"),
    path(f"{DESK}mastodon/connected/", connecting.finish_connecting, name="connected"),
    path(f"{DESK}bluesky/", connecting_bluesky.connect_bluesky, name="connect-bluesky"),
    path(f"{ACCOUNT}disconnect/", desk.disconnect, name="disconnect"),
    path(f"{ACT}take-back/", desk.take_back_act, name="take-back"),
    path(f"{ACT}again/", desk.send_again, name="again"),
    path(f"{ACT}withdraw/", desk.withdraw, name="withdraw"),
    path("desk/<slug:slug>/cases/<int:identifier>/channels/", asking.ask_elsewhere, name="ask"),
    path("channels/mastodon/back/", connecting.come_back, name="come-back"),
    path("cases/<int:case_id>/polls/", public.show_polls, name="polls"),
    path("bot/", public.explain_bot, name="bot"),
]
