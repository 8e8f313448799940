"""The method as it is named and numbered in everything that is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.verdicts import Rules

NAME = "spreekruimte"
# Goes up whenever equal votes under equal rules may get other numbers.
VERSION = "1"


def describe_method(rules: Rules) -> dict[str, object]:
    """Give name, version and all parameters, as published."""
    return {"name": NAME, "version": VERSION, "parameters": asdict(rules)}


def read_rules(method: Mapping[str, object]) -> Rules:
    """Read the rules back from what `describe_method` gave.

    Raises
    ------
    InputError
        If it is another method, another version, or has other parameters.
    """
    if (method.get("name"), method.get("version")) != (NAME, VERSION):
        raise InputError(
            "This was judged by method {name} {version}; the method here is {own} {own_version}.",
            name=method.get("name"),
            version=method.get("version"),
            own=NAME,
            own_version=VERSION,
        )
    parameters = method.get("parameters")
    expected = {field.name for field in fields(Rules)}
    if not isinstance(parameters, dict) or parameters.keys() != expected:
        raise InputError("The replay file holds other parameters than the method has.")
    try:
        return Rules(**parameters)
    except (TypeError, ValueError) as error:
        raise InputError("The rules in the replay file cannot hold.") from error
