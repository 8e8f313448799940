"""The addresses of organisations."""

from django.urls import URLPattern, path

from spreekruimte.organisations.views import audit, members
from spreekruimte.organisations.views.desk import show_desk

MEMBERS = "desk/<slug:slug>/members/"
AUDIT = "desk/<slug:slug>/audit/"
MEMBER = f"{MEMBERS}<uuid:pseudonym>/"

app_name = "organisations"
urlpatterns: list[URLPattern] = [
    path("desk/", show_desk, name="desk"),
    path(MEMBERS, members.manage_members, name="members"),
    path(MEMBER, members.show_member, name="member"),
    path(f"{MEMBER}grant/", members.grant_role, name="grant-role"),
    path(f"{MEMBER}withdraw/", members.withdraw_role, name="withdraw-role"),
    path(f"{MEMBER}remove/", members.remove_member, name="remove-member"),
    path(f"{MEMBER}sign-in/", members.renew_sign_in, name="renew-sign-in"),
    path(AUDIT, audit.show_audit_trail, name="audit"),
    path(f"{AUDIT}entries.csv", audit.download_audit_trail, name="audit-file"),
]
