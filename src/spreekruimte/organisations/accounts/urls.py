"""The addresses under ``/account/``: those pages of allauth that are used here, and no others.

The names are those of allauth, which leads from page to page by them.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as elsewhere
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.urls import URLPattern, path, re_path

from spreekruimte.organisations.accounts.views import (
    AddPasskey,
    AskForLink,
    ChoosePassword,
    SetUpApp,
    ShowAgainWithPasskey,
    ShowRecoveryCodes,
    ShowWaysToSignIn,
    SignInWithPasskey,
    View,
    go_elsewhere,
    show_nothing,
    tell_bad_input,
)
from spreekruimte.organisations.views.account import erase_account


def _page(address: str, view: View, name: str) -> URLPattern:
    return path(address, tell_bad_input(view), name=name)


urlpatterns = [
    _page("login/", account.login, "account_login"),
    _page("logout/", account.logout, "account_logout"),
    _page("inactive/", account.account_inactive, "account_inactive"),
    _page("erase/", erase_account, "account_erase"),
    _page("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    _page("password/change/", account.password_change, "account_change_password"),
    _page("password/reset/", AskForLink.as_view(), "account_reset_password"),
    _page("password/reset/done/", account.password_reset_done, "account_reset_password_done"),
    # Allauth fills in both parts at once, in its mail.
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[0-9A-Za-z-]{1,100})/$",
        tell_bad_input(ChoosePassword.as_view()),
        name="account_reset_password_from_key",
    ),
    _page(
        "password/done/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    _page("2fa/", ShowWaysToSignIn.as_view(), "mfa_index"),
    _page("2fa/authenticate/", second_factor.authenticate, "mfa_authenticate"),
    _page("2fa/reauthenticate/", second_factor.reauthenticate, "mfa_reauthenticate"),
    _page("2fa/totp/activate/", SetUpApp.as_view(), "mfa_activate_totp"),
    _page("2fa/totp/deactivate/", app.deactivate_totp, "mfa_deactivate_totp"),
    _page("2fa/recovery-codes/", ShowRecoveryCodes.as_view(), "mfa_view_recovery_codes"),
    _page(
        "2fa/recovery-codes/generate/",
        recovery_codes.generate_recovery_codes,
        "mfa_generate_recovery_codes",
    ),
    _page(
        "2fa/recovery-codes/download/",
        recovery_codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    _page("2fa/passkeys/", passkeys.list_webauthn, "mfa_list_webauthn"),
    _page("2fa/passkeys/add/", AddPasskey.as_view(), "mfa_add_webauthn"),
    _page("2fa/passkeys/login/", SignInWithPasskey.as_view(), "mfa_login_webauthn"),
    _page(
        "2fa/passkeys/reauthenticate/",
        ShowAgainWithPasskey.as_view(),
        "mfa_reauthenticate_webauthn",
    ),
    _page("2fa/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, "mfa_remove_webauthn"),
    _page("2fa/passkeys/<int:pk>/edit/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    _page("oidc/<slug:provider_id>/login/", go_elsewhere, "openid_connect_login"),
    _page(
        "oidc/<slug:provider_id>/login/callback/",
        openid_connect.callback,
        "openid_connect_callback",
    ),
    _page("oidc/cancelled/", elsewhere.login_cancelled, "socialaccount_login_cancelled"),
    # Allauth leads to these where something is left to do that does not exist here.
    path("closed/password/", show_nothing, name="account_set_password"),
    path("closed/elsewhere/", show_nothing, name="socialaccount_connections"),
]
