"""What is published of a case: the list of its files, wherever they are read."""

from __future__ import annotations

from spreekruimte.ballots.models import Round
from spreekruimte.cases.models import Case
from spreekruimte.verdicts.models import PublishedFile, Snapshot
from spreekruimte.verdicts.queries.results import files_of
from spreekruimte.verdicts.queries.snapshots import official_verdict
from spreekruimte.verdicts.result_files import ListedFile, ListedRound, write_list


def list_published(case: Case) -> dict[str, object]:
    """List the files of all official results of a case."""
    rounds = (_list_round(round_) for round_ in Round.objects.filter(case=case).order_by("number"))
    listed = tuple(each for each in rounds if each is not None)
    return write_list(case.pk, listed, simulated=case.is_simulated)


def path_of(round_: Round, file: PublishedFile) -> str:
    """Give where a file stands beside the list of files."""
    parts = [str(round_.number), *([file.channel] if file.channel else []), file.name]
    return "/".join(parts)


def _list_round(round_: Round) -> ListedRound | None:
    verdict = official_verdict(round_.pk)
    files = files_of(verdict)
    if verdict is None or not files:
        return None
    # All snapshots of an official verdict rest on one head.
    snapshot = Snapshot.objects.get(pk=next(iter(verdict.snapshots.values())))
    return ListedRound(
        number=round_.number,
        log=round_.log_name,
        head_length=snapshot.head_length,
        head_digest=snapshot.head_digest,
        files=tuple(ListedFile(path_of(round_, file), file.size, file.digest) for file in files),
    )
