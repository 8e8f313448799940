"""Cut a text until a network takes it: for what is told without an editor who looks."""

from __future__ import annotations

from dataclasses import replace

from spreekruimte.channels.network import Connection, Network, Post

ENDING = "…"


def fit(network: Network, connection: Connection, post: Post) -> Post:
    """Give the post with as much of its text as the network takes, cut between words.

    Raises
    ------
    NetworkError
        If the network cannot say now what it takes.
    """
    fitting = post
    while fitting.text and (preview := network.preview(connection, fitting)).problems:
        too_many = max(preview.length - preview.most, 1)
        kept = fitting.text.removesuffix(ENDING)[: -too_many - len(ENDING)]
        cut = kept.rpartition(" ")[0].rstrip() or kept
        fitting = replace(fitting, text=cut + ENDING if cut else "")
    return fitting
