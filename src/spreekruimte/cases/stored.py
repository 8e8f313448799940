"""Read a stored case as the facts that the gates check."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from spreekruimte.cases.attributes import Attribute, attributes
from spreekruimte.cases.bank import Framing, Side
from spreekruimte.cases.context import Context
from spreekruimte.cases.gates import CaseFacts
from spreekruimte.cases.gates.ceiling import CeilingFacts
from spreekruimte.cases.gates.cooling_off import CoolingOffFacts
from spreekruimte.cases.gates.identification import IdentificationFacts, Signature
from spreekruimte.cases.gates.provenance import Kind, Provenance
from spreekruimte.cases.gates.right_of_reply import ReplyFacts
from spreekruimte.cases.gates.rights_floor import FloorFacts
from spreekruimte.cases.gates.texts import CaseText, digest_texts
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import LANGUAGES, Bilingual, Language
from spreekruimte.cases.shares import Arm, Weights, find_written, weigh_arms


def description_of(case: Case) -> Bilingual:
    """Give the description in both languages."""
    return Bilingual(nl=case.description_nl, en=case.description_en)


def texts_of(case: Case) -> tuple[CaseText, ...]:
    """Give every text that a citizen can come to see, the chosen facts included.

    Facts can lead to a person together, so that a signature stands for them as well.
    """
    return (
        *(
            CaseText("description", each, description_of(case).in_language(each))
            for each in LANGUAGES
        ),
        *(CaseText("facts", each, _tell_facts(case, each)) for each in LANGUAGES),
        *(
            CaseText(f"{text.side}.{text.framing}", cast(Language, text.language), text.content)
            for text in case.texts.all()
        ),
    )


def digest_of(case: Case) -> str:
    """Give what a signature for the texts as they are now stands for."""
    return digest_texts(texts_of(case))


def chosen_facts(case: Case) -> Iterator[tuple[Attribute, str]]:
    """Go through the facts that citizens are shown, with their values; never a hidden one."""
    context = Context.of(case.context).public()
    for fact in case.public_facts:
        value = context.get(fact)
        if value is not None:
            yield attributes()[fact], value


def written_arms(case: Case) -> frozenset[Arm]:
    """Give the arms of a case of which there is a text in both languages."""
    return find_written(
        {
            (cast(Framing, text.framing), cast(Side, text.side), cast(Language, text.language))
            for text in case.texts.all()
        }
    )


def weights_of(case: Case) -> Weights:
    """Give how often each arm of a case comes."""
    return weigh_arms(case.framing_shares, case.mirror_share, written_arms(case))


def facts_of(case: Case) -> CaseFacts:
    """Give what all gates have to know about a case."""
    return CaseFacts(
        context=Context.of(case.context),
        provenance=Provenance(
            cast(Kind, case.provenance),
            sources=tuple(source.citation for source in case.sources.all()),
            consent_given_on=case.consent_given_on,
            consent_withdrawn_on=case.consent_withdrawn_on,
            consent_is_outdated=case.consent_digest != digest_of(case),
        ),
        identification=IdentificationFacts(
            texts_of(case),
            tuple(
                Signature(
                    each.editor.int, each.digest, frozenset(each.confirmed), frozenset(each.cleared)
                )
                for each in case.signatures.all()
            ),
        ),
        ceiling=CeilingFacts(case.ceiling),
        rights_floor=read_floor(case.rights_floor),
        cooling_off=CoolingOffFacts(case.latest_day, case.open_procedures),
        right_of_reply=ReplyFacts(case.reply_offered_on, case.reply_is_settled),
    )


def read_floor(stored: Mapping[str, Any]) -> FloorFacts:
    """Read what `write_floor` wrote; what is absent is not known."""
    held: Collection[Any] = stored.get("held_against", ())
    return FloorFacts(**{**stored, "held_against": frozenset(held)})


def write_floor(facts: FloorFacts) -> dict[str, Any]:
    """Write the facts of the rights floor as JSON."""
    return {
        "held_against": sorted(facts.held_against),
        "is_dutch": facts.is_dutch,
        "along_legal_route": facts.along_legal_route,
        "corrects_facts": facts.corrects_facts,
        "has_direction": facts.has_direction,
    }


def _tell_facts(case: Case, language: Language) -> str:
    return "\n".join(
        f"{attribute.label.in_language(language)}: "
        f"{attribute.label_of(value).in_language(language)}."
        for attribute, value in chosen_facts(case)
    )
