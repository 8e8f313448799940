"""Identification: nothing in the texts may lead to a person.

Patterns find what has a form. What has none, two editors confirm on a checklist for a real case;
their signatures stand for the texts as they were then, and lapse when a text changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from spreekruimte.cases.gates.detectors import Kind, find_identifying
from spreekruimte.cases.gates.result import GateResult, Reason
from spreekruimte.cases.gates.texts import LANGUAGE_NAMES, CaseText, digest_texts, name_place
from spreekruimte.cases.sentences import Phrase, Sentence
from spreekruimte.cases.sentences import mark as _

Item = Literal[
    "no_person_named", "role_is_coarse", "place_and_time_are_coarse", "paraphrased",
    "stranger_cannot_find", "no_minor",
]  # fmt: skip
# Why something that looks like a name or place leads to no person.
Clearance = Literal["organisation", "place_of_many", "title_of_work", "ordinary_words"]
SIGNATURES = 2

CHECKLIST: Mapping[Item, Phrase] = MappingProxyType(
    {
        "no_person_named": Phrase(_("No person, nickname or profile is named.")),
        "role_is_coarse": Phrase(_("The role fits many people.")),
        "place_and_time_are_coarse": Phrase(_("Place and time are told roughly.")),
        "paraphrased": Phrase(_("The post is told in other words than its own.")),
        "stranger_cannot_find": Phrase(
            _("A stranger searched for five minutes and did not find the person.")
        ),
        "no_minor": Phrase(_("No minor can be recognised.")),
    }
)
KINDS: Mapping[Kind, Phrase] = MappingProxyType(
    {
        "name": Phrase(_("the name of a person")),
        "handle": Phrase(_("the name of an account")),
        "email": Phrase(_("an e-mail address")),
        "link": Phrase(_("a link")),
        "telephone": Phrase(_("a telephone number")),
        "postcode": Phrase(_("a postcode")),
        "street": Phrase(_("an address")),
        "citizen_number": Phrase(_("a citizen service number")),
        "bank_number": Phrase(_("a bank account number")),
        "licence_plate": Phrase(_("a licence plate")),
        "dated_place": Phrase(_("an exact date with a place")),
        "searchable_quote": Phrase(_("a quotation that a search would find")),
    }
)
CLEARANCES: Mapping[Clearance, Phrase] = MappingProxyType(
    {
        "organisation": Phrase(_("the name of an organisation")),
        "place_of_many": Phrase(_("a place with very many people")),
        "title_of_work": Phrase(_("the title of a law, book or programme")),
        "ordinary_words": Phrase(_("ordinary words, no name")),
    }
)
# Guesses, which two editors can find to be about no person.
GUESSED: frozenset[Kind] = frozenset({"name", "dated_place", "street"})


@dataclass(frozen=True, slots=True)
class Signature:
    """What one editor confirmed.

    Attributes
    ----------
    editor
        The number of the editor, which tells two editors apart.
    digest
        `digest_texts` of what the editor read.
    confirmed
        The items of the checklist that hold.
    cleared
        What looks like a name or place in the texts and leads to no person.
    """

    editor: int
    digest: str
    confirmed: frozenset[Item]
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IdentificationFacts:
    """All texts of a case, and who signed for them."""

    texts: tuple[CaseText, ...]
    signatures: tuple[Signature, ...] = ()


def check_identification(facts: IdentificationFacts, *, is_synthetic: bool) -> GateResult:
    """Stop a case whose texts can lead to a person, or for which two editors did not sign.

    A synthetic case is about nobody and needs no signature; its texts are looked through as well.
    """
    digest = digest_texts(facts.texts)
    valid = [each for each in facts.signatures if each.digest == digest]
    reasons = [*_check_texts(facts, valid)]
    if not is_synthetic:
        reasons += _check_signatures(facts, valid)
    return GateResult.of("identification", reasons)


def _check_texts(facts: IdentificationFacts, valid: list[Signature]) -> Iterator[Reason]:
    for text in sorted(facts.texts):
        for finding in find_identifying(text.content):
            if finding.kind in GUESSED and _is_cleared(finding.found, valid):
                continue
            yield Reason(
                finding.kind,
                Sentence.of(
                    _("{place}, {language}: {found} looks like {kind}."),
                    place=name_place(text.place),
                    language=LANGUAGE_NAMES[text.language],
                    found=finding.found,
                    kind=KINDS[finding.kind],
                ),
            )


def _is_cleared(found: str, valid: list[Signature]) -> bool:
    return len({each.editor for each in valid if found in each.cleared}) >= SIGNATURES


def _check_signatures(facts: IdentificationFacts, valid: list[Signature]) -> Iterator[Reason]:
    editors = {each.editor for each in valid}
    if len(editors) < SIGNATURES:
        if len(valid) < len(facts.signatures):
            yield Reason(
                "signed_other_texts",
                Sentence.of(_("A text changed after it was signed. Sign again.")),
            )
        yield Reason(
            "signature_missing",
            Sentence.of(
                _("{needed} different editors must sign the checklist; {signed} did."),
                needed=SIGNATURES,
                signed=len(editors),
            ),
        )
    for item, phrase in CHECKLIST.items():
        if len({each.editor for each in valid if item in each.confirmed}) < SIGNATURES:
            yield Reason(
                f"unconfirmed_{item}",
                Sentence.of(_("Two editors have not confirmed: {item}"), item=phrase),
            )
