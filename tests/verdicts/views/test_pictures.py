from django.utils.safestring import mark_safe

from spreekruimte.look.tables import Table
from spreekruimte.verdicts.showing.pictures import Picture
from spreekruimte.verdicts.views.pictures import give_picture

PICTURE = Picture(
    name="shares",
    title="Shares",
    sentence="One share.",
    explanation="",
    table=Table("Shares", ("share",), [("0.5",)]),
    rows=(("share",), (0.5,)),
    drawing=mark_safe('<svg class="chart" viewBox="0 0 8 4"><rect width="8" height="4"/></svg>'),
)


def test_a_picture_is_given_as_svg_and_its_numbers_as_csv() -> None:
    drawn, numbers = (give_picture(PICTURE, "shares", kind) for kind in ("svg", "csv"))
    assert drawn["Content-Type"] == "image/svg+xml"
    assert drawn["Content-Disposition"] == 'attachment; filename="shares.svg"'
    assert numbers.content.decode().split() == ["share", "0.5"]
    assert b"simulated" not in drawn.content + numbers.content


def test_what_is_simulated_says_so_in_the_file_and_its_name() -> None:
    label = "These people are simulated."
    drawn, numbers = (give_picture(PICTURE, "shares", kind, label=label) for kind in ("svg", "csv"))
    assert label in drawn.content.decode()
    assert drawn["Content-Disposition"] == 'attachment; filename="shares-simulated.svg"'
    assert numbers.content.decode().split() == ["simulated,share", "yes,0.5"]
