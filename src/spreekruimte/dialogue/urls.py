"""The addresses of the dialogue."""

from django.urls import URLPattern, path

from spreekruimte.dialogue.views import (
    erasing,
    log,
    moderating,
    organisation,
    replying,
    talking,
)

DIALOGUE = "cases/<int:case_id>/dialogue/"
DESK = "desk/<slug:slug>/"

app_name = "dialogue"
urlpatterns: list[URLPattern] = [
    path(DIALOGUE, talking.show_dialogue, name="dialogue"),
    path(f"{DIALOGUE}new/", talking.say_something, name="say"),
    path(f"{DIALOGUE}<int:message_id>/answer/", talking.say_something, name="answer"),
    path(f"{DIALOGUE}<int:message_id>/vote/", talking.vote, name="vote"),
    path(f"{DIALOGUE}<int:message_id>/appeal/", talking.appeal, name="appeal"),
    path("cases/<int:case_id>/moderation/", log.show_log, name="moderation-log"),
    path("cases/<int:case_id>/erase/", erasing.erase, name="erase"),
    path("cases/<int:case_id>/erased/", erasing.show_erased, name="erased"),
    path("reply/", replying.reply, name="reply"),
    path("organisations/<slug:slug>/dialogue/", organisation.show_part, name="organisation"),
    path(f"{DESK}messages/", moderating.moderate_messages, name="moderation"),
    path(f"{DESK}messages/<int:message_id>/reason/", moderating.make_reason, name="turn"),
    path(f"{DESK}cases/<int:identifier>/dialogue/", replying.speak, name="speak"),
]
