"""What a phone at the door loads when it opens check-in for the first time."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+)')
NAMED = re.compile(r'url\("?\.\./([^")]+\.woff2)')
# A browser asks for it only when a page has such letters, and names of children have none.
UNASKED = "latin-ext"


def first_load(page: str) -> float:
    """Return the kilobytes of the page as it is sent and of its files, packed as installed ones."""
    files = {path: _file(path) for path in LINKED.findall(page)}
    styles = "".join(data.decode() for path, data in files.items() if path.endswith(".css"))
    for font in NAMED.findall(styles):
        if UNASKED not in font:
            files[f"ui/{font}"] = _file(f"ui/{font}")
    return (len(page.encode()) + sum(map(_sent, files.values()))) / 1024


def _file(path: str) -> bytes:
    """Read a file that the page links to."""
    return Path(str(finders.find(path))).read_bytes()


def _sent(data: bytes) -> int:
    """Count the bytes on the way: what does not shrink is sent as it is."""
    return min(len(data), len(gzip.compress(data)))
