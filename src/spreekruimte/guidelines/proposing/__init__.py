"""Proposals of rules: the shortest lists that agree best with what the public found."""
