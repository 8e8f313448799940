"""The register of fuss as it is stored: measured apart, read by no verdict.

Nothing here can hold the name, an account or a number of who is judged, of who calls or of who
writes: an author is a keyed digest (`spreekruimte.ophef.pseudonyms`), a title or a word to search
for is looked through before it is stored, and what leads to a media item is for editors only.
"""

from spreekruimte.ophef.models.acts import Act, OrderMeasure
from spreekruimte.ophef.models.feeds import Feed, FeedItem
from spreekruimte.ophef.models.imports import Import, RefusedLine
from spreekruimte.ophef.models.incidents import Incident, RegisterKey
from spreekruimte.ophef.models.measurements import Comparison, Measurement, Measuring
from spreekruimte.ophef.models.signals import (
    Direction,
    Kind,
    Link,
    Outlet,
    OutletKind,
    Signal,
    Source,
    Tally,
    Withdrawal,
)
from spreekruimte.ophef.models.tokens import AccessToken

__all__ = [
    "AccessToken",
    "Act",
    "Comparison",
    "Direction",
    "Feed",
    "FeedItem",
    "Import",
    "Incident",
    "Kind",
    "Link",
    "Measurement",
    "Measuring",
    "OrderMeasure",
    "Outlet",
    "OutletKind",
    "RefusedLine",
    "RegisterKey",
    "Signal",
    "Source",
    "Tally",
    "Withdrawal",
]
