"""Say what is misconfigured in an installation that others are to reach.

Each check is a function that gives findings; nothing is changed and, apart from a provider of
OpenID Connect that is set up, nobody else is asked.
"""

from spreekruimte.operation.doctor.examining import examine
from spreekruimte.operation.doctor.findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]
