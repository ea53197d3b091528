"""Copy the few browser files that others wrote from node_modules into the kit, with their licences.

``python tools/vendor.py`` copies and writes the sums; the copies are committed, so that running
Zveno needs neither node nor network. A test compares the sums.
"""

import hashlib
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "src" / "zveno" / "ui" / "static" / "ui"
SUMS = STATIC / "vendor" / "SHA256SUMS"
_FONTS = "@fontsource-variable/golos-text"
FILES = {
    "vendor/htmx.min.js": "htmx.org/dist/htmx.min.js",
    "vendor/htmx.LICENSE.txt": "htmx.org/LICENSE",
    "vendor/jsQR.js": "jsqr/dist/jsQR.js",
    "vendor/jsQR.LICENSE.txt": "jsqr/LICENSE",
    "fonts/OFL.txt": f"{_FONTS}/LICENSE",
} | {
    f"fonts/golos-text-{part}-wght-normal.woff2": (
        f"{_FONTS}/files/golos-text-{part}-wght-normal.woff2"
    )
    for part in ("cyrillic", "latin", "latin-ext")
}


def sums() -> str:
    """Say the SHA-256 of every copied file, one a line, as ``sha256sum`` does."""
    lines = [
        f"{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted(FILES)
    ]
    return "".join(lines)


def main() -> None:
    """Copy the files and write their sums."""
    for name, source in FILES.items():
        target = STATIC / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "node_modules" / source, target)
    SUMS.write_text(sums(), encoding="utf-8")
    print(f"Copied {len(FILES)} files")


if __name__ == "__main__":
    main()
