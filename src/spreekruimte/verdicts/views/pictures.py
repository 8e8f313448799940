"""Give pictures as files to keep."""

from __future__ import annotations

from django.http import HttpResponse

from spreekruimte.look.charts.standing_alone import stack, stand_alone
from spreekruimte.verdicts.showing.pictures import Picture, write_csv


def give_picture(picture: Picture, file: str, kind: str, *, label: str = "") -> HttpResponse:
    """Give a picture as SVG, or its numbers as CSV.

    Parameters
    ----------
    kind
        ``svg`` or ``csv``.
    label
        Of what is simulated, the sentence that says so. Then it stands in the file itself, and the
        name of the file says it too.
    """
    svg, rows, name = picture.svg, picture.rows, file
    if label:
        svg = stack([(label, svg)], title=picture.title, description=label)
        head, *others = rows
        rows = (("simulated", *head), *(("yes", *row) for row in others))
        name = f"{file}-simulated"
    content, media = (
        (stand_alone(svg), "image/svg+xml")
        if kind == "svg"
        else (write_csv(rows), "text/csv; charset=utf-8; header=present")
    )
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
