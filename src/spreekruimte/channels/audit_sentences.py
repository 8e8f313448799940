"""What the audit trail says of the channels, as a sentence."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = MappingProxyType(
    {
        "connect_account": _("%(who)s connected account %(what)s on %(network)s, at %(server)s."),
        "disconnect_account": _(
            "%(who)s disconnected account %(what)s on %(network)s, at %(server)s."
        ),
        "order_question": _("%(who)s had %(round)s asked on %(network)s."),
        "order_withdrawal": _("%(who)s had a post about %(round)s taken away on %(network)s."),
        "take_back": _("%(who)s took back a post about %(round)s before it went out."),
        "order_again": _("%(who)s had a post about %(round)s go out after all."),
        "import_post": _("%(who)s took over a post on %(network)s as case %(what)s."),
        "stop_everything": _("%(who)s stopped everything that goes out to networks."),
        "resume": _("%(who)s let everything go out to networks again."),
    }
)
