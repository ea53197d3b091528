"""Backups: all rows in open text, one file, any PostgreSQL; see docs/operator.md.

Own and not pg_dump's: a file made by one major version of PostgreSQL loads into any other, no
program of the right version is needed, and every row is counted and hashed on the way.
"""

from zveno.kernel.backup.container import BackupError

__all__ = ["BackupError"]
