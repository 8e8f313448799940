"""The addresses of signing in with an account elsewhere."""

from django.urls import URLPattern, path

from spreekruimte.channels.sign_in import views

app_name = "sign_in"
urlpatterns: list[URLPattern] = [
    path("cases/<int:case_id>/sign-in/", views.let_in, name="entered"),
    path("cases/<int:case_id>/sign-in/<slug:network>/", views.ask_account, name="account"),
    path("sign-in/bluesky/client.json", views.show_client, name="client"),
    path("sign-in/<slug:network>/", views.come_back, name="back"),
]
