"""What the audit trail says of an operator's work, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "import_ballots": _("%(who)s imported ballots into round %(what)s."),
        "expire_case": _("%(who)s deleted what leads from the ballots of case %(what)s to people."),
    }
)
