"""The addresses of the register of fuss."""

from django.urls import URLPattern, path, re_path

from spreekruimte.ophef.views import (
    acts,
    feeds,
    imports,
    incidents,
    items,
    machine,
    phone,
    public,
    signals,
    tokens,
)

DESK = "desk/<slug:slug>/ophef/"
INCIDENT = f"{DESK}<int:identifier>/"
IMPORT = f"{INCIDENT}imports/<uuid:import_id>/"
CASE, ORGANISATION = "cases/<int:case_id>/ophef/", "organisations/<slug:slug>/ophef/"
PICTURE = r"(?P<name>[a-z]{1,20})\.(?P<kind>svg|csv)"

app_name = "ophef"
urlpatterns: list[URLPattern] = [
    path(DESK, incidents.list_incidents, name="list"),
    path(f"{DESK}new/", incidents.open_new, name="new"),
    path(f"{DESK}access/", tokens.show_tokens, name="tokens"),
    path(f"{DESK}access/<int:token_id>/revoke/", tokens.revoke, name="revoke"),
    path(f"{DESK}feeds/", feeds.show_feeds, name="feeds"),
    path(f"{DESK}feeds/<int:feed_id>/pause/", feeds.pause, name="pause-feed"),
    path(f"{DESK}feeds/<int:feed_id>/resume/", feeds.resume, name="resume-feed"),
    path(INCIDENT, signals.show_register, name="register"),
    path(f"{INCIDENT}change/", incidents.change, name="change"),
    path(f"{INCIDENT}close/", incidents.close, name="close"),
    path(f"{INCIDENT}reopen/", incidents.reopen, name="reopen"),
    path(f"{INCIDENT}signals/new/", signals.add_signal, name="add-signal"),
    path(f"{INCIDENT}signals/<int:signal_id>/withdraw/", signals.withdraw, name="withdraw-signal"),
    path(f"{INCIDENT}items/", items.show_items, name="items"),
    path(f"{INCIDENT}items/<int:item_id>/accept/", items.accept, name="accept-item"),
    path(f"{INCIDENT}items/<int:item_id>/refuse/", items.refuse_one, name="refuse-item"),
    path(f"{INCIDENT}items/<int:item_id>/undo/", items.undo, name="undo-decision"),
    path(f"{INCIDENT}acts/new/", acts.add_act, name="add-act"),
    path(f"{INCIDENT}acts/<int:act_id>/withdraw/", acts.withdraw, name="withdraw-act"),
    path(f"{INCIDENT}imports/new/", imports.upload, name="upload"),
    path(IMPORT, imports.show_import, name="import"),
    path(f"{IMPORT}refused.csv", imports.download_refused, name="refused"),
    path(f"{IMPORT}withdraw/", imports.withdraw, name="withdraw-import"),
    path(CASE, public.show_case, name="case"),
    re_path(
        rf"^cases/(?P<case_id>[0-9]{{1,18}})/ophef/{PICTURE}$",
        public.download_of_case,
        name="case-picture",
    ),
    path(ORGANISATION, public.show_organisation, name="organisation"),
    re_path(
        rf"^organisations/(?P<slug>[-a-zA-Z0-9_]{{1,80}})/ophef/{PICTURE}$",
        public.download_of_organisation,
        name="organisation-picture",
    ),
    path("ophef/signals", machine.take_signal, name="endpoint"),
    path("ophef/phone/", phone.choose_incident, name="phone"),
    path("ophef/phone/open/<str:token>/", phone.enter, name="phone-enter"),
    path("ophef/phone/<int:identifier>/", phone.count, name="phone-count"),
    path("ophef/phone/<int:identifier>/undo/", phone.undo, name="phone-undo"),
]
