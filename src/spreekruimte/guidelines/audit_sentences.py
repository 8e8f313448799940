"""What the audit trail says of each change to a guideline, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "make_guideline": _("%(who)s began guideline %(what)s."),
        "copy_pack": _("%(who)s began guideline %(what)s with the lines of %(pack)s."),
        "import_guideline": _("%(who)s began guideline %(what)s with the lines of a file."),
        "describe_guideline": _("%(who)s changed the title or term of guideline %(what)s."),
        "add_line": _("%(who)s added line %(line)s to guideline %(what)s."),
        "change_line": _("%(who)s changed line %(line)s of guideline %(what)s."),
        "remove_line": _("%(who)s removed line %(line)s of guideline %(what)s."),
        "publish_version": _("%(who)s published version %(version)s of guideline %(what)s."),
        "revise_guideline": _("%(who)s began to revise guideline %(what)s."),
        "discard_revision": _("%(who)s dropped the revision of guideline %(what)s."),
        "withdraw_guideline": _("%(who)s withdrew guideline %(what)s."),
    }
)
