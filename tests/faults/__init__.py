"""Fault rounds: a whole Zveno under a steady load, hurt twenty times in each of four ways.

``python -m tests.faults`` runs all of it in one house and prints a JSON line a figure.
"""
