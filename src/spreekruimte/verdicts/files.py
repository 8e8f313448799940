"""The files of a judgement, as bytes."""

from __future__ import annotations

from dataclasses import asdict

from spreekruimte.analysis.polis import compare_with_polis
from spreekruimte.analysis.polis import to_document as to_polis_document
from spreekruimte.verdicts.documents import Document, to_csv, to_document, to_json
from spreekruimte.verdicts.framings import measure_framings
from spreekruimte.verdicts.framings import to_document as to_framings_document
from spreekruimte.verdicts.judgement import Judgement
from spreekruimte.verdicts.measures import count_measures
from spreekruimte.verdicts.measures import to_document as to_measures_document
from spreekruimte.verdicts.publication import CaseIdentity, Publication
from spreekruimte.verdicts.report import render_report

VERDICT = "verdict.json"
STATEMENTS = "statements.csv"
REPORT = "report.html"
POLIS = "polis.json"
CASE = "case.json"
FRAMINGS = "framings.json"
REPLAY = "replay.jsonl.zst"
ALL_FILES = (VERDICT, STATEMENTS, REPORT, CASE, FRAMINGS, POLIS, REPLAY)


def render_files(
    judgement: Judgement,
    *,
    input_digest: str,
    publication: Publication,
) -> dict[str, bytes]:
    """Give all files but the replay file by name; equal judgements give equal bytes."""
    document = to_document(
        judgement,
        input_digest=input_digest,
        simulated=publication.simulated,
    )
    framings = measure_framings(judgement.given, judgement.rules, publication.arms)
    files = {
        VERDICT: to_json(document),
        STATEMENTS: to_csv(judgement),
        REPORT: render_report(
            judgement, input_digest=input_digest, publication=publication, framings=framings
        ),
    }
    if publication.case is not None:
        files[CASE] = to_json(_describe_case(judgement, publication.case))
    if framings is not None:
        names = {"input_digest": input_digest, "simulated": publication.simulated}
        files[FRAMINGS] = to_json({**to_framings_document(framings), **names})
    if publication.polis:
        matrix = judgement.matrix
        files[POLIS] = to_json(to_polis_document(compare_with_polis(matrix), matrix))
    return files


def _describe_case(judgement: Judgement, case: CaseIdentity) -> Document:
    """Say which case was judged, and what its participants want the employer to do."""
    measures = count_measures(judgement.matrix, judgement.rules.credible_level)
    return {**asdict(case), "measures": to_measures_document(measures)}
