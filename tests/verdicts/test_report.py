import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pytest
from django.utils import translation
from tests.verdicts.framings.divided import WEIGHTS, draw_divided
from tests.verdicts.judgements import make_judgement, make_matrix

from spreekruimte.analysis.votes import Statement
from spreekruimte.verdicts.framings import measure_framings
from spreekruimte.verdicts.judgement import Interval, Judgement
from spreekruimte.verdicts.publication import Language, Publication
from spreekruimte.verdicts.report import render_report
from spreekruimte.verdicts.report.opinions import SAYINGS
from spreekruimte.verdicts.report.statements import FOLD, OPEN
from spreekruimte.verdicts.showing import draw_texts
from spreekruimte.verdicts.showing.framings import warn_of_dealing

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page: its elements in order, and its text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(content.decode("utf-8"))
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title", "desc"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def named(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        """The elements of a name with given attributes."""
        return [
            found
            for name, found in self.elements
            if name == tag and attributes.items() <= found.items()
        ]


def render(judgement: Judgement, language: Language = "nl", *, simulated: bool = False) -> bytes:
    publication = Publication(language, simulated=simulated)
    return render_report(judgement, input_digest="ab" * 32, publication=publication)


def read(judgement: Judgement, language: Language = "nl", *, simulated: bool = False) -> Page:
    return Page(render(judgement, language, simulated=simulated))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("groups", [0, 2, 5])
def test_a_report_asks_nothing_of_the_network_and_runs_nothing(
    language: Language, groups: int
) -> None:
    page = read(make_judgement(make_matrix(200), groups=groups), language)
    assert page.named("html", lang=language)
    names = {name for name, _ in page.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base", "image"}
    for name, attributes in page.elements:
        assert not {"src", "srcset", "style"} & attributes.keys(), name
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("href", "fill"):
            value = attributes.get(key) or "#"
            assert value.startswith(("#", "url(#")), value
    assert len(page.named("style")) == 1


def test_the_parts_of_a_page_that_are_pointed_at_are_there_once() -> None:
    page = read(make_judgement(make_matrix(400, 12), groups=5))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {
        (attributes.get("href") or attributes.get("fill") or "").strip("url()").lstrip("#")
        for name, attributes in page.elements
        if name == "a" or (attributes.get("fill") or "").startswith("url(")
    } | {attributes["aria-labelledby"] for attributes in page.named("section")}
    assert targets <= set(ids)


def test_headings_step_down_one_by_one() -> None:
    page = read(make_judgement())
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h\d", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_report_opens_with_who_took_part_and_what_came_out() -> None:
    text = read(make_judgement(make_matrix(1200, 9), groups=2)).text
    assert "1.200 mensen gaven samen" in text
    assert "stemmen over 9 stellingen. Bij de moderatie is 1 stelling weggehaald" in text
    assert "2 toelaatbaar, 2 niet toelaatbaar, 2 verdeeld en 2 nog niet beslist" in text
    assert "Er zijn 2 groepen die verschillend denken: A (540 mensen) en B (540 mensen)" in text
    assert "in minder dan 1% van de gesprekken" in text
    assert "gemiddeld 90% zeker" in text
    assert "120 mensen horen bij geen van deze groepen" in text


def test_the_same_in_english() -> None:
    text = read(make_judgement(make_matrix(1200, 9), groups=2), "en").text
    assert "1,200 people cast" in text
    assert "2 admissible, 2 not admissible, 2 divided and 2 not decided yet" in text


def test_numbers_have_a_decimal_comma_in_dutch() -> None:
    assert "bevat 31% van de verschillen tussen mensen, de richting omhoog 12%" in (
        read(make_judgement()).text
    )
    judgement = make_judgement()
    rules = replace(judgement.rules, influence=0.025)
    assert "hoogstens 2,5% verschuiven" in read(replace(judgement, rules=rules)).text
    assert "by at most 2.5%" in read(replace(judgement, rules=rules), "en").text


def test_moderation_is_not_mentioned_where_it_took_nothing_out() -> None:
    judgement = make_judgement(make_matrix(statements=2), groups=0)
    matrix = replace(judgement.matrix, statements=(judgement.matrix.statements[0],))
    assert "moderatie" not in read(replace(judgement, matrix=matrix)).text


def test_everybody_in_a_group_leaves_nobody_to_mention() -> None:
    judgement = make_judgement()
    labels = np.maximum(judgement.groups.labels, 0)
    groups = replace(judgement.groups, labels=labels)
    assert "geen van deze groepen" not in read(replace(judgement, groups=groups)).text


@pytest.mark.parametrize(
    ("p_value", "words"),
    [
        (0.4, "in 40% van de gesprekken voor; ze kunnen dus goed toeval zijn"),
        (0.01, "geen indeling in groepen voorspelt hoe zij antwoorden"),
    ],
)
def test_without_groups_a_report_says_why(p_value: float, words: str) -> None:
    judgement = make_judgement(make_matrix(300), groups=0)
    groups = replace(judgement.groups, p_value=p_value)
    page = read(replace(judgement, groups=groups))
    assert "We vonden geen groepen" in page.text
    assert words in page.text
    assert "De mensen liggen in één wolk" in page.text
    assert "Groep A" not in page.text
    assert "Mensen zijn het meest eens met “Stelling 0”" in page.text


def test_simulated_votes_are_labelled_on_top() -> None:
    assert "Gesimuleerde stemmen" in read(make_judgement(), simulated=True).text[:400]
    assert "Gesimuleerde" not in read(make_judgement()).text


HOSTILE = '<script>alert("{}")</script><b style=x onclick=y>&amp;\u202e'


def test_the_text_of_a_statement_can_do_nothing() -> None:
    page = read(make_judgement(make_matrix(text=HOSTILE)))
    assert not page.named("script")
    assert HOSTILE.replace("{}", "0") in page.text
    languages = {attributes.get("lang", "") for _, attributes in page.elements}
    assert languages == {"nl", ""}


def test_a_statement_without_text_goes_by_its_id() -> None:
    page = read(make_judgement(make_matrix(text="")))
    assert page.text.count("“0”") >= 1
    assert page.named("p", **{"class": "said"})


def test_pictures_are_announced_and_a_table_says_the_same() -> None:
    judgement = make_judgement(make_matrix(300), groups=3)
    content = render(judgement).decode()
    page = Page(content.encode())
    pictures = page.named("svg", role="img")
    # Outcomes, map, beeswarm in two widths, and one picture of bars per statement.
    assert len(pictures) == 4 + len(judgement.results)
    assert content.count('role="img"><title>') + content.count('role="img" ') == len(pictures)
    assert len(re.findall(r"<svg[^>]*><title>[^<]+</title><desc>[^<]+</desc>", content)) == len(
        pictures
    )
    assert len(page.named("table")) == 4
    assert all("scope" in attributes for attributes in page.named("th"))
    regions = page.named("div", **{"class": "scroll"})
    assert all(region["tabindex"] == "0" and region["aria-label"] for region in regions)


def test_the_figures_in_the_table_are_those_of_the_judgement() -> None:
    judgement = make_judgement(groups=2)
    first = judgement.results[0]
    support = Interval(0.625, 0.5, 0.75)
    by_group = (replace(first.by_group[0], support=Interval(None, 0, 1)), first.by_group[1])
    result = replace(first, support=support, agree=1005, by_group=by_group)
    text = read(replace(judgement, results=(result, *judgement.results[1:]))).text
    assert "62% (50 tot 75%)" in text
    assert "1.005" in text
    assert " – " in text


def test_long_lists_are_folded() -> None:
    judgement = make_judgement(make_matrix(30, OPEN + FOLD + 8))
    page = read(judgement)
    assert len(page.named("svg", **{"class": "bars"})) == OPEN + FOLD + 7
    assert f"Stellingen {OPEN + 1} tot en met {OPEN + FOLD}" in page.text
    assert f"Stellingen {OPEN + FOLD + 1} tot en met {OPEN + FOLD + 7}" in page.text
    folds = page.named("details", **{"class": "fold"})
    assert len(folds) == 3
    assert not any("open" in fold for fold in folds)


def test_only_groups_that_gave_an_opinion_are_compared() -> None:
    judgement = make_judgement(groups=2)
    first = judgement.results[0]
    silent = replace(first.by_group[1], support=Interval(None, 0, 1))
    one = replace(first.by_group[0], support=Interval(0.7, 0.6, 0.8))
    result = replace(first, by_group=(one, silent), division=1.0)
    text = read(replace(judgement, results=(result,))).text
    assert "“Stelling 0”: 70% van groep A is het eens." in text


def test_division_is_told_of_statements_with_enough_opinions() -> None:
    judgement = make_judgement()
    sure = replace(judgement.results[0], flags=(), division=0.3)
    unsure = replace(judgement.results[1], flags=("few",), division=0.9)
    assert "uit elkaar bij “Stelling 0”" in read(replace(judgement, results=(sure, unsure))).text
    alone = read(replace(judgement, results=(unsure,))).text
    assert "Geen enkele stelling heeft genoeg meningen" in alone
    assert "uit elkaar bij" not in alone


def test_an_id_that_is_a_code_is_cut_short() -> None:
    judgement = make_judgement()
    code = "19bbd781-840d-49e3-9091"
    results = tuple(
        replace(result, flags=(), statement=Statement(code, "Een tekst"))
        for result in judgement.results[:1]
    )
    content = render(replace(judgement, results=results)).decode()
    assert code not in content
    assert "<title>Stelling 19bbd781-84…</title>" in content
    assert ">Een tekst</th>" in content


def test_statements_stand_in_order_of_rank() -> None:
    judgement = make_judgement()
    results = tuple(replace(result, rank=8 - result.rank) for result in judgement.results)
    text = read(replace(judgement, results=results)).text
    start = text.index("Stelling voor stelling", 1000)
    assert text.index("Stelling 6", start) < text.index("Stelling 5", start)
    assert "het meest eens met “Stelling 6”" in text


def test_a_group_is_known_by_a_few_statements() -> None:
    judgement = make_judgement(groups=2)
    representatives = judgement.groups.representatives[:1] * (SAYINGS + 3)
    groups = replace(judgement.groups, representatives=representatives)
    text = read(replace(judgement, groups=groups)).text
    assert text.count("eens: 90%, daarbuiten 20%") == SAYINGS
    assert text.count("Geen enkele stelling onderscheidt deze groep") == 1


def test_flags_are_explained_where_there_are_any() -> None:
    judgement = make_judgement()
    text = read(judgement).text
    for name in ("Geduwd", "Twee methodes spreken elkaar tegen", "Weinig meningen"):
        assert name in text
    plain = tuple(replace(result, flags=()) for result in judgement.results)
    assert "Let hier extra op" not in read(replace(judgement, results=plain)).text


def test_a_flag_stands_beside_its_statement_too() -> None:
    judgement = make_judgement()
    results = (replace(judgement.results[0], flags=("pushed", "few")),)
    page = read(replace(judgement, results=results))
    assert len(page.named("span", **{"class": "flag"})) == 2


@pytest.mark.parametrize(("count", "is_open"), [(5, True), (6, False)])
def test_a_short_list_of_flagged_statements_stands_open(count: int, is_open: bool) -> None:
    judgement = make_judgement(make_matrix(30, 8))
    results = tuple(
        replace(result, flags=("few",) if place < count else ())
        for place, result in enumerate(judgement.results)
    )
    page = read(replace(judgement, results=results))
    assert bool([fold for fold in page.named("details") if "open" in fold]) is is_open


def test_the_cost_to_flip_is_told_in_words() -> None:
    text = read(make_judgement()).text
    assert "1 account kan dit veranderen." in text
    assert "2 accounts samen kunnen dit veranderen." in text
    assert "Geen aantal accounts verandert dit." in text
    assert "Met 4 accounts erbij of eraf kan er een uitslag zijn." in text
    assert "De zwakste verandert al bij 1." in text


def test_where_nothing_is_decided_nothing_can_be_flipped() -> None:
    judgement = make_judgement()
    results = tuple(replace(result, outcome="undecided") for result in judgement.results)
    text = read(replace(judgement, results=results)).text
    assert "nog geen uitslag die accounts kunnen veranderen" in text
    assert "De zwakste uitslagen" not in text


def test_the_top_ten_has_its_chances() -> None:
    judgement = make_judgement(make_matrix(40, 14))
    text = read(judgement).text
    assert "kans op een plaats in de top tien meer dan 99%" in text
    assert text.count("kans op een plaats in de top tien") == 10


def test_the_rules_stand_in_the_report_with_their_numbers() -> None:
    judgement = make_judgement()
    rules = replace(judgement.rules, min_opinions=77, credible_level=0.8, false_alarm=0.02)
    text = read(replace(judgement, rules=rules)).text
    for words in (
        "vanaf 77 meningen",
        "een groep vanaf 20",
        "een marge van 95%",
        "geloofwaardigheidsintervallen van 80%",
        "hoogstens 2% is",
        "tussen 40% en 60%",
        "spreekruimte verify MAP",
        "ab" * 32,
    ):
        assert words in text, words


def test_a_report_says_what_it_does_not_say() -> None:
    text = read(make_judgement()).text
    assert "geen willekeurige steekproef" in text
    assert "geen reden voor een maatregel tegen een persoon" in text
    assert "Overslaan is geen mening" in text


def test_too_few_people_are_not_put_on_a_map() -> None:
    page = read(make_judgement(make_matrix(12), groups=0))
    assert not page.named("svg", **{"class": "map"})
    assert "te weinig mensen mee voor een kaart" in page.text


def test_a_judgement_without_results_still_has_a_report() -> None:
    text = read(replace(make_judgement(groups=0), results=())).text
    assert "Geen enkele stelling kon worden beoordeeld." in text
    assert "Waar mensen verschillen" not in text


def test_a_statement_that_nobody_voted_on_has_no_shares() -> None:
    judgement = make_judgement(groups=0)
    nothing = Interval(None, 0, 1)
    result = replace(
        judgement.results[0],
        statement=Statement("0", "Niemand"),
        agree=0,
        disagree=0,
        passed=0,
        support=nothing,
        anytime=nothing,
    )
    text = read(replace(judgement, results=(result,))).text
    assert "0 meningen, – sloeg over" in text


def test_a_report_on_800_statements_and_4_groups_stays_small() -> None:
    sentence = "Een ambtenaar schrijft op haar eigen account iets over het werk van anderen. ({})"
    content = render(make_judgement(make_matrix(400, 801, text=sentence), groups=4))
    assert len(content) < 3_000_000


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("nl", "Wat elke tekst ervan maakte", "Alleen het bericht"),
        ("en", "What each text made of it", "The post alone"),
    ],
)
def test_where_people_saw_different_texts_a_report_tells_what_these_changed(
    language: Language, title: str, text: str
) -> None:
    judgement = make_judgement(make_matrix(200))
    found = measure_framings(draw_divided(1000), judgement.rules, WEIGHTS)
    assert found is not None
    other = replace(found, assignment=0.01)
    pages = [
        render_report(
            judgement,
            input_digest="ab" * 32,
            publication=Publication(language),
            framings=framings,
        )
        for framings in (found, other, None)
    ]
    page, unusual, alone = map(Page, pages)
    assert page.named("section", id="texts")
    assert page.named("a", href="#texts")
    assert page.text.count(title) == 2
    assert text in page.text
    with translation.override(language):
        for picture in draw_texts(found):
            assert picture.sentence in page.text
            assert picture.explanation in page.text
        (warning,) = warn_of_dealing(other)
    assert warning in unusual.text
    assert warning not in page.text
    assert not alone.named("section", id="texts")
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_equal_judgements_give_equal_reports() -> None:
    assert render(make_judgement()) == render(make_judgement())
