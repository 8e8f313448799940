"""What an action says when the state of things does not allow it."""

from __future__ import annotations


class RefusedError(Exception):
    """An action is not possible now; nothing was changed.

    The message is a sentence for the user, in the active language.
    """
