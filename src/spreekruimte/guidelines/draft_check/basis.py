"""What an answer can rest on: a study, and the guideline that holds for the writer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from spreekruimte.cases.sentences import Bilingual
from spreekruimte.guidelines.lines import Line
from spreekruimte.guidelines.models import Guideline, Version
from spreekruimte.guidelines.packs import packs
from spreekruimte.guidelines.queries.studied import PublishedStudy, list_published
from spreekruimte.guidelines.queries.versions import list_current_versions
from spreekruimte.guidelines.stored import lines_of, title_of
from spreekruimte.organisations.models import Organisation
from spreekruimte.studies.models import Study

OWN, PACK = "own:", "pack:"


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose guideline somebody can choose.

    Attributes
    ----------
    key
        What names it in the form.
    """

    key: str
    name: str | Bilingual


@dataclass(frozen=True, slots=True)
class Guide:
    """One guideline whose lines are laid beside the answers.

    Attributes
    ----------
    address
        Where all of it can be read.
    version
        The published version; None for a guideline of others, which ships with the system.
    """

    title: Bilingual
    lines: tuple[Line, ...]
    address: str
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on.

    Attributes
    ----------
    studies
        The published ones: those of the organisation before others, the newest first.
    guides
        The guidelines that hold; empty where none was chosen, or the organisation has none.
    is_chosen
        Whether an organisation or a guideline was chosen.
    """

    studies: tuple[PublishedStudy, ...]
    guides: tuple[Guide, ...]
    is_chosen: bool

    @property
    def study(self) -> Study | None:
        """The newest published one of the organisation, or else of all; None without any."""
        return self.studies[0].study if self.studies else None

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines that are laid beside the answers."""
        return tuple(line for guide in self.guides for line in guide.lines)


def list_organisations() -> list[Choice]:
    """Give the organisations that have a guideline or a study to rest on, by name."""
    guidelines = Guideline.objects.filter(state__in=("current", "revising"))
    studies = Study.objects.filter(state="published")
    found = Organisation.objects.filter(
        Q(pk__in=guidelines.values("organisation")) | Q(pk__in=studies.values("organisation"))
    )
    named = found.order_by("name", "pk").values_list("slug", "name")
    return [Choice(f"{OWN}{slug}", name) for slug, name in named]


def list_packs() -> list[Choice]:
    """Give the guidelines of others that ship with the system."""
    return [Choice(f"{PACK}{pack.id}", pack.title) for pack in packs().values()]


def find_basis(key: str) -> Basis:
    """Give what an answer rests on, by the key of a `Choice`; empty where none was made.

    Raises
    ------
    LookupError
        If there is no such organisation or guideline.
    """
    if not key:
        return Basis(tuple(list_published()), (), is_chosen=False)
    if key.startswith(PACK):
        pack = packs()[key.removeprefix(PACK)]
        return Basis(
            tuple(list_published()),
            (Guide(pack.title, pack.lines, reverse("guidelines:pack", args=[pack.id])),),
            is_chosen=True,
        )
    organisation = Organisation.objects.filter(slug=key.removeprefix(OWN)).first()
    if organisation is None:
        raise LookupError("There is no such organisation.")
    guides = tuple(
        Guide(
            title_of(version),
            lines_of(version),
            reverse("guidelines:guideline", args=[version.guideline_id]),
            version,
        )
        for version in list_current_versions(organisation)
    )
    return Basis(tuple(list_published(organisation)), guides, is_chosen=True)
