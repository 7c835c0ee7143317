"""Follows sources day and night: asks them politely, reads what is new, fuses, and raises and delivers alerts.

Knows schedules, requests and deliveries. What a report says is read in `pipeline`, kept in `store`.
"""
