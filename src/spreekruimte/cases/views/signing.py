"""The checklist of identification: what was found in the texts, and who signs for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from spreekruimte.cases import actions
from spreekruimte.cases.forms.signing import SignForm
from spreekruimte.cases.gates.detectors import find_identifying
from spreekruimte.cases.gates.identification import GUESSED, KINDS
from spreekruimte.cases.gates.texts import LANGUAGE_NAMES, CaseText, name_place
from spreekruimte.cases.queries import EditorCase
from spreekruimte.cases.sentences import Listing, Phrase
from spreekruimte.cases.stored import texts_of
from spreekruimte.cases.views.found import find_case, user_of
from spreekruimte.organisations.access import require_role
from spreekruimte.organisations.models import Organisation, Role, User
from spreekruimte.organisations.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; `looks_like` says what was found in it, if anything."""

    content: str
    looks_like: Phrase | None = None


@dataclass(frozen=True, slots=True)
class ReadText:
    """One text with what was found in it, and the page on which it is changed."""

    place: Listing
    language: Phrase
    pieces: tuple[Piece, ...]
    page: str

    @property
    def has_findings(self) -> bool:
        """Whether anything was found in it."""
        return any(piece.looks_like for piece in self.pieces)


@require_role(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, organisation: Organisation, identifier: int) -> HttpResponse:
    """Show all texts with what was found in them; sign for them, each editor alone."""
    found = find_case(organisation, identifier)
    texts = texts_of(found.case)
    form = SignForm(
        digest=found.digest,
        guesses=_guesses(texts),
        data=request.POST if request.method == "POST" else None,
    )
    status = _store(request, found, form) if form.is_bound else 200
    if form.is_bound and status == 200:
        messages.success(request, _("You signed."))
        return redirect("cases:desk", organisation.slug, identifier)
    page = {
        "organisation": organisation,
        "found": found,
        "form": form,
        "texts": [_read(text) for text in sorted(texts) if text.content],
        "signed": _signed(found, user_of(request)),
    }
    return render(request, "cases/identification.html", page, status=status)


def _store(request: HttpRequest, found: EditorCase, form: SignForm) -> int:
    if not form.is_valid():
        return 400
    try:
        actions.sign_checklist(
            case=found.case,
            editor=user_of(request),
            digest=form.cleaned_data["digest"],
            confirmed=form.cleaned_data["confirmed"],
            cleared=form.cleared,
            now=timezone.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return 400
    except RefusedError as error:
        form.add_error(None, str(error))
        return 409
    return 200


def _guesses(texts: tuple[CaseText, ...]) -> list[str]:
    """Give what two editors can clear, each once, in the order of the texts."""
    findings = (each for text in sorted(texts) for each in find_identifying(text.content))
    return list(dict.fromkeys(each.found for each in findings if each.kind in GUESSED))


def _signed(found: EditorCase, reader: User) -> dict[str, object]:
    valid = {each.editor for each in found.case.signatures.all() if each.digest == found.digest}
    return {"count": len(valid), "by_you": reader.pseudonym in valid}


def _read(text: CaseText) -> ReadText:
    """Cut a text up, so that what was found in it can be marked."""
    start, _dot, framing = text.place.partition(".")
    page = f"tellings-{framing}" if framing else start
    return ReadText(
        name_place(text.place), LANGUAGE_NAMES[text.language], tuple(_cut(text.content)), page
    )


def _cut(content: str) -> Iterator[Piece]:
    done = 0
    for start, end, kind in _spots(content):
        if start >= done:
            yield from (Piece(each) for each in (content[done:start],) if each)
            yield Piece(content[start:end], kind)
            done = end
    yield from (Piece(each) for each in (content[done:],) if each)


def _spots(content: str) -> list[tuple[int, int, Phrase]]:
    """Give where something was found, from left to right and the longest first."""
    spots = {
        (match.start(), match.end()): KINDS[finding.kind]
        for finding in find_identifying(content)
        for match in re.finditer(re.escape(finding.found), content)
    }
    ordered = sorted(spots, key=lambda spot: (spot[0], -spot[1]))
    return [(start, end, spots[start, end]) for start, end in ordered]
