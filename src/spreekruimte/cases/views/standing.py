"""Where a case stands at its gates and in its parts, and which page mends what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spreekruimte.cases.actions.preparing import MOST_FACTS
from spreekruimte.cases.attributes import attributes
from spreekruimte.cases.bank import FRAMINGS
from spreekruimte.cases.context import Context
from spreekruimte.cases.forms.texts import tellings_of
from spreekruimte.cases.gates import GateResult
from spreekruimte.cases.gates.ceiling import QUESTIONS
from spreekruimte.cases.gates.cooling_off import PROCEDURES
from spreekruimte.cases.gates.identification import SIGNATURES
from spreekruimte.cases.gates.result import GateName, Reason
from spreekruimte.cases.models import Case
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.sentences import Phrase
from spreekruimte.cases.shares import FULL_CONTEXT
from spreekruimte.cases.stored import weights_of
from spreekruimte.cases.views.subjects import SUBJECTS
from spreekruimte.cases.words import GATE_NAMES

Standing = Literal["open", "passes", "stops", "protects"]
# Reasons that say only that something was not filled in yet.
UNFINISHED = (
    "unknown", "unconfirmed", "signature_missing", "route_unknown", "correction_unknown",
    "direction_unknown", "mirror_missing", "context_missing", "day_unknown", "no_source",
    "no_consent", "not_offered", "still_open",
)  # fmt: skip
HOME: dict[GateName, str] = {
    "identification": "identification",
    "ceiling": "ceiling",
    "rights_floor": "rights-floor",
    "cooling_off": "cooling-off",
    "provenance": "agreement",
    "right_of_reply": "agreement",
}
# Where another page than that of the gate mends it.
ELSEWHERE = {
    "context_possibly_criminal": "context-content",
    "context_missing": "context-content",
    "mirror_missing": "tellings-bare",
    "no_source": "sources",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the desk, by the name of its address."""

    page: str
    title: object


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate as an editor sees it.

    Attributes
    ----------
    reasons
        What stops or protects.
    remarks
        What does neither: duties, limits, what does not count.
    mends
        The pages on which the reasons can be mended.
    """

    title: Phrase
    standing: Standing
    reasons: tuple[Reason, ...]
    remarks: tuple[Reason, ...]
    mends: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a case: how far it is, and the pages on which it is filled in."""

    title: object
    progress: str
    links: tuple[Link, ...]


def gate_rows(found: EditorCase) -> tuple[GateRow, ...]:
    """Give where a case stands at each gate."""
    return tuple(_tell_gate(result) for result in found.gates)


def part_rows(found: EditorCase) -> Iterator[PartRow]:
    """Go through the parts of a case in the order in which they are filled in."""
    case = found.case
    yield PartRow(SUBJECTS["description"].title, _("Written."), (_link("description"),))
    yield PartRow(SUBJECTS["tellings/bare"].title, _count_framings(case), _parts("tellings"))
    yield PartRow(SUBJECTS["shares"].title, _tell_shares(case), (_link("shares"),))
    yield PartRow(SUBJECTS["context/speaker"].title, _count_context(case), _parts("context"))
    yield PartRow(SUBJECTS["facts"].title, _count_facts(case), (_link("facts"),))
    yield PartRow(
        SUBJECTS["ceiling"].title, _answered(len(case.ceiling), len(QUESTIONS)), (_link("ceiling"),)
    )
    yield PartRow(
        SUBJECTS["rights-floor"].title,
        _count_floor(case),
        (_link("rights-floor"),),
    )
    yield from _parts_about_people(found)


