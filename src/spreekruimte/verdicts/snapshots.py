"""What is stored of a judgement: its figures, without what is about single participants."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from spreekruimte.analysis.votes import VoteMatrix
from spreekruimte.ballots.encoding import encode
from spreekruimte.look.charts import gather_cells
from spreekruimte.verdicts import measures
from spreekruimte.verdicts.arms import ARM
from spreekruimte.verdicts.documents import Document, round_number, to_document
from spreekruimte.verdicts.framings import Framings
from spreekruimte.verdicts.framings import to_document as to_framings_document
from spreekruimte.verdicts.judgement import Judgement

_VOTES = b"spreekruimte votes 1"


def digest_votes(matrix: VoteMatrix) -> str:
    """Name the votes of a matrix by 64 hexadecimal digits, with measures and what was shown.

    Equal votes of equal participants on equal statements have one name; texts take no part.
    """
    statements = (f"{each.id} {each.judged}" for each in matrix.statements)
    chosen = matrix.attributes.get(measures.MEASURE, ())
    shown = matrix.attributes.get(ARM)
    parts = (
        "\n".join(statements).encode(),
        "\n".join(matrix.participant_ids).encode(),
        "\n".join(answer or "" for answer in chosen).encode(),
        *(array.tobytes() for array in (matrix.indptr, matrix.columns, matrix.values)),
        # Only where it differs, so that votes on one text keep the name that they have.
        *(["\n".join(arm or "" for arm in shown).encode()] if shown else []),
    )
    return hashlib.sha256(encode(_VOTES, *parts)).hexdigest()


def describe_figures(
    judgement: Judgement, *, input_digest: str, simulated: bool, framings: Framings | None = None
) -> Document:
    """Give the figures of a judgement: ``verdict.json`` without texts and members, and measures.

    A text can be erased, and the group of a participant is about one person; neither belongs
    where only counts are kept. What framings change is there where people were asked on several
    texts.
    """
    document = to_document(judgement, input_digest=input_digest, simulated=simulated)
    del document["groups"]["members"]
    for result in document["results"]:
        del result["text"]
    chosen = measures.count_measures(judgement.matrix, judgement.rules.credible_level)
    document["measures"] = measures.to_document(chosen)
    if framings is not None:
        document["framings"] = to_framings_document(framings)
    return document


def digest_figures(document: Document) -> str:
    """Name figures by 64 hexadecimal digits: the SHA-256 of their JSON.

    Keys are sorted and nothing stands between the parts, so that equal figures have one name.
    """
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def describe_map(judgement: Judgement) -> Document:
    """Give the opinion map in cells, and the middle of each group on it."""
    positions, groups = judgement.space.positions, judgement.groups
    placed = np.isfinite(positions).all(axis=1)
    cells = gather_cells(positions, groups.labels)
    return {
        "width": round_number(cells.width),
        "centres": [[round_number(x), round_number(y)] for x, y in cells.centres.tolist()],
        "counts": cells.counts.tolist(),
        "kinds": cells.kinds.tolist(),
        "middles": [
            [
                round_number(value)
                for value in np.median(positions[placed & (groups.labels == group)], axis=0)
            ]
            for group in range(groups.count)
        ],
        "placed": int(placed.sum()),
        "certainty": round_number(
            float(groups.certainty[groups.labels >= 0].mean()) if groups.count else None
        ),
    }
