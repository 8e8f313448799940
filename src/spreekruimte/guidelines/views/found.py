"""What the pages of guidelines begin with."""

from __future__ import annotations

from django.http import Http404

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.guidelines.comparing import Side
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.packs import Pack, packs
from spreekruimte.guidelines.queries.versions import find_version
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.ophef.views.found import find_in
from spreekruimte.organisations.models import Organisation


def find_guideline(organisation: Organisation, identifier: int) -> Guideline:
    """Find a guideline of an organisation; answer 404 where it has none such."""
    guidelines = Guideline.objects.select_related("organisation")
    return find_in(guidelines.filter(organisation=organisation), identifier)


def find_published_guideline(identifier: int) -> Guideline:
    """Find a guideline that was ever published; answer 404 where there is none."""
    guidelines = Guideline.objects.select_related("organisation").filter(versions__number=1)
    return find_in(guidelines, identifier)


def find_published(identifier: int, number: int) -> Version:
    """Find a published version; answer 404 where there is none."""
    version = find_version(identifier, number) if identifier <= LARGEST_ID else None
    if version is None:
        raise Http404
    return version


def find_pack(name: str) -> Pack:
    """Find a pack; answer 404 where there is none."""
    if name not in packs():
        raise Http404
    return packs()[name]


def side_of_pack(pack: Pack) -> Side:
    """Give a pack as something to compare."""
    return Side(pack.id, pack.title, pack.lines)


def side_of_version(version: Version) -> Side:
    """Give the current version of a guideline as something to compare."""
    return Side(f"guideline-{version.guideline_id}", title_of(version), lines_of(version))
