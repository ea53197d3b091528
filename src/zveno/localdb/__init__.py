"""A PostgreSQL of our own: any folder of its programs, started, kept and stopped by this process.

Knows neither Django nor any room. ``start`` is the whole of it; ``temporary`` is for tests.
"""

from zveno.localdb.errors import AlreadyRunning, LocalDatabaseError
from zveno.localdb.server import Server, start, temporary

__all__ = ["AlreadyRunning", "LocalDatabaseError", "Server", "start", "temporary"]
