"""Where webhooks may go to in tests."""

PERMITTED = "93.184.215.14"
"""A public address that may be named; nothing is ever sent there."""