def _parts_about_people(found: EditorCase) -> Iterator[PartRow]:
    case = found.case
    signed = _("%(signed)s of %(needed)s editors signed.") % {
        "signed": sum(each.digest == found.digest for each in case.signatures.all()),
        "needed": SIGNATURES,
    }
    if case.provenance == "synthetic":
        signed = _("Not needed: the case was made up.")
    yield PartRow(
        _("Checklist and signatures"),
        signed,
        (Link("identification", _("Checklist and signatures")),),
    )
    if case.provenance == "synthetic":
        return
    answered = len(case.open_procedures) + (case.latest_day is not None)
    yield PartRow(
        SUBJECTS["cooling-off"].title,
        _answered(answered, len(PROCEDURES) + 1),
        (_link("cooling-off"),),
    )
    sources = case.sources.count()
    yield PartRow(
        SUBJECTS["sources"].title,
        ngettext("%(count)s source.", "%(count)s sources.", sources) % {"count": sources},
        (_link("sources"),),
    )
    yield PartRow(
        _("Consent and reply"),
        _("The reply is settled.") if case.reply_is_settled else _("The reply is not settled yet."),
        (Link("agreement", _("Consent and reply")),),
    )


def _tell_gate(result: GateResult) -> GateRow:
    deciding = (*result.with_effect("stops"), *result.with_effect("protects"))
    names = dict.fromkeys(_name_page(result.gate, reason) for reason in result.with_effect("stops"))
    return GateRow(
        title=GATE_NAMES[result.gate],
        standing=_judge(result),
        reasons=deciding,
        remarks=tuple(reason for reason in result.reasons if reason not in deciding),
        mends=tuple(Link(name, _title_of(name)) for name in names),
    )


def _judge(result: GateResult) -> Standing:
    stopping = result.with_effect("stops")
    if stopping:
        return "open" if all(each.code.startswith(UNFINISHED) for each in stopping) else "stops"
    return "protects" if result.with_effect("protects") else "passes"


def _name_page(gate: GateName, reason: Reason) -> str:
    if reason.code.startswith("context_disagrees"):
        return "context-speaker"
    return ELSEWHERE.get(reason.code, HOME[gate])


def _title_of(name: str) -> object:
    titles: dict[str, object] = {each.name: each.title for each in SUBJECTS.values()}
    titles["identification"] = _("Checklist and signatures")
    titles["agreement"] = _("Consent and reply")
    return titles[name]


def _link(key: str) -> Link:
    return Link(SUBJECTS[key].name, SUBJECTS[key].title)


def _parts(start: str) -> tuple[Link, ...]:
    return tuple(
        Link(each.name, each.part) for key, each in SUBJECTS.items() if key.startswith(f"{start}/")
    )


def _count_framings(case: Case) -> str:
    written = {framing for framing, side, _language in tellings_of(case) if side == "post"}
    return _("%(written)s of %(all)s framings are written.") % {
        "written": len(written),
        "all": len(FRAMINGS),
    }


def _tell_shares(case: Case) -> str:
    arms = weights_of(case)
    verdict = dict(arms)[FULL_CONTEXT] / sum(weight for _arm, weight in arms)
    return ngettext(
        "%(count)s text takes part; the verdict rests on %(share)s%% of the citizens.",
        "%(count)s texts take part; the verdict rests on %(share)s%% of the citizens.",
        len(arms),
    ) % {"count": len(arms), "share": round(100 * verdict)}


def _count_context(case: Case) -> str:
    return _("%(known)s of %(all)s attributes are known.") % {
        "known": len(Context.of(case.context).answers),
        "all": len(attributes()),
    }


def _count_floor(case: Case) -> str:
    replies = (case.rights_floor.get(each) for each in ("corrects_facts", "has_direction"))
    is_done = all(reply in {"yes", "no"} for reply in replies)
    return _("Answered.") if is_done else _("Not answered yet.")


def _count_facts(case: Case) -> str:
    return _("%(chosen)s of at most %(most)s facts are chosen.") % {
        "chosen": len(case.public_facts),
        "most": MOST_FACTS,
    }


def _answered(answered: int, questions: int) -> str:
    return _("%(answered)s of %(all)s questions are answered.") % {
        "answered": answered,
        "all": questions,
    }
