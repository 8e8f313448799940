"""What the audit trail says of studies, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "create_study": _("%(who)s made study %(what)s."),
        "edit_study": _("%(who)s changed the texts of study %(what)s."),
        "choose_attributes": _("%(who)s chose what study %(what)s compares."),
        "word_vignettes": _("%(who)s changed the sentences of study %(what)s."),
        "draw_vignettes": _("%(who)s drew %(vignettes)s vignettes for study %(what)s."),
        "open_study": _("%(who)s opened study %(what)s."),
        "close_study": _("%(who)s closed study %(what)s."),
        "publish_study": _("%(who)s published study %(what)s."),
        "invite_to_study": _("%(who)s made %(count)s invitations for study %(what)s."),
    }
)
