from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from tests.organisations.people import NOW
from tests.studies.studied import (
    FORBIDDEN,
    KEY,
    PAIRS,
    VALUES,
    make_designed,
    make_draft,
    make_open,
)

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.organisations.models import OPERATOR, AuditEntry
from spreekruimte.organisations.refusals import RefusedError
from spreekruimte.studies.actions.designing import (
    choose_attributes,
    draw_vignettes,
    edit_study,
    word_vignettes,
)
from spreekruimte.studies.actions.moving import open_study
from spreekruimte.studies.models import Study
from spreekruimte.studies.telling import OPENING, tell_vignette

pytestmark = pytest.mark.django_db


def choose(study: Study, **changes: object) -> Study:
    values = {"values": VALUES, "forbidden": (), "pairs": ()} | changes
    return choose_attributes(study=study, actor=OPERATOR, now=NOW, **values)  # type: ignore[arg-type]


def draw(study: Study, per_respondent: int = 4, blocks: int = 9) -> Study:
    return draw_vignettes(
        study=study, per_respondent=per_respondent, blocks=blocks, actor=OPERATOR, now=NOW
    )


def word(study: Study, sentence: str, value: str = "sharp") -> Study:
    return word_vignettes(
        study=study,
        opening=OPENING,
        sentences={("tone", value): Bilingual(sentence, sentence)},
        actor=OPERATOR,
        now=NOW,
    )


def test_a_study_begins_as_a_draft_with_an_entry_in_the_trail() -> None:
    study = make_draft()
    assert study.state == "draft"
    assert AuditEntry.objects.filter(kind="study", action="create_study").count() == 1
    with pytest.raises(ValidationError):
        make_draft(study.organisation, title=Bilingual("", "x"))
    with pytest.raises(ValidationError):
        make_draft(study.organisation, title=Bilingual("a" * 200, "x"))


def test_texts_of_a_draft_can_be_changed() -> None:
    study = edit_study(
        study=make_draft(),
        title=Bilingual("Anders", "Different"),
        introduction=Bilingual("Lees dit.", "Read this."),
        actor=OPERATOR,
        now=NOW,
    )
    assert (study.title.nl, study.introduction.en) == ("Anders", "Read this.")


def test_a_design_is_balanced_and_shows_nothing_that_is_forbidden() -> None:
    study = make_designed()
    contexts = list(study.vignettes.values_list("context", flat=True))
    assert len(contexts) == 36
    assert all(not FORBIDDEN[0].items() <= context.items() for context in contexts)
    tones = Counter(context["tone"] for context in contexts)
    assert abs(tones["neutral"] - tones["sharp"]) <= 2
    assert study.efficiency is not None
    assert 0.9 < study.efficiency < 1.0


def test_the_same_study_draws_the_same() -> None:
    study = make_designed()
    before = list(study.vignettes.values_list("block", "place", "context"))
    draw(study)
    assert list(study.vignettes.values_list("block", "place", "context")) == before


def test_what_is_compared_anew_is_drawn_anew() -> None:
    study = choose(make_designed())
    assert study.efficiency is None
    assert not study.vignettes.exists()


def test_a_study_that_compares_nothing_is_not_drawn() -> None:
    with pytest.raises(RefusedError):
        draw(make_draft())


@pytest.mark.parametrize(("per_respondent", "blocks"), [(1, 9), (13, 9), (4, 1), (4, 101), (2, 2)])
def test_sizes_that_cannot_be_are_refused_and_nothing_is_drawn(
    per_respondent: int, blocks: int
) -> None:
    study = choose(make_draft())
    with pytest.raises(ValidationError):
        draw(study, per_respondent, blocks)
    assert not study.vignettes.exists()


def test_an_impossible_design_is_refused_by_the_words_of_its_value() -> None:
    rules = [
        {"employer_type": "police", "topic_distance": distance}
        for distance in VALUES["topic_distance"]
    ]
    study = choose(make_draft(), forbidden=rules)
    with pytest.raises(ValidationError, match="de politie"):
        draw(study)
    assert Study.objects.get().efficiency is None


def test_vignettes_are_told_in_the_words_of_the_schema_or_of_an_editor() -> None:
    study = choose(make_draft())
    context = {name: values[-1] for name, values in VALUES.items()}
    assert tell_vignette(study, context, "en").endswith("Tone: sharp.")
    study = word(study, "De toon is  scherp.")
    assert tell_vignette(study, context, "nl").startswith(OPENING.nl)
    assert tell_vignette(study, context, "nl").endswith(" De toon is scherp.")


def test_sentences_that_do_not_fit_are_refused() -> None:
    study = choose(make_draft())
    with pytest.raises(ValidationError, match="80"):
        word(study, "woord " * 70)
    with pytest.raises(ValidationError):
        word(study, "Ja.", value="mocking")
    with pytest.raises(ValidationError):
        word(study, "")
    assert Study.objects.get().wording == {}


def test_only_a_drawn_draft_opens_and_an_open_study_is_not_changed() -> None:
    with pytest.raises(RefusedError):
        open_study(study=make_draft(), new_key=KEY, actor=OPERATOR, now=NOW)
    study = make_open(Study.objects.get().organisation)
    with pytest.raises(RefusedError):
        choose(study, pairs=PAIRS)
    with pytest.raises(RefusedError):
        draw(study)
