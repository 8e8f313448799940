"""What editors fill in about an incident, its signals and its acts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spreekruimte.ballots.forms import LARGEST_ID
from spreekruimte.ballots.ladder import MEASURES, UNKNOWN
from spreekruimte.cases.models import Case
from spreekruimte.cases.sentences import Bilingual
from spreekruimte.ophef.actions.incidents import About
from spreekruimte.ophef.importing.cells import FIRST_YEAR, LAST_YEAR
from spreekruimte.ophef.importing.mapping import FIELDS, LABELS, guess_columns
from spreekruimte.ophef.models import (
    AccessToken,
    Act,
    Direction,
    Incident,
    Kind,
    OrderMeasure,
    OutletKind,
)
from spreekruimte.ophef.models.acts import LONGEST_GUIDELINE
from spreekruimte.ophef.models.incidents import LONGEST_TITLE
from spreekruimte.ophef.models.signals import (
    LONGEST_ADDRESS,
    LONGEST_OUTLET,
    LONGEST_PLATFORM,
    MOST_HOURS,
    MOST_REACH,
)
from spreekruimte.ophef.models.tokens import LONGEST_PURPOSE
from spreekruimte.ophef.reported import LONGEST_AUTHOR, Reported
from spreekruimte.organisations.models import Organisation

_MOMENT = _("Fill in a day and time, such as 31-12-2026 14:05.")
_DAY = _("Fill in a day, such as 31-12-2026.")
_CHOOSE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the answers."))
_NUMBER = _("Fill in a whole number.")
_FILL_IN = {"required": _("Fill this in.")}


class MomentField(forms.DateTimeField):
    """A day and time, from the calendar of the browser where it has one."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Django has them
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            input_formats=[
                *("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y %H:%M", "%Y-%m-%d %H:%M"),
            ],
            error_messages={"invalid": _MOMENT, "required": _MOMENT},
            **options,
        )

    def clean(self, value: object) -> datetime | None:
        """Give a moment that every time zone and database knows."""
        moment: datetime | None = super().clean(value)
        if moment is not None and not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise forms.ValidationError(_MOMENT)
        return moment


