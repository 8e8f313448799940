"""Compatibility with Polis: the quantities that Polis publishes, and its grouping steps.

For comparison only: nothing here has an interval, a pass lowers agreement like a
disagreement does, and the groups depend on the order in which participants came. The
verdicts do not use it.
"""

from spreekruimte.analysis.polis.compatibility import PolisResult, compare_with_polis
from spreekruimte.analysis.polis.document import to_document

__all__ = ["PolisResult", "compare_with_polis", "to_document"]
