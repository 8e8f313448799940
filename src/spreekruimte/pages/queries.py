"""What the home page reads. It holds no count and no result of a case that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import OpenCase, open_cases
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.cases.stored import description_of

PAGE = 12


@dataclass(frozen=True, slots=True)
class EndedCase:
    """A case that nobody can judge any more, or never could.

    Attributes
    ----------
    is_protected
        Whether the law protects the post, so that it was never put to the vote.
    """

    id: int
    description: Bilingual
    is_simulated: bool
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Home:
    """The cases on the home page.

    Attributes
    ----------
    older
        The last id on this page of ended cases, where there are more; None on the last page.
    shows_simulated
        Whether simulated citizens judge any of them.
    """

    open: tuple[OpenCase, ...]
    ended: tuple[EndedCase, ...]
    older: int | None
    shows_simulated: bool


def home_at(now: datetime, *, before: int | None = None) -> Home:
    """Return the open cases, and one page of those that ended, the newest first.

    Parameters
    ----------
    before : int, optional
        The id of the last ended case on the page before; only the first page has open cases.
    """
    is_over = Q(state__in=("closed", "protected")) | Q(state="open", closes_at__lte=now)
    found = Case.objects.filter(is_over).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    cases = list(found[: PAGE + 1])
    ended = tuple(_end(case) for case in cases[:PAGE])
    open_now = tuple(open_cases(now=now)) if before is None else ()
    return Home(
        open=open_now,
        ended=ended,
        older=ended[-1].id if len(cases) > PAGE else None,
        shows_simulated=any(case.is_simulated for case in open_now)
        or any(case.is_simulated for case in ended),
    )


def _end(case: Case) -> EndedCase:
    return EndedCase(case.pk, description_of(case), case.is_simulated, case.state == "protected")
