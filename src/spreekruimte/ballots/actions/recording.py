"""Read and write the rows of many ballots of one round, with few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from spreekruimte.ballots.chain import BallotEntry, Head, add_ballot
from spreekruimte.ballots.encoding import canonical
from spreekruimte.ballots.models import Ballot, Invitation, LogEntry, Participation, Reason, Round
from spreekruimte.ballots.respondents import Respondent

Place = tuple[str, int | None]
"""What is answered: a question, and which reason where there are several."""


def content_of(log_name: str, pseudonym: str, place: Place, answer: int) -> bytes:
    """Give the content that the entry of a ballot commits to."""
    question, reason = place
    return canonical(
        {
            "round": log_name,
            "respondent": pseudonym,
            "question": question,
            "reason": reason,
            "answer": answer,
        }
    )


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """An answer that counts now; `stored_as` is its row, None while it has none."""

    answer: int
    salt: bytes
    position: int
    stored_as: int | None = None


@dataclass(slots=True)
class Voter:
    """A respondent in a round, who may be new, and the answers that count now."""

    participation: Participation
    counted: dict[Place, Counted] = field(default_factory=dict)

    @property
    def answered(self) -> frozenset[int]:
        """The reasons that were voted on."""
        return frozenset(reason for _, reason in self.counted if reason is not None)


class Register:
    """What is stored about the respondents of some ballots, and what is to be added.

    Whoever uses it holds the row of the round.

    Attributes
    ----------
    head
        Where the log of the round stands, what is to be added included.
    reasons
        State and author of the reasons that the ballots are about.
    """

    def __init__(self, round_: Round, head: Head) -> None:
        self.round = round_
        self.head = head
        self.reasons: dict[int, tuple[str, int | None]] = {}
        self._voters: dict[str, Voter] = {}
        self._added: list[tuple[BallotEntry, Voter, Place, Counted]] = []
        self._replaced: list[int] = []

    def read(self, pseudonyms: Collection[str], reason_ids: Collection[int]) -> None:
        """Read what the round has of these respondents and reasons."""
        found = Participation.objects.filter(round=self.round, pseudonym__in=pseudonyms)
        self._voters = {each.pseudonym: Voter(each) for each in found}
        self._read_counted({voter.participation.pk: voter for voter in self._voters.values()})
        if reason_ids:
            reasons = Reason.objects.filter(round=self.round, pk__in=reason_ids)
            self.reasons = {
                pk: (state, author)
                for pk, state, author in reasons.values_list("pk", "state", "author_id")
            }

    def voter(self, pseudonym: str, respondent: Respondent) -> Voter:
        """Give what is known of a respondent; a newcomer is not noted by this alone."""
        return self._voters.get(pseudonym) or Voter(
            Participation(
                round=self.round,
                pseudonym=pseudonym,
                tier=respondent.tier,
                channel=respondent.channel,
            )
        )

    def is_invited(self, respondent: Respondent) -> bool:
        """Tell whether the key of a respondent is that of an invitation for this round."""
        return Invitation.objects.filter(round=self.round, digest=respondent.key).exists()

    def add(self, voter: Voter, place: Place, answer: int, salt: bytes) -> Counted:
        """Note a ballot after all others, in place of the one that counted."""
        pseudonym = voter.participation.pseudonym
        content = content_of(self.round.log_name, pseudonym, place, answer)
        entry = add_ballot(self.head, salt=salt, content=content)
        self.head = Head.after(entry)
        replaced = voter.counted.get(place)
        if replaced is not None and replaced.stored_as is not None:
            self._replaced.append(replaced.stored_as)
        counted = voter.counted[place] = Counted(answer, salt, entry.position)
        self._voters[pseudonym] = voter
        self._added.append((entry, voter, place, counted))
        return counted

    def write(self) -> None:
        """Store what was noted."""
        self._write_newcomers()
        entries = LogEntry.objects.bulk_create(
            LogEntry(
                round=self.round,
                position=entry.position,
                previous=entry.previous,
                commitment=entry.commitment,
                receipt=entry.receipt,
            )
            for entry, *_ in self._added
        )
        if self._replaced:
            Ballot.objects.filter(pk__in=self._replaced).update(is_latest=False)
        Ballot.objects.bulk_create(self._ballots([entry.pk for entry in entries]))

    def _ballots(self, entry_ids: list[int]) -> Iterator[Ballot]:
        for entry_id, (_, voter, place, counted) in zip(entry_ids, self._added, strict=True):
            question, reason_id = place
            yield Ballot(
                entry_id=entry_id,
                participation_id=voter.participation.pk,
                question=question,
                reason_id=reason_id,
                answer=counted.answer,
                after_results=voter.participation.has_seen_results,
                is_latest=voter.counted[place] is counted,
                salt=counted.salt,
            )

    def _read_counted(self, voters: dict[int, Voter]) -> None:
        if not voters:
            return
        rows = Ballot.objects.filter(participation__in=voters, is_latest=True).values_list(
            "participation_id", "question", "reason_id", "answer", "salt", "entry__position", "pk"
        )
        for participation, question, reason, answer, salt, position, pk in rows:
            counted = Counted(answer, bytes(salt), position, stored_as=pk)
            voters[participation].counted[question, reason] = counted

    def _write_newcomers(self) -> None:
        newcomers = {
            pseudonym: voter.participation
            for pseudonym, voter in self._voters.items()
            if voter.participation.pk is None
        }
        if not newcomers:
            return
        # Who chooses to look at the same moment makes the same row without holding the round.
        Participation.objects.bulk_create(newcomers.values(), ignore_conflicts=True)
        stored = Participation.objects.filter(round=self.round, pseudonym__in=newcomers)
        for pseudonym, pk in stored.values_list("pseudonym", "pk"):
            newcomers[pseudonym].pk = pk
