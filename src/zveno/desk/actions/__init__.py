"""What is taken out of the house, and work that is done again."""

from zveno.desk.actions.journal import JournalPart, TooMuch, take_journal

__all__ = ["JournalPart", "TooMuch", "take_journal"]
