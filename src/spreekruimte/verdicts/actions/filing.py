"""Make the files of an official verdict, and let go of those that they replace."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from spreekruimte.analysis.votes import Progress, Statement, VoteMatrix
from spreekruimte.analysis.votes.lines import ignore_progress
from spreekruimte.ballots.models import Channel, Round
from spreekruimte.ballots.queries.log import read_log
from spreekruimte.ballots.queries.participants import publishable_answers
from spreekruimte.ballots.queries.votes import JUDGEMENT, RoundVotes
from spreekruimte.look.printing import find_obstacle
from spreekruimte.verdicts.actions.judging import RULES
from spreekruimte.verdicts.compute import judge_votes
from spreekruimte.verdicts.models import OfficialVerdict, PublishedFile
from spreekruimte.verdicts.pdf import render_pdf
from spreekruimte.verdicts.publication import CaseIdentity, Language, Publication
from spreekruimte.verdicts.publish import publish
from spreekruimte.verdicts.queries.results import result_of
from spreekruimte.verdicts.queries.snapshots import rests_on_now
from spreekruimte.verdicts.result_files import LOG, PDF, VOTES, votes_table

LANGUAGE: Language = "nl"
"""Of the reports, and of the sentence that stands for the question in the files."""

Contents = Mapping[tuple[str, str], bytes]


def make_files(*, verdict: OfficialVerdict, progress: Progress = ignore_progress) -> bool:
    """Make the files of an official verdict; say whether they were made.

    Nothing is made where ballots or moderation changed since: a newer verdict will have its own.
    """
    round_ = Round.objects.select_related("case").get(pk=verdict.round_id)
    votes = RoundVotes(round_)
    votes.catch_up()
    if not rests_on_now(verdict):
        return False
    contents: dict[tuple[str, str], bytes] = {
        ("", LOG): "".join(read_log(round_, votes.head)).encode()
    }
    for channel in map(Channel, verdict.snapshots):
        folder = _make_channel(round_, votes, channel, progress)
        contents |= {(channel.value, name): content for name, content in folder.items()}
    if find_obstacle() is None:
        contents["", PDF] = _make_pdf(round_, verdict)
    _keep(verdict, contents)
    return True


def drop_files(*, verdict: OfficialVerdict) -> None:
    """Let go of the files of a verdict."""
    for file in verdict.files.all():
        default_storage.delete(file.path)
        file.delete()


def publishable_matrix(round_: Round, votes: RoundVotes, channel: Channel) -> VoteMatrix:
    """Give the votes of a channel as they are published.

    Answers about oneself come along where nobody is alone in them, and the question has words.
    """
    names = votes.names_of(channel)
    attributes: dict[str, dict[str, str | None]] = {}
    for participation, answers in publishable_answers(round_, channel).items():
        for question, answer in answers.items():
            if participation in names:
                attributes.setdefault(question, {})[names[participation]] = answer
    matrix = votes.to_matrix(channel, attributes=attributes)
    with translation.override(LANGUAGE):
        asked = Statement(JUDGEMENT, _("This post is admissible."))
    return replace(
        matrix,
        statements=tuple(asked if each.id == JUDGEMENT else each for each in matrix.statements),
    )


def _make_channel(
    round_: Round, votes: RoundVotes, channel: Channel, progress: Progress
) -> dict[str, bytes]:
    matrix = publishable_matrix(round_, votes, channel)
    judgement = judge_votes(matrix, RULES, progress=progress)
    publication = Publication(
        language=LANGUAGE,
        simulated=round_.case.is_simulated,
        case=CaseIdentity(
            case=round_.case_id,
            round=round_.number,
            channel=channel.value,
            log=round_.log_name,
            head_length=votes.head.length,
            head_digest=votes.head.digest,
            ballots=votes.count_ballots(channel),
        ),
    )
    with TemporaryDirectory() as name:
        folder = Path(name) / "result"
        publish(judgement, folder, publication)
        contents = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
    votes_written = io.BytesIO()
    pq.write_table(votes_table(matrix), votes_written, compression="zstd")
    return {**contents, VOTES: votes_written.getvalue()}


def _make_pdf(round_: Round, verdict: OfficialVerdict) -> bytes:
    found = (result_of(round_, Channel(channel)) for channel in verdict.snapshots)
    return render_pdf(
        round_,
        tuple(result for result in found if result is not None),
        language=LANGUAGE,
        published_at=verdict.published_at,
    )


def _keep(verdict: OfficialVerdict, contents: Contents) -> None:
    """Store the files, then list them, then let go of those of earlier verdicts."""
    files = list(_list_files(verdict, contents))
    for file in files:
        default_storage.delete(file.path)
        default_storage.save(file.path, ContentFile(contents[file.channel, file.name]))
    with transaction.atomic():
        verdict.files.all().delete()
        PublishedFile.objects.bulk_create(files)
    for earlier in OfficialVerdict.objects.filter(
        round=verdict.round_id, number__lt=verdict.number, files__isnull=False
    ).distinct():
        drop_files(verdict=earlier)


def _list_files(verdict: OfficialVerdict, contents: Contents) -> Iterator[PublishedFile]:
    for (channel, name), content in sorted(contents.items()):
        yield PublishedFile(
            verdict=verdict,
            channel=channel,
            name=name,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
        )
