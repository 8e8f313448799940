"""Making a verdict official, the files of it, and what follows an erasure."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from tests.organisations.people import NOW
from tests.verdicts.framed import publish_framed
from tests.verdicts.results import ended, judge, publish
from tests.verdicts.rounds import (
    citizen,
    erase,
    fill,
    finish,
    reasons_of,
    start_round,
)

from spreekruimte.analysis.votes import read_replay
from spreekruimte.ballots.models import Channel, ModerationEntry, Participation, Reason, Round
from spreekruimte.ballots.queries.votes import collect_votes
from spreekruimte.organisations.append_only import AppendOnlyError
from spreekruimte.organisations.models import AuditEntry
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.verdicts.actions.exporting import export_results
from spreekruimte.verdicts.actions.filing import make_files
from spreekruimte.verdicts.actions.publishing import follow_changes
from spreekruimte.verdicts.models import Figures, OfficialVerdict, PublishedFile
from spreekruimte.verdicts.queries.results import files_of
from spreekruimte.verdicts.queries.snapshots import official_verdict
from spreekruimte.verdicts.verify_case import verify_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("storage")]


def follow(round_: Round) -> OfficialVerdict:
    judge(round_)
    verdict = follow_changes(round=round_, now=NOW)
    assert verdict is not None
    assert make_files(verdict=verdict)
    return verdict


def content_of(file: PublishedFile) -> bytes:
    with default_storage.open(file.path) as stored:
        content: bytes = stored.read()
    return content


# Official


def test_the_newest_snapshots_of_both_channels_become_official() -> None:
    round_ = ended()
    verdict = publish(round_)
    assert verdict.number == 1
    assert set(verdict.snapshots) == {"open", "panel"}
    entry = AuditEntry.objects.get(action="publish_verdict")
    assert entry.identifier == round_.log_name


def test_a_round_that_is_open_has_no_official_verdict() -> None:
    round_ = start_round()
    fill(round_, 5)
    judge(round_)
    with pytest.raises(RefusedError, match=r"has not ended|niet afgelopen"):
        publish(round_)
    assert not OfficialVerdict.objects.exists()


def test_what_is_not_judged_as_it_is_now_is_not_official() -> None:
    round_ = start_round()
    fill(round_, 5)
    finish(round_)
    with pytest.raises(RefusedError, match=r"being computed|berekend"):
        publish(round_)


def test_a_round_in_which_nobody_voted_has_no_verdict() -> None:
    round_ = start_round()
    finish(round_)
    with pytest.raises(RefusedError, match=r"Nobody voted|Niemand"):
        publish(round_)


def test_the_same_is_made_official_once() -> None:
    round_ = ended()
    publish(round_)
    with pytest.raises(RefusedError, match=r"official already|al officieel"):
        publish(round_)
    assert AuditEntry.objects.filter(action="publish_verdict").count() == 1


def test_an_official_verdict_cannot_be_taken_away() -> None:
    verdict = publish(ended())
    with pytest.raises(AppendOnlyError):
        OfficialVerdict.objects.filter(pk=verdict.pk).delete()


# Files


def test_the_files_can_be_checked_and_computed_again(tmp_path: Path) -> None:
    round_ = ended()
    verdict = publish(round_)
    assert files_of(verdict) == ()
    assert make_files(verdict=verdict)
    names = [(file.channel, file.name) for file in files_of(verdict)]
    assert names == [
        ("", "log.jsonl"),
        ("", "report.pdf"),
        *(
            (channel, name)
            for channel in ("open", "panel")
            for name in (
                "case.json",
                "replay.jsonl.zst",
                "report.html",
                "statements.csv",
                "verdict.json",
                "votes.parquet",
            )
        ),
    ]
    folder = tmp_path / "out"
    assert export_results(case=round_.case, folder=folder) == len(names) + 1
    assert verify_source(str(folder)) == []


def test_what_framings_change_is_published_and_computed_again(tmp_path: Path) -> None:
    verdict = publish_framed(200)
    assert make_files(verdict=verdict)
    round_ = Round.objects.get(pk=verdict.round_id)
    folder = tmp_path / "out"
    export_results(case=round_.case, folder=folder)
    assert verify_source(str(folder)) == []
    written = json.loads((folder / "1/open/framings.json").read_bytes())
    figures = Figures.objects.get(snapshot__round=round_).document["framings"]
    assert {name: written[name] for name in figures} == figures
    assert figures["assignment"] is not None
    replay = read_replay(folder / "1/open/replay.jsonl.zst")
    assert replay.settings["arms"] == round_.arms


def test_the_published_votes_are_those_of_the_round() -> None:
    round_ = ended()
    verdict = publish(round_)
    make_files(verdict=verdict)
    file = verdict.files.get(channel="open", name="votes.parquet")
    table = pq.read_table(io.BytesIO(content_of(file)))
    matrix = collect_votes(round_, Channel.OPEN)
    assert table.num_rows == matrix.vote_count
    assert table["vote"].to_pylist() == matrix.values.tolist()
    case = json.loads(content_of(verdict.files.get(channel="open", name="case.json")))
    assert case["case"] == round_.case_id
    assert (
        sum(step["count"] for step in case["measures"]["steps"]) + case["measures"]["unknown"] == 40
    )


def test_answers_about_oneself_are_published_where_nobody_is_alone_in_them() -> None:
    round_ = start_round()
    fill(round_, 60)
    people = list(Participation.objects.order_by("pk"))
    for place, person in enumerate(people):
        rare = {"age": "75+", "gender": "other", "region": "zeeland"}
        person.about = (
            {"age": "25-34", "gender": "man"} if place < 40 else rare if place < 50 else {}
        )
        person.save()
    finish(round_)
    judge(round_)
    verdict = publish(round_)
    make_files(verdict=verdict)
    import zstandard

    content = content_of(verdict.files.get(channel="open", name="replay.jsonl.zst"))
    lines = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)).read().decode()
    assert lines.count('"age":"25-34"') == 40
    assert "zeeland" not in lines
    assert "75+" not in lines


def test_the_pdf_is_tagged_and_tells_its_pictures() -> None:
    verdict = publish(ended())
    make_files(verdict=verdict)
    reader = PdfReader(io.BytesIO(content_of(verdict.files.get(name="report.pdf"))))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    figures = [node for node in tags(root["/StructTreeRoot"]) if node.get("/S") == "/Figure"]
    assert len(figures) >= 6
    assert all(len(figure["/Alt"]) > 20 for figure in figures)
    kinds = {node.get("/S") for node in tags(root["/StructTreeRoot"])}
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD"} <= kinds


def tags(node: Any) -> list[Any]:  # noqa: ANN401 - pypdf types a tree loosely
    """All nodes of a tree of tags."""
    kids = node.get("/K", [])
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    found = [node]
    for kid in kids if isinstance(kids, list) else [kids]:
        each = kid.get_object()
        if isinstance(each, DictionaryObject) and "/S" in each:
            found += tags(each)
    return found


# What follows


def test_after_an_erasure_the_official_verdict_follows_and_the_old_files_go() -> None:
    round_ = ended()
    first = publish(round_)
    make_files(verdict=first)
    old = [file.path for file in first.files.all()]
    before = collect_votes(round_, Channel.OPEN)
    erase(round_, citizen(3))
    # From the erasure on, nobody gets a file with the erased votes.
    assert files_of(official_verdict(round_.pk)) == ()
    second = follow(round_)
    assert second.is_follow_up
    assert second.number == 2
    assert not any(default_storage.exists(path) for path in old)
    after = collect_votes(round_, Channel.OPEN)
    assert after.participant_count == before.participant_count - 1
    assert files_of(second)
    assert AuditEntry.objects.filter(action="publish_verdict").count() == 2


def test_the_published_case_verifies_after_an_erasure_too(tmp_path: Path) -> None:
    round_ = ended()
    make_files(verdict=publish(round_))
    erase(round_, citizen(3))
    follow(round_)
    folder = tmp_path / "out"
    export_results(case=round_.case, folder=folder)
    assert verify_source(str(folder)) == []


def test_a_reason_that_is_hidden_afterwards_leaves_the_files() -> None:
    round_ = ended()
    make_files(verdict=publish(round_))
    hidden = reasons_of(round_)[0]
    text = Reason.objects.get(pk=hidden).content
    Reason.objects.filter(pk=hidden).update(state=Reason.State.HIDDEN)
    ModerationEntry.objects.create(
        round_id=round_.pk, reason_id=hidden, act=ModerationEntry.Act.HIDE, ground="x", at=NOW
    )
    assert files_of(official_verdict(round_.pk)) == ()
    verdict = follow(round_)
    kept = b"".join(content_of(file) for file in verdict.files.filter(name="statements.csv"))
    assert text.encode() not in kept


def test_nothing_follows_where_nothing_is_official_or_nothing_changed() -> None:
    round_ = ended()
    assert follow_changes(round=round_, now=NOW) is None
    publish(round_)
    assert follow_changes(round=round_, now=NOW) is None


def test_files_are_not_made_of_what_changed_meanwhile() -> None:
    round_ = ended()
    verdict = publish(round_)
    erase(round_, citizen(3))
    assert not make_files(verdict=verdict)
    assert not PublishedFile.objects.exists()


# Export


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    round_ = ended()
    make_files(verdict=publish(round_))
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(RefusedError):
        export_results(case=round_.case, folder=tmp_path)


def test_without_an_official_result_nothing_is_exported(tmp_path: Path) -> None:
    round_ = ended()
    with pytest.raises(RefusedError):
        export_results(case=round_.case, folder=tmp_path / "out")
    assert not (tmp_path / "out").exists()
