"""How soon the draft check answers, with 200 rules, 500 closed cases and 30,000 judgements.

And how soon the public page of these rules is there, and the proposals at the desk. Bounds: 200
milliseconds for the draft check, two seconds for a page; of a busy machine the processor time tells
more. The judgements are of a study of 8 attributes with 5 values each, 6 by each of 5,000 people;
the rules are those of one organisation, each over one or two attributes, and every case was judged
and has its official verdict. What is asked for goes through all of Django, as anybody's does; of
the draft check the form, and answers to all questions with and without a text. The first request of
each is left out: it reads templates, and the rules for the first time. The memory is kept as the
server keeps it. Proposals were found by a search that was cut short, which is not what is measured.

    python -m benchmarks.draft                      # SQLite, in a folder that goes afterwards
    python -m benchmarks.draft --database ADDRESS   # an empty PostgreSQL database
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.bounds import print_outcome
from benchmarks.installation import add_database, chosen_installation, make_asked_case
from benchmarks.signed_in import sign_in_editor
from benchmarks.tables import print_head, print_row

if TYPE_CHECKING:
    from django.test import Client

    from spreekruimte.cases.models import Case
    from spreekruimte.guidelines.lines import Line
    from spreekruimte.studies.models import Study

Ask = Callable[[], None]
BOUND, PAGE_BOUND = 0.2, 2.0
ATTRIBUTES, LEVELS, PER_RESPONDENT, BLOCKS = 8, 5, 6, 30
REASONS, VOTERS, FACTS = 20, 200, 6
FEW_NODES = 1_000
PLACE = "/draft/nl/"
TEXT = "Volgens mij klopt dit plan niet, en wel hierom. Wat vindt u? " * 20
COLUMNS = (
    "what is asked for       ",
    "rules",
    "cases",
    "judgements",
    "median ms",
    "highest ms",
    "ratio",
    "CPU ms",
)


def main() -> None:
    """Read the arguments, fill an installation and print how long the page takes."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.draft",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--rules", type=int, default=200)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    add_database(parser)
    arguments = parser.parse_args()
    with chosen_installation(arguments):
        _measure(arguments)


