"""What the page of a result shows of a case: its rounds, and of each the channels apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from spreekruimte.ballots.models import Channel, Reason, Round
from spreekruimte.ballots.queries.standing import is_asking
from spreekruimte.ballots.queries.votes import JUDGEMENT, name_statement
from spreekruimte.cases.models import Case
from spreekruimte.verdicts import changes, measures
from spreekruimte.verdicts.changes import Changes
from spreekruimte.verdicts.documents import Document
from spreekruimte.verdicts.framings import Framings, from_document
from spreekruimte.verdicts.judgement import StatementResult
from spreekruimte.verdicts.measures import Measures
from spreekruimte.verdicts.models import Figures, OfficialVerdict, PublishedFile, Snapshot
from spreekruimte.verdicts.queries.snapshots import official_verdict, rests_on_now
from spreekruimte.verdicts.reading import read_result


@dataclass(frozen=True, slots=True)
class ChannelResult:
    """What came out of one channel of a round.

    Attributes
    ----------
    judgement
        What was found on the question whether the post is admissible.
    reasons
        What was found on each reason that is shown, by agreement across groups.
    framings
        What framings and the mirror change; None where all were asked on the same text.
    changes
        How judgements changed of who saw results; None where nobody did.
    reply
        How judgements changed after the public servant replied; None without a reply.
    document, crowd
        The stored figures; see `models.Figures`.
    """

    round: Round
    channel: Channel
    snapshot: Snapshot
    judgement: StatementResult
    reasons: tuple[StatementResult, ...]
    measures: Measures
    framings: Framings | None
    changes: Changes | None
    reply: Changes | None
    document: Document
    crowd: Document


@dataclass(frozen=True, slots=True)
class RoundResult:
    """What came out of a round.

    Attributes
    ----------
    is_asking
        Whether it still takes ballots.
    official
        The official verdict, where an editor published one.
    files
        What can be downloaded; empty while the files are made anew.
    """

    round: Round
    is_asking: bool
    official: OfficialVerdict | None
    channels: tuple[ChannelResult, ...]
    files: tuple[PublishedFile, ...]


def results_of(case: Case, now: datetime) -> list[RoundResult]:
    """Return the results of all rounds of a case, the latest first."""
    rounds = Round.objects.filter(case=case).select_related("case").order_by("-number")
    return [_describe(round_, now) for round_ in rounds]


def result_of(round_: Round, channel: Channel) -> ChannelResult | None:
    """Return the newest result of a channel of a round; None while there is none."""
    newest = [f"-snapshot__{field}" for field in ("head_length", "moderation_id", "number")]
    figures = (
        Figures.objects.filter(snapshot__round=round_, snapshot__channel=channel)
        .select_related("snapshot")
        .order_by(*newest)
        .first()
    )
    if figures is None:
        return None
    texts, document = _texts_of(round_), figures.document
    results = {
        stored["id"]: read_result(stored, texts)
        for stored in document["results"]
        if stored["id"] in texts
    }
    judgement = results.pop(JUDGEMENT)
    return ChannelResult(
        round=round_,
        channel=channel,
        snapshot=figures.snapshot,
        judgement=judgement,
        reasons=tuple(sorted(results.values(), key=lambda result: result.rank)),
        measures=measures.from_document(document["measures"]),
        framings=from_document(stored) if (stored := document.get("framings")) else None,
        changes=_read_changes(figures.crowd.get("changes")),
        reply=_read_changes(figures.crowd.get("reply")),
        document=document,
        crowd=figures.crowd,
    )


def files_of(verdict: OfficialVerdict | None) -> tuple[PublishedFile, ...]:
    """Return the files of an official verdict, as long as nothing changed since they were made."""
    if verdict is None or not rests_on_now(verdict):
        return ()
    return tuple(verdict.files.order_by("channel", "name"))


def _describe(round_: Round, now: datetime) -> RoundResult:
    official = official_verdict(round_.pk)
    found = (result_of(round_, channel) for channel in Channel)
    return RoundResult(
        round=round_,
        is_asking=is_asking(round_, now),
        official=official,
        channels=tuple(result for result in found if result is not None),
        files=files_of(official),
    )


def _read_changes(stored: Document | None) -> Changes | None:
    """Read how judgements changed; figures from before this was measured hold nothing of it."""
    return changes.from_document(stored) if stored else None


def _texts_of(round_: Round) -> Mapping[str, str]:
    """Read the reasons that are shown now; what is hidden or erased is in no result."""
    shown = Reason.objects.filter(round=round_, state=Reason.State.SHOWN)
    texts = {name_statement(pk): content for pk, content in shown.values_list("pk", "content")}
    return {JUDGEMENT: "", **texts}
