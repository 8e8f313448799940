"""The channels as they are stored: accounts, what goes out by them, and where replies came from.

Nothing here names a person. An account is one of the organisation; who replied is known in the
dialogue by a pseudonym alone, and what leads back to a reply is encrypted.
"""

from spreekruimte.channels.models.accounts import Account, AppRegistration, ServerPace, Stop
from spreekruimte.channels.models.origins import Origin
from spreekruimte.channels.models.outbox import Act, Publication

__all__ = ["Account", "Act", "AppRegistration", "Origin", "Publication", "ServerPace", "Stop"]
