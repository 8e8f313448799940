"""What pages read about cases."""

from spreekruimte.cases.queries.editing import (
    EditorCase,
    case_for_editor,
    case_with_code,
    cases_of,
)
from spreekruimte.cases.queries.public import (
    OpenCase,
    PublicCase,
    PublicFact,
    case_as_asked,
    case_for_public,
    grounds_for_public,
    open_cases,
    preview_case,
)

__all__ = [
    "EditorCase",
    "OpenCase",
    "PublicCase",
    "PublicFact",
    "case_as_asked",
    "case_for_editor",
    "case_for_public",
    "case_with_code",
    "cases_of",
    "grounds_for_public",
    "open_cases",
    "preview_case",
]
