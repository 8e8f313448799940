"""Logs of ballots to check, and the openings that belong to them."""

from dataclasses import dataclass, field
from hashlib import sha256

from hypothesis import strategies as st

from spreekruimte.ballots.chain import BallotEntry, Entry, Head, add_ballot, add_erasure, write_log
from spreekruimte.ballots.encoding import canonical

ROUND = "tent-camp.1"


def salt_of(number: int) -> bytes:
    return sha256(number.to_bytes(8, "big")).digest()


@dataclass
class Log:
    """A log as a server keeps it: its entries, and salt and content of what is not erased."""

    entries: list[Entry] = field(default_factory=list)
    openings: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)

    @property
    def head(self) -> Head:
        return Head.after(self.entries[-1]) if self.entries else Head.of_round(ROUND)

    @property
    def lines(self) -> list[str]:
        return list(write_log(ROUND, self.entries))

    def ballot(self, judgement: str) -> None:
        salt, content = salt_of(len(self.entries)), canonical({"judgement": judgement})
        self.entries.append(add_ballot(self.head, salt=salt, content=content))
        self.openings[len(self.entries)] = (salt, content)

    def erase(self, position: int) -> None:
        ballot = self.entries[position - 1]
        assert isinstance(ballot, BallotEntry)
        del self.openings[position]
        self.entries.append(add_erasure(self.head, ballot=ballot))


@st.composite
def logs(draw: st.DrawFn, least: int = 0) -> Log:
    """Logs of ballots and erasures in any order that can happen."""
    log = Log()
    for _ in range(draw(st.integers(least, 12))):
        if draw(st.booleans()) and log.openings:
            log.erase(draw(st.sampled_from(sorted(log.openings))))
        else:
            log.ballot(draw(st.sampled_from(["admissible", "not admissible", "don't know"])))
    return log
