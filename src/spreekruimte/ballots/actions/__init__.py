"""Changes to rounds, ballots and reasons; each is one transaction.

What an editor or moderator does leaves an entry in the audit trail, and what is done to a reason
one in the public log of moderation as well. What a citizen does leaves its entry in the log of the
round and nothing in the audit trail, which names who did something.
"""
