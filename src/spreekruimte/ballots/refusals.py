"""Why a ballot is not taken, each with its sentence for the respondent."""

# ruff: noqa: N818 - each is named after what is the case

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spreekruimte.organisations.refusals import RefusedError


class BallotRefusedError(RefusedError):
    """A ballot is not taken; nothing was stored."""

    sentence: ClassVar[str | Promise]

    def __init__(self) -> None:
        # Translated when it is shown: another request may have found out.
        super().__init__(self.sentence)


class RoundIsOver(BallotRefusedError):
    """The round is not open: it has not begun, is over or was stopped."""

    sentence = _("You cannot vote on this case now: the round is not open.")


class OutOfOrder(BallotRefusedError):
    """A question was answered before the one that comes first."""

    sentence = _("First say whether the post is admissible, then what the employer should do.")


class GivenUp(BallotRefusedError):
    """The respondent chose to look at the results without voting."""

    sentence = _("You chose to look at the results. You cannot vote in this round any more.")


class NotInvited(BallotRefusedError):
    """An invitation code that does not belong to this round."""

    sentence = _("This code does not belong to an invitation for this round.")


class NoSuchReason(BallotRefusedError):
    """A reason that nobody can vote on (any more), or of another round."""

    sentence = _("You cannot vote on this reason: it is not shown any more.")


class NoWayBack(BallotRefusedError):
    """The key of the case is gone, so that nobody knows which ballots are whose."""

    sentence = _("Nobody can tell any more which ballots of this case are yours.")