class LinesField(forms.CharField):
    """Words or phrases, one on each line."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as Django has them
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=3000, widget=widget, **options)

    def clean(self, value: object) -> list[str]:
        """Give the lines that hold anything."""
        return [line for line in super().clean(value).splitlines() if line.strip()]


class IncidentForm(forms.Form):
    """What an incident is about."""

    title_nl = forms.CharField(
        label=_("Title in Dutch"), max_length=LONGEST_TITLE, error_messages=_FILL_IN
    )
    title_en = forms.CharField(
        label=_("Title in English"), max_length=LONGEST_TITLE, error_messages=_FILL_IN
    )
    starts_at = MomentField(
        label=_("Starts at"), help_text=_("Nothing from before this moment is counted.")
    )
    ends_at = MomentField(
        label=_("Ends at"), required=False, help_text=_("Leave this empty while it goes on.")
    )
    case = forms.IntegerField(
        label=_("Number of the case"),
        required=False,
        min_value=1,
        max_value=LARGEST_ID,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NUMBER),
    )
    words = LinesField(
        label=_("Words to search news for"),
        help_text=_("One word or phrase on each line. Name no person."),
    )
    address_patterns = LinesField(
        label=_("Parts of addresses"),
        help_text=_("One on each line, such as /plan/. An item there is more likely to fit."),
    )

    def __init__(self, organisation: Organisation, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        self.organisation = organisation

    def show(self, incident: Incident) -> None:
        """Begin with what is stored."""
        self.initial = {
            "title_nl": incident.title_nl,
            "title_en": incident.title_en,
            "starts_at": incident.starts_at,
            "ends_at": incident.ends_at,
            "case": incident.case_id,
            "words": "\n".join(incident.words),
            "address_patterns": "\n".join(incident.address_patterns),
        }

    def clean_case(self) -> Case | None:
        """Find the case of the organisation that has this number."""
        number = self.cleaned_data["case"]
        if number is None:
            return None
        case = Case.objects.filter(organisation=self.organisation, pk=number).first()
        if case is None:
            raise forms.ValidationError(_("This organisation has no case of this number."))
        return case

    @property
    def about(self) -> About:
        """What was told, where the form is right."""
        given = self.cleaned_data
        return About(
            title=Bilingual(given["title_nl"], given["title_en"]),
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            words=given["words"],
            address_patterns=given["address_patterns"],
        )


class SignalForm(forms.Form):
    """One signal, entered by hand."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=Kind, error_messages=_CHOOSE)
    at = MomentField(label=_("When?"))
    direction = forms.TypedChoiceField(
        label=_("On which side?"),
        choices=[("", _("Not known")), *Direction.choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=_CHOOSE,
    )
    outside = forms.TypedChoiceField(
        label=_("From outside the jurisdiction?"),
        choices=[("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        error_messages=_CHOOSE,
    )
    is_employers = forms.BooleanField(
        label=_("We made this ourselves, such as a press release"), required=False
    )
    outlet = forms.CharField(
        label=_("Of a media item: which medium?"), max_length=LONGEST_OUTLET, required=False
    )
    outlet_kind = forms.ChoiceField(
        label=_("Of a media item: what kind of medium?"),
        choices=[("", _("Not known")), *OutletKind.choices],
        required=False,
        error_messages=_CHOOSE,
    )
    address = forms.CharField(
        label=_("Address on the web"),
        max_length=LONGEST_ADDRESS,
        required=False,
        help_text=_("Of a media item or social mention. Only editors see it."),
    )
    platform = forms.CharField(
        label=_("Of a social mention: on which platform?"),
        max_length=LONGEST_PLATFORM,
        required=False,
    )
    author = forms.CharField(
        label=_("Who called or wrote?"),
        max_length=LONGEST_AUTHOR,
        required=False,
        help_text=_(
            "A number, address or handle, to count people once. We do not keep it: what is stored "
            "leads to nobody."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reach = forms.IntegerField(
        label=_("Reach"),
        min_value=0,
        max_value=MOST_REACH,
        required=False,
        help_text=_("How many people could see it, if that is known."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _NUMBER),
    )
    amount = forms.DecimalField(
        label=_("Of staff hours: how many?"),
        min_value=0,
        max_value=MOST_HOURS,
        decimal_places=2,
        required=False,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    # Sent twice, it is one signal.
    once = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "max_length"),
            _("Something is missing from the form. Open the page again."),
        ),
    )

    @property
    def reported(self) -> Reported:
        """The signal, where the form is right."""
        given = self.cleaned_data
        return Reported(
            kind=Kind(given["kind"]),
            at=given["at"],
            outlet=" ".join(given["outlet"].split()),
            outlet_kind=given["outlet_kind"],
            platform=given["platform"].strip().casefold(),
            author=given["author"],
            reach=given["reach"],
            direction=given["direction"],
            is_outside=given["outside"],
            is_employers=given["is_employers"],
            amount=given["amount"],
            address=given["address"].strip(),
        )


class ActForm(forms.Form):
    """One act of the employer."""

    kind = forms.ChoiceField(
        label=_("What did the employer do?"),
        choices=Act.Kind,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        error_messages={"invalid": _DAY, "required": _DAY},
    )
    measure = forms.TypedChoiceField(
        label=_("Of a measure: which?"),
        choices=[("", "–"), *((step, name) for step, name in MEASURES.items() if step != UNKNOWN)],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=_CHOOSE,
    )
    order = forms.ChoiceField(
        label=_("Of an order measure: which?"),
        choices=[("", "–"), *OrderMeasure.choices],
        required=False,
        error_messages=_CHOOSE,
    )
    guideline = forms.CharField(
        label=_("Of a change of rules: which guideline?"),
        max_length=LONGEST_GUIDELINE,
        required=False,
    )
    strictness = forms.TypedChoiceField(
        label=_("Of a change of rules: what became of it?"),
        choices=[("", "–"), *Act.Strictness.choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=_CHOOSE,
    )

    def clean(self) -> dict[str, Any]:
        """Demand what belongs to the kind."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        needed: Mapping[str, tuple[str, ...]] = {
            Act.Kind.MEASURE: ("measure",),
            Act.Kind.ORDER: ("order",),
            Act.Kind.RULE: ("guideline", "strictness"),
        }
        for name in needed.get(given.get("kind", ""), ()):
            if given.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Fill this in."))
        return given


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A table with the names of the columns on the first line: CSV or XLSX."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("There is nothing in this file."),
        },
    )


class ColumnsForm(forms.Form):
    """Which column of a file is what."""

    kind_of_all = forms.ChoiceField(
        label=_("What is a line that does not say so?"),
        choices=[("", _("Each line says so")), *Kind.choices],
        required=False,
        error_messages=_CHOOSE,
    )

    def __init__(self, header: Sequence[str], data: QueryDict | None = None) -> None:
        super().__init__(
            data, initial=dict[str, str](guess_columns(header).items()), label_suffix=""
        )
        choices = [("", _("No column")), *((name, name) for name in header if name)]
        for field in FIELDS:
            self.fields[field] = forms.ChoiceField(
                label=str(LABELS[field]),
                choices=choices,
                required=field == "at",
                error_messages=_CHOOSE,
            )

    @property
    def mapping(self) -> dict[str, object]:
        """What `ColumnMapping.of` reads."""
        given = self.cleaned_data
        columns = {field: given[field] for field in FIELDS if given[field]}
        return {"columns": columns, "kind": given["kind_of_all"]}


class TokenForm(forms.Form):
    """Who or what a link or key is for."""

    use = forms.ChoiceField(
        label=_("What is it for?"),
        choices=AccessToken.Use,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    purpose = forms.CharField(
        label=_("What do you call it?"),
        max_length=LONGEST_PURPOSE,
        help_text=_("Such as: reception, town hall. Name no person."),
        error_messages=_FILL_IN,
    )


class FilterForm(forms.Form):
    """Which signals to show."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Every kind")), *Kind.choices],
        required=False,
        error_messages=_CHOOSE,
    )
    until = MomentField(label=_("Up to"), required=False)
    before = forms.IntegerField(
        min_value=1, max_value=LARGEST_ID, required=False, widget=forms.HiddenInput
    )

    @property
    def until_moment(self) -> datetime | None:
        """Up to when, where it is said."""
        moment: datetime | None = self.cleaned_data.get("until")
        return moment


def this_minute() -> datetime:
    """Give the moment that a form of now begins with."""
    return timezone.localtime().replace(second=0, microsecond=0)
