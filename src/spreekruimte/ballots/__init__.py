"""Ballots: a log that can be checked and still forget, receipts for citizens, and pseudonyms."""