def _measure(arguments: argparse.Namespace) -> None:
    case_id = make_asked_case(REASONS)
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from spreekruimte.cases.models import Case
    from spreekruimte.config.server import keep_loaded

    settings.ALLOWED_HOSTS = ["testserver"]
    rng = np.random.default_rng(arguments.seed)
    now = timezone.now()
    case = Case.objects.select_related("organisation").get(pk=case_id)
    _judge(case, rng, now)
    _copy(case, arguments.cases, rng, now)
    study = _study(case, arguments.people, rng, now)
    _publish_rules(case, list(_draw_lines(arguments.rules, rng)), now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    keep_loaded()
    failures = []
    print_head(COLUMNS)
    for name, ask, bound in [*_list_drafts(study), *_list_pages(case, now)]:
        taken = [_time(ask) for _number in range(arguments.times + 1)][1:]
        clock, processor = (sorted(each) for each in zip(*taken, strict=True))
        highest = clock[-1]
        if highest > bound:
            failures.append(f"{name}: {highest:.2f} s")
        sizes = (arguments.rules, arguments.cases, arguments.people * PER_RESPONDENT)
        middle, used = (f"{statistics.median(each) * 1e3:.0f}" for each in (clock, processor))
        times = (middle, f"{highest * 1e3:.0f}", f"{highest / bound:.2f}", used)
        print_row(COLUMNS, [name, *(f"{size:,}" for size in sizes), *times])
    print_outcome(failures)


def _judge(case: Case, rng: np.random.Generator, now: datetime) -> None:
    """Have people judge the case and vote on its reasons, and its result published."""
    from spreekruimte.ballots.actions.casting import Answer, GivenBallot, append_ballots
    from spreekruimte.ballots.actions.rounds import end_round
    from spreekruimte.ballots.models import Channel, Question, Reason, Round, Tier
    from spreekruimte.ballots.respondents import Respondent
    from spreekruimte.organisations.models import OPERATOR
    from spreekruimte.verdicts.actions.judging import judge_round

    round_ = Round.objects.select_related("case__organisation").get(case=case)
    reasons = list(Reason.objects.filter(round=round_).values_list("pk", flat=True))
    ballots = []
    for number in range(VOTERS):
        respondent = Respondent(Tier.BROWSER, f"respondent-{number}")
        *answers, judgement = np.where(rng.random(len(reasons) + 1) < 0.6, 1, -1).tolist()
        ballots.append(GivenBallot(respondent, Answer(Question.JUDGEMENT, judgement)))
        ballots.append(GivenBallot(respondent, Answer(Question.MEASURE, 0)))
        ballots += [
            GivenBallot(respondent, Answer(Question.REASON, answer, reason))
            for reason, answer in zip(reasons, answers, strict=True)
        ]
    append_ballots(round_id=round_.pk, ballots=ballots, now=now)
    end_round(round=round_, step="close", actor=OPERATOR, now=now)
    judge_round(round=Round.objects.get(pk=round_.pk), channel=Channel.OPEN, now=now)


def _copy(case: Case, count: int, rng: np.random.Generator, now: datetime) -> None:
    """Make as many closed cases, each in a context of its own, with the figures of that one."""
    from spreekruimte.ballots.models import Round
    from spreekruimte.cases.attributes import attributes
    from spreekruimte.cases.models import Case
    from spreekruimte.verdicts.models import Figures, OfficialVerdict, Snapshot

    public = [each for each in attributes().values() if each.is_public]
    snapshot = Snapshot.objects.select_related("figures", "round").get(round__case=case)
    names = [each.name for each in Snapshot._meta.fields if each.name not in ("id", "round")]
    copied = {name: getattr(snapshot, name) for name in names}
    for number in range(count):
        context = {each.id: str(rng.choice(each.allowed)) for each in public}
        facts = [public[place].id for place in sorted(rng.permutation(len(public))[:FACTS])]
        other = Case.objects.create(
            organisation=case.organisation,
            provenance="synthetic",
            state="closed",
            description_nl=f"Een ambtenaar schrijft over plan {number}. " * 8,
            description_en=f"A public servant writes about plan {number}. " * 8,
            context=context,
            public_facts=facts,
            created_at=now,
        )
        round_ = Round.objects.create(
            case=other,
            number=1,
            opened_at=now - timedelta(days=9),
            closes_at=now,
            ended_at=now,
            head_digest=snapshot.round.head_digest,
        )
        judged = Snapshot.objects.create(round=round_, **copied)
        figures = snapshot.figures
        Figures.objects.create(snapshot=judged, document=figures.document, crowd=figures.crowd)
        OfficialVerdict.objects.create(
            round=round_, number=1, snapshots={judged.channel: judged.pk}, published_at=now
        )


def _study(case: Case, people: int, rng: np.random.Generator, now: datetime) -> Study:
    """Publish a study that so many people answered."""
    from spreekruimte.ballots.models import Channel, Tier
    from spreekruimte.cases.attributes import attributes
    from spreekruimte.cases.sentences import Bilingual
    from spreekruimte.organisations.models import OPERATOR
    from spreekruimte.studies.actions.designing import (
        choose_attributes,
        create_study,
        draw_vignettes,
    )
    from spreekruimte.studies.actions.estimating import estimate_study
    from spreekruimte.studies.actions.moving import close_study, open_study, publish_study
    from spreekruimte.studies.models import StudyAnswer, StudyRespondent

    by: dict[str, Any] = {"actor": OPERATOR, "now": now}
    large = [
        each for each in attributes().values() if each.is_public and len(each.values) >= LEVELS
    ]
    values = {each.id: each.allowed[:LEVELS] for each in large[-ATTRIBUTES:]}
    title = Bilingual("Wat mag een ambtenaar zeggen?", "What may a public servant say?")
    study = create_study(
        organisation=case.organisation, title=title, introduction=title, is_simulated=True, **by
    )
    study = choose_attributes(study=study, values=values, forbidden=(), pairs=(), **by)
    study = draw_vignettes(study=study, per_respondent=PER_RESPONDENT, blocks=BLOCKS, **by)
    study = open_study(study=study, new_key=bytes(32), **by)
    tastes = {name: rng.normal(0.0, 0.5, LEVELS) for name in values}
    vignettes = list(study.vignettes.order_by("block", "place"))
    liked = [
        sum(float(tastes[name][values[name].index(value)]) for name, value in each.context.items())
        for each in vignettes
    ]
    respondents = StudyRespondent.objects.bulk_create(
        StudyRespondent(
            study=study,
            pseudonym=f"{number:064x}",
            tier=Tier.BROWSER,
            channel=Channel.OPEN,
            block=number % BLOCKS,
        )
        for number in range(people)
    )
    StudyAnswer.objects.bulk_create(
        (
            StudyAnswer(
                respondent=respondent,
                vignette=vignettes[place],
                number=number,
                answer=1 if rng.logistic() < liked[place] else -1,
            )
            for respondent in respondents
            for number, place in enumerate(_places(respondent.block), start=1)
        ),
        batch_size=5_000,
    )
    study = close_study(study=study, **by)
    estimate_study(study=study, now=now)
    return publish_study(study=study, **by)


def _places(block: int) -> range:
    return range(block * PER_RESPONDENT, (block + 1) * PER_RESPONDENT)


def _draw_lines(count: int, rng: np.random.Generator) -> Iterator[Line]:
    """Draw rules that the rights floor lets pass."""
    from spreekruimte.analysis.rules import AllOf, OneOf
    from spreekruimte.cases.attributes import attributes
    from spreekruimte.cases.sentences import Bilingual
    from spreekruimte.guidelines.floor import find_grounds
    from spreekruimte.guidelines.lines import Line
    from spreekruimte.guidelines.vocabulary import rule_attributes

    public = [place for place, each in enumerate(attributes().values()) if each.is_public]
    drawn = 0
    while drawn < count:
        parts = []
        for column in rng.choice(public, int(rng.integers(1, 3)), replace=False).tolist():
            size = len(rule_attributes().columns[column].values)
            codes = rng.permutation(size)[: max(1, size // 2)].tolist()
            parts.append(OneOf(column, frozenset(codes)))
        line = Line(
            name=f"R-{drawn}",
            text=Bilingual(
                f"Regel {drawn}: denk goed na over wat u zegt, en tegen wie.",
                f"Rule {drawn}: think about what you say, and to whom.",
            ),
            predicate=AllOf(tuple(parts)),
            effect=("forbid", "caution", "permit")[drawn % 3],
        )
        if not find_grounds(line):
            drawn += 1
            yield line


def _publish_rules(case: Case, lines: list[Line], now: datetime) -> None:
    from spreekruimte.guidelines.actions.beginning import import_guideline
    from spreekruimte.guidelines.actions.publishing import publish_version
    from spreekruimte.guidelines.documents import SCHEMA, write_lines
    from spreekruimte.guidelines.stored import digest_lines, draft_lines_of
    from spreekruimte.organisations.models import OPERATOR

    title = {"nl": "Meedoen", "en": "Taking part"}
    guideline = import_guideline(
        organisation=case.organisation,
        document={"schema": SCHEMA, "title": title, "lines": write_lines(lines)},
        actor=OPERATOR,
        now=now,
    )
    seen = digest_lines(draft_lines_of(guideline))
    publish_version(guideline=guideline, seen=seen, actor=OPERATOR, now=now)


def _list_drafts(study: Study) -> Iterator[tuple[str, Ask, float]]:
    """Go through what is asked of the draft check."""
    from django.test import Client

    client = Client()
    for name, sent, sign in _requests(study):
        yield name, partial(_ask, client, PLACE, sign, sent), BOUND


def _list_pages(case: Case, now: datetime) -> Iterator[tuple[str, Ask, float]]:
    """Go through the pages that tell of the rules."""
    from django.test import Client

    from spreekruimte.guidelines.models import Guideline
    from spreekruimte.guidelines.proposing.computing import find_lists
    from spreekruimte.guidelines.proposing.models import ProposedLists
    from spreekruimte.guidelines.proposing.situations import gather_situations

    organisation, guideline = case.organisation, Guideline.objects.get()
    page = partial(_ask, Client(), f"/guidelines/{guideline.pk}/", b'id="line-R-0"')
    yield "public page of the rules", page, PAGE_BOUND
    situations = gather_situations(organisation)
    ProposedLists.objects.create(
        organisation=organisation,
        stage=ProposedLists.Stage.DONE,
        seen_at=now,
        input_digest=situations.digest,
        document=find_lists(situations, most_nodes=FEW_NODES),
    )
    place = f"/desk/{organisation.slug}/guidelines/{guideline.pk}/proposals/"
    proposals = partial(_ask, sign_in_editor(organisation, now), place, b"utrecht-table")
    yield "proposals", proposals, PAGE_BOUND


def _requests(study: Study) -> Iterator[tuple[str, dict[str, str] | None, bytes]]:
    """Go through what is asked for, with what its answer has to hold."""
    from spreekruimte.guidelines.draft_check.basis import find_basis
    from spreekruimte.guidelines.draft_check.questions import choose_questions
    from spreekruimte.studies.plans import Plan

    whose = {"whose": f"own:{study.organisation.slug}", "act": "fill"}
    form, result = b'id="draft-text"', b'class="bars"'
    basis = find_basis(whose["whose"])
    asked = choose_questions(Plan.of(study).values, basis.lines)
    answers = {each.attribute.id: each.attribute.allowed[1] for each in asked}
    checked = {**whose, **answers, "act": "check"}
    yield "form", None, form
    yield "form of the guideline", whose, form
    yield "nothing answered", {**whose, "act": "check"}, result
    yield "all answered", checked, result
    yield "all answered, and a text", {**checked, "text": TEXT}, result


def _ask(client: Client, place: str, sign: bytes, sent: dict[str, str] | None = None) -> None:
    response = client.get(place) if sent is None else client.post(place, sent)
    if response.status_code != 200 or sign not in response.content:
        raise RuntimeError(f"{place} answered {response.status_code}")


def _time(ask: Ask) -> tuple[float, float]:
    """Give the seconds by the clock, and those of the processor without what a database takes."""
    began, used = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - began, time.process_time() - used


if __name__ == "__main__":
    main()
