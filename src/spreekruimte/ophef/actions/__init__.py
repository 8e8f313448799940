"""Changes to the register of fuss: each is one transaction with its entry in the audit trail.

Nothing here touches a round, a ballot or a verdict.
"""
