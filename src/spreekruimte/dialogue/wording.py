"""What a message has to look like, and what is left out of one that was written elsewhere."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from spreekruimte.ballots.wording import NEVER_KEPT, tidy_line
from spreekruimte.cases.gates.detectors import find_identifying
from spreekruimte.dialogue.models import LONGEST_MESSAGE
from spreekruimte.organisations.refusals import RefusedError

LEFT_OUT = "[…]"
# The accounts that a reply begins with say to whom it is, which the thread says already.
_ADDRESSEES = re.compile(r"^(?:@\S+\s*)+")


def clean_received(text: str) -> str:
    """Give a text from elsewhere as it is kept: in one line, without what leads to a person.

    Accounts, addresses, links and numbers of people become ``[…]``, since a reply elsewhere can
    hardly do without; what is too long is cut off.

    Raises
    ------
    RefusedError
        If nothing is left.
    """
    content = _ADDRESSEES.sub("", tidy_line(text))
    certain = {each.found for each in find_identifying(content) if each.kind in NEVER_KEPT}
    # A long one may hold a short one: an address the name of a server.
    for found in sorted(certain, key=lambda each: (-len(each), each)):
        content = content.replace(found, LEFT_OUT)
    if not content.replace(LEFT_OUT, "").strip():
        raise RefusedError(_("There is no text in this message."))
    return content if len(content) <= LONGEST_MESSAGE else f"{content[: LONGEST_MESSAGE - 1]}…"
