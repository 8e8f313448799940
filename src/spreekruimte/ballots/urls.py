"""The addresses of ballots."""

from django.urls import URLPattern, path

from spreekruimte.ballots.views import (
    asking,
    entering,
    leaving,
    machine,
    moderating,
    reasons,
    receipts,
    rounds,
)

ROUNDS = "desk/<slug:slug>/cases/<int:identifier>/rounds/"

app_name = "ballots"
urlpatterns: list[URLPattern] = [
    path("cases/<int:case_id>/ballots", machine.take_ballot, name="take-ballot"),
    path("cases/<int:case_id>/", asking.show_case, name="case"),
    path("cases/<int:case_id>/judgement/", asking.judge, name="judgement"),
    path("cases/<int:case_id>/measure/", asking.choose_measure, name="measure"),
    path("cases/<int:case_id>/reasons/", reasons.vote_on_reasons, name="reasons"),
    path("cases/<int:case_id>/reasons/new/", reasons.give, name="give-reason"),
    path("cases/<int:case_id>/reasons/<int:reason_id>/", reasons.show_reason, name="reason"),
    path(
        "cases/<int:case_id>/reasons/<int:reason_id>/change/",
        reasons.change,
        name="change-reason",
    ),
    path("cases/<int:case_id>/reasons/<int:reason_id>/appeal/", reasons.appeal, name="appeal"),
    path("cases/<int:case_id>/about/", asking.ask_about, name="about"),
    path("cases/<int:case_id>/thanks/", leaving.thank, name="thanks"),
    path("cases/<int:case_id>/look/", leaving.look, name="look"),
    path("cases/<int:case_id>/invitation/", entering.use_invitation, name="invitation"),
    path("cases/<int:case_id>/email/", entering.ask_address, name="email"),
    path("cases/<int:case_id>/email/<str:token>/", entering.confirm_address, name="confirm-email"),
    path("cases/<int:case_id>/openid/", entering.return_identified, name="openid"),
    path("cases/<int:case_id>/rounds/<int:number>/log.jsonl", receipts.download_log, name="log"),
    path("cases/<int:case_id>/rounds/<int:number>/head.json", receipts.show_head, name="head"),
    path("desk/<slug:slug>/moderation/", moderating.moderate_reasons, name="moderation"),
    path(ROUNDS, rounds.show_rounds, name="rounds"),
    path(f"{ROUNDS}cancel/", rounds.cancel, name="cancel-plan"),
    path(f"{ROUNDS}<int:number>/invitations/", rounds.invite, name="invite"),
    *(
        path(f"{ROUNDS}<int:number>/{step}/", rounds.end, {"step": step}, name=step)
        for step in rounds.ENDS
    ),
    path("receipt/", receipts.check_receipt, name="receipt"),
]
