"""Check what is published of a case, from its address or from a folder."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin

import pyarrow as pa
import pyarrow.parquet as pq

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes import VoteMatrix, read_replay
from spreekruimte.analysis.votes.lines import Progress, ignore_progress
from spreekruimte.ballots.chain import ErasureEntry, Head, read_line
from spreekruimte.ballots.checking import find_fault
from spreekruimte.outside import fetch
from spreekruimte.verdicts.files import CASE, REPLAY
from spreekruimte.verdicts.measures import MEASURE
from spreekruimte.verdicts.publication import CaseIdentity, Publication
from spreekruimte.verdicts.result_files import LIST, LOG, VOTES, ListedRound, read_list, votes_table
from spreekruimte.verdicts.verify import ABSENT, Difference, verify

CHANNELS = ("open", "panel")
_CASE = re.compile(r"(?P<case>https?://[^?#]+/cases/[0-9]+/)(result/)?(files\.json)?")


def is_address(source: str) -> bool:
    """Tell whether a source is an address on the web and not a file or folder."""
    return source.startswith(("http://", "https://"))


def verify_source(
    source: str, *, heads: Collection[Head] = (), progress: Progress = ignore_progress
) -> list[Difference]:
    """Check a published case from its address, or from a folder as `export` writes it.

    Every file is held to the digest in the list of files; the log to its head and to heads that
    were kept from earlier; all files of each channel to what comes out of the replay file; and the
    number of ballots in the replay files to that in the log.

    Parameters
    ----------
    source
        ``https://…/cases/<number>/``, or a folder with `files.json`, or the folder of one channel
        or of `judge` with a replay file.
    heads
        Heads of the log that were kept from earlier; of a case with several rounds, of the last.
    progress
        Is told how far it is.

    Returns
    -------
    list of Difference
        None if all is as it should be.

    Raises
    ------
    InputError
        If there is nothing to check, or it cannot be read.
    """
    if is_address(source):
        with TemporaryDirectory() as name:
            download(source, Path(name), progress=progress)
            return verify_folder(Path(name), heads=heads, progress=progress)
    folder = Path(source)
    if (folder / LIST).is_file():
        return verify_folder(folder, heads=heads, progress=progress)
    return verify(folder, progress=progress)


def download(address: str, folder: Path, *, progress: Progress = ignore_progress) -> None:
    """Fetch everything that is published of a case into an empty folder.

    Raises
    ------
    InputError
        If this is not the address of a case, or something cannot be fetched.
    """
    found = _CASE.fullmatch(address if address.endswith(("/", ".json")) else f"{address}/")
    if found is None:
        raise InputError(
            "This is not the address of a case; it ends in /cases/ and a number: {address}",
            address=address,
        )
    base = f"{found['case']}result/"
    content = fetch(urljoin(base, LIST), allow_loopback=True).content
    rounds = read_list(_read_json(content))
    (folder / LIST).write_bytes(content)
    files = [file for each in rounds for file in each.files]
    for number, file in enumerate(files):
        progress(file.path, number, len(files))
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(fetch(urljoin(base, file.path), allow_loopback=True).content)


def verify_folder(
    folder: Path, *, heads: Collection[Head] = (), progress: Progress = ignore_progress
) -> list[Difference]:
    """Check a folder with a list of files; see `verify_source`."""
    rounds = read_list(_read_json((folder / LIST).read_bytes()))
    if not rounds:
        raise InputError("No result of this case is official yet, so there is nothing to check.")
    differences: list[Difference] = []
    for each in rounds:
        earlier = heads if each is rounds[-1] else ()
        differences += _check_round(folder, each, earlier, progress)
    return differences


def _check_round(
    folder: Path, listed: ListedRound, heads: Collection[Head], progress: Progress
) -> Iterator[Difference]:
    yield from _check_digests(folder, listed)
    yield from _check_log(folder, listed, heads)
    place = folder / str(listed.number)
    ballots = 0
    for channel in CHANNELS:
        if (place / channel / REPLAY).is_file():
            yield from _place(verify(place / channel, progress=progress), listed, channel)
            found, counted = _check_channel(place / channel, listed, channel)
            yield from _place(found, listed, channel)
            ballots += counted
    in_log = _count_ballots(place / LOG)
    if ballots != in_log:
        yield Difference(
            f"{listed.number}/{LOG}", "ballots", f"{in_log}", f"{ballots} in the replay files"
        )


def _check_digests(folder: Path, listed: ListedRound) -> Iterator[Difference]:
    for file in listed.files:
        path = folder / file.path
        digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ABSENT
        if digest != file.digest:
            yield Difference(LIST, file.path, file.digest, digest)


def _check_log(folder: Path, listed: ListedRound, heads: Collection[Head]) -> Iterator[Difference]:
    path = folder / str(listed.number) / LOG
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    head = Head(listed.head_length, listed.head_digest)
    fault = find_fault(lines, round_id=listed.log, head=head, earlier=heads)
    if fault is not None:
        yield Difference(f"{listed.number}/{LOG}", f"line {fault.position + 1}", str(fault), "")


def _check_channel(folder: Path, listed: ListedRound, channel: str) -> tuple[list[Difference], int]:
    """Check what only a case has; give also how many ballots the channel says to count."""
    replay = read_replay(folder / REPLAY)
    case = Publication.from_settings(replay.settings).case
    if case is None:
        return [Difference(REPLAY, "settings.case", ABSENT, "")], 0
    expected = (listed.number, channel, listed.log, listed.head_length, listed.head_digest)
    differences = []
    if _identify(case) != expected:
        differences.append(Difference(CASE, "", str(_identify(case)), str(expected)))
    counted = _count_counted(replay.matrix)
    if counted > case.ballots:
        differences.append(Difference(CASE, "ballots", str(case.ballots), f"{counted} or more"))
    votes = folder / VOTES
    if votes.is_file() and not _holds_votes(votes.read_bytes(), replay.matrix):
        differences.append(Difference(VOTES, "", "other votes", REPLAY))
    return differences, case.ballots


def _identify(case: CaseIdentity) -> tuple[int, str, str, int, str]:
    return (case.round, case.channel, case.log, case.head_length, case.head_digest)


def _count_counted(matrix: VoteMatrix) -> int:
    measures = matrix.attributes.get(MEASURE, ())
    return matrix.vote_count + sum(each is not None for each in measures)


def _count_ballots(path: Path) -> int:
    """Count the ballots of a log that were not erased; its lines were checked before."""
    if not path.is_file():
        return 0
    count = 0
    for line in path.read_text("utf-8").splitlines()[1:]:
        count += -1 if isinstance(read_line(line), ErasureEntry) else 1
    return count


def _holds_votes(content: bytes, matrix: VoteMatrix) -> bool:
    try:
        return bool(pq.read_table(io.BytesIO(content)).equals(votes_table(matrix)))
    except pa.ArrowException:
        return False


def _place(
    differences: Collection[Difference], listed: ListedRound, channel: str
) -> Iterator[Difference]:
    """Say in which round and channel a difference is."""
    for each in differences:
        file = f"{listed.number}/{channel}/{each.file}"
        yield Difference(file, each.place, each.published, each.recomputed)


def _read_json(content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError as error:
        raise InputError("This is not a list of the files of a result.") from error
