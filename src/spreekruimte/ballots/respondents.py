"""Who answers: a way in, and what tells one respondent from others there."""

from __future__ import annotations

from dataclasses import dataclass

from spreekruimte.ballots.models import Channel, Tier
from spreekruimte.ballots.pseudonyms import pseudonym


@dataclass(frozen=True, slots=True)
class Respondent:
    """Someone who answers, as far as anyone knows.

    Attributes
    ----------
    tier
        The way in.
    key
        What tells this respondent from others of the tier: a random token, or a digest of an
        address, a code or a subject; never the address, code or subject itself.
    """

    tier: Tier
    key: str

    @property
    def channel(self) -> Channel:
        """Whether this respondent was invited or came on their own."""
        return Channel.PANEL if self.tier == Tier.INVITATION else Channel.OPEN

    def known_under(self, key: bytes) -> str:
        """Give the pseudonym of this respondent in what has this key: a case, a study, a survey."""
        return pseudonym(case_key=key, tier=self.tier, respondent_key=self.key)
