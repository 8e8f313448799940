"""The ceiling: what is possibly a crime is never put to the vote.

An editor answers one question for each ground. The system does not judge whether something is
criminal; whoever hesitates answers "unknown", and that stops the case as "yes" does.

The grounds are articles 131, 137c to 137e and 261 to 267 of the Dutch criminal code, as general
knowledge names them; a lawyer has to confirm them before the first real case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.context import Context
from spreekruimte.cases.gates.result import GateResult, Reason, Reply
from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

Ground = Literal["sedition", "group_insult", "incitement", "spreading", "libel", "insult"]

QUESTIONS: Mapping[Ground, Phrase] = MappingProxyType(
    {
        "sedition": Phrase(
            _("Could the post call for a crime or for violence against authority (Sr 131)?")
        ),
        "group_insult": Phrase(
            _("Could the post insult a group for its race, religion or nature (Sr 137c)?")
        ),
        "incitement": Phrase(
            _("Could the post incite to hatred, discrimination or violence (Sr 137d)?")
        ),
        "spreading": Phrase(
            _("Could the post spread such an insult or incitement by others (Sr 137e)?")
        ),
        "libel": Phrase(
            _("Could the post accuse a person of something to harm a good name (Sr 261 to 265)?")
        ),
        "insult": Phrase(_("Could the post be an insult to a person or authority (Sr 266, 267)?")),
    }
)


@dataclass(frozen=True, slots=True)
class CeilingFacts:
    """The answers of an editor. A ground without an answer counts as "unknown"."""

    replies: Mapping[Ground, Reply] = field(default_factory=dict)


def check_ceiling(facts: CeilingFacts, *, context: Context) -> GateResult:
    """Stop what is possibly a crime, or not known not to be one."""
    return GateResult.of("ceiling", _find_reasons(facts, context))


def _find_reasons(facts: CeilingFacts, context: Context) -> Iterator[Reason]:
    for ground, question in QUESTIONS.items():
        reply = facts.replies.get(ground, "unknown")
        if reply == "yes":
            yield Reason(
                f"possible_{ground}",
                Sentence.of(
                    _("Possibly a crime, so never put to the vote. Yes to: {question}"),
                    question=question,
                ),
            )
        elif reply != "no":
            yield Reason(
                f"unknown_{ground}",
                Sentence.of(_("Not answered yet, or not sure: {question}"), question=question),
            )
    if context.get("group_insult") == "possibly_criminal":
        yield Reason(
            "context_possibly_criminal",
            Sentence.of(_("The context says that the post is possibly a crime.")),
        )
