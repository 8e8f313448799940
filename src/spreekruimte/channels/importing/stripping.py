"""Leave out of a text what leads to a person, before anybody sees or stores it.

What has a form is found by the detectors of the gates, and whoever is known to be named by the
network is left out by name. What neither sees, the gates and two editors look for later on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spreekruimte.cases.gates.detectors import Kind, find_identifying

LEFT_OUT = "[…]"
# A word of a name that is shorter than this is a word of every text.
SHORTEST_WORD = 4

# A quotation and a date stand for nobody by themselves; the gates look at them in the case.
_LEFT_IN: frozenset[Kind] = frozenset({"searchable_quote", "dated_place"})
_REPEATED = re.compile(rf"(?:{re.escape(LEFT_OUT)}[\s,]*){{2,}}")


def strip_identity(text: str, *, names: Iterable[str] = ()) -> str:
    """Give a text without names, accounts, links, numbers and addresses in it.

    Parameters
    ----------
    names
        Of whom it is known that they wrote it or are named in it: names of accounts, and names as
        they are shown.
    """
    found = {each.found for each in find_identifying(text) if each.kind not in _LEFT_IN}
    for part in sorted(found, key=lambda part: (-len(part), part)):
        text = text.replace(part, LEFT_OUT)
    for word in sorted(_words(names), key=lambda word: (-len(word), word)):
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", LEFT_OUT, text, flags=re.IGNORECASE)
    return _REPEATED.sub(f"{LEFT_OUT} ", text).strip()


def _words(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from (each for each in (name.strip(),) if len(each) >= SHORTEST_WORD)
        yield from (each for each in re.split(r"[^\w-]+", name) if len(each) >= SHORTEST_WORD)
