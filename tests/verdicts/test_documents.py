import csv
import io
import json
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verdicts.judgements import make_judgement, make_matrix

from spreekruimte.verdicts.documents import (
    name_group,
    read_schema,
    to_csv,
    to_document,
    to_json,
)
from spreekruimte.verdicts.judgement import Judgement

DIGEST = "ab" * 32


def document_of(judgement: Judgement, *, simulated: bool = False) -> dict[str, Any]:
    return to_document(judgement, input_digest=DIGEST, simulated=simulated)


def rows_of(judgement: Judgement) -> list[dict[str, str]]:
    table = to_csv(judgement).decode("utf-8")
    return list(csv.DictReader(io.StringIO(table, newline=""), strict=True))


@pytest.mark.parametrize("groups", [0, 2, 5])
def test_a_document_keeps_to_its_schema(groups: int) -> None:
    written = json.loads(to_json(document_of(make_judgement(groups=groups), simulated=True)))
    jsonschema.validate(written, read_schema(), cls=jsonschema.Draft202012Validator)


def test_the_schema_itself_is_sound_and_strict() -> None:
    schema = read_schema()
    jsonschema.Draft202012Validator.check_schema(schema)

    def check(node: object) -> None:
        if isinstance(node, dict):
            if "properties" in node:
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
                for name, part in node["properties"].items():
                    assert part.get("description") or "$ref" in part, name
            for part in node.values():
                check(part)

    check(schema)


@pytest.mark.parametrize("broken", [{"simulated": "no"}, {"extra": 1}, {"votes": 0}])
def test_the_schema_refuses_what_does_not_belong(broken: dict[str, object]) -> None:
    document = {**document_of(make_judgement()), **broken}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, read_schema(), cls=jsonschema.Draft202012Validator)


def test_a_document_names_its_method_with_every_rule() -> None:
    method = document_of(make_judgement())["method"]
    assert method["name"] == "spreekruimte"
    assert method["parameters"]["credible_level"] == 0.9
    assert method["parameters"]["false_alarm"] == 0.05


def test_a_document_counts_and_groups() -> None:
    judgement = make_judgement(groups=2)
    document = document_of(judgement, simulated=True)
    assert document["input_digest"] == DIGEST
    assert document["simulated"] is True
    assert document["participants"] == 60
    assert document["statements"] == 8
    assert document["votes"] == judgement.matrix.vote_count
    groups = document["groups"]
    assert groups["outcome"] == "groups"
    assert groups["count"] == 2
    assert groups["members"]["0"] is None
    assert groups["members"]["1"] == 0
    assert groups["sizes"] == [
        sum(group == number for group in groups["members"].values()) for number in (0, 1)
    ]


def test_without_groups_nobody_is_in_one() -> None:
    groups = document_of(make_judgement(groups=0))["groups"]
    assert (groups["outcome"], groups["count"], groups["sizes"]) == ("no groups", 0, [])
    assert set(groups["members"].values()) == {None}


def test_a_statement_that_moderation_took_out_gets_no_result() -> None:
    document = document_of(make_judgement())
    assert document["not_judged"] == ["7"]
    assert [result["id"] for result in document["results"]] == [str(n) for n in range(7)]


def test_a_result_holds_what_was_found() -> None:
    judgement = make_judgement(groups=2)
    found, written = judgement.results[1], document_of(judgement)["results"][1]
    assert written["text"] == "Stelling 1"
    assert (written["agree"], written["disagree"], written["pass"]) == (
        found.agree,
        found.disagree,
        found.passed,
    )
    assert written["support"]["estimate"] == pytest.approx(found.support.estimate, abs=1e-6)
    assert written["support"]["anytime"]["low"] == pytest.approx(found.anytime.low, abs=1e-6)
    assert written["by_group"][1]["group"] == 1
    assert written["by_group"][1]["agree"] == found.by_group[1].agree
    assert written["bridging"]["evidence"] == 12
    assert written["intercept"] is None
    assert written["outcome"] == "inadmissible"
    assert written["flags"] == ["pushed"]
    assert document_of(judgement)["results"][2]["cost_to_flip"] is None


def test_a_representative_names_its_statement() -> None:
    assert document_of(make_judgement(groups=2))["representatives"][1] == {
        "group": 1,
        "statement": "1",
        "group_share": 0.9,
        "other_share": 0.2,
        "adjusted_p": 0.001,
    }


def test_numbers_are_rounded_and_zero_has_no_sign() -> None:
    document = document_of(make_judgement())
    assert document["results"][0]["intercept"] == -0.012346
    text = to_json(document)
    assert b"-0.0," not in text
    assert b"NaN" not in text


def test_json_is_sorted_utf_8_with_a_line_break_at_the_end() -> None:
    assert to_json({"b": "é", "a": {"d": 1, "c": None}}) == (
        '{\n "a": {\n  "c": null,\n  "d": 1\n },\n "b": "é"\n}\n'.encode()
    )


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json({"a": float("nan")})


def test_the_table_has_a_row_per_judged_statement_and_columns_per_group() -> None:
    judgement = make_judgement(groups=2)
    rows = rows_of(judgement)
    assert [row["id"] for row in rows] == [str(n) for n in range(7)]
    assert rows[3]["outcome"] == "undecided"
    assert rows[3]["flags"] == "few second-opinion"
    assert rows[2]["cost_to_flip"] == ""
    assert int(rows[0]["group_1_agree"]) == judgement.results[0].by_group[1].agree
    assert float(rows[0]["support"]) == pytest.approx(
        judgement.results[0].support.estimate, abs=1e-6
    )
    assert not [name for name in rows_of(make_judgement(groups=0))[0] if name.startswith("group_")]


def test_the_table_ends_its_lines_as_rfc_4180_says() -> None:
    table = to_csv(make_judgement(make_matrix(text="een\ntwee, “drie” {}")))
    header, *rest = table.split(b"\r\n")
    assert header.startswith(b"id,text,outcome,rank,agree")
    assert len(rest) == 8
    assert rest[-1] == b""


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}\x00"), max_size=30))
def test_no_text_can_be_read_as_a_formula(text: str) -> None:
    row = rows_of(make_judgement(make_matrix(20, 2, text=text)))[0]
    is_formula = text.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["text"] == (f"'{text}" if is_formula else text)


def test_groups_are_letters_for_who_reads_them() -> None:
    assert [name_group(group) for group in range(3)] == ["A", "B", "C"]


def test_equal_judgements_give_equal_bytes() -> None:
    one, other = make_judgement(), make_judgement()
    assert to_json(document_of(one)) == to_json(document_of(other))
    assert to_csv(one) == to_csv(other)
    assert np.array_equal(one.groups.labels, other.groups.labels)
