"""Celery's part: wake-ups without a payload. Every task looks into the database for what is due.

Losing the broker, or any message in it, costs seconds and never a row. Celery never dispatches arrivals:
the order within a chat is the bot processes' business.
"""
