"""The clock of a house: one for web server, worker and database, set while they run."""

import mmap
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

from zveno.localdb.account import account_for
from zveno.localdb.binaries import find_binaries

SOURCE = Path(__file__).with_name("clock.c")
SECONDS = struct.Struct("q")


class Clockwork:
    """A clock whose shift stands in a file of ``folder``, which every account can reach.

    A house whose clock is not to be set takes its time as any program does, without a compiler.
    """

    def __init__(self, folder: Path, *, is_set: bool) -> None:
        library, kept = folder / "clock.so", folder / "clock"
        kept.write_bytes(SECONDS.pack(0))
        with kept.open("r+b") as file:
            self._shift = mmap.mmap(file.fileno(), SECONDS.size)
        self.variables: dict[str, str] = {}
        if is_set:
            self._make(library, kept)

    def _make(self, library: Path, kept: Path) -> None:
        command = ["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
        subprocess.run(command, check=True)
        for each in (library, kept):
            each.chmod(0o755)
        self.variables = {"LD_PRELOAD": str(library), "FAULTS_CLOCK": str(kept)}
        self._wrap_programs(library.parent / "programs")

    @staticmethod
    def is_possible() -> bool:
        """Whether a library can be made here that programs take their time from."""
        return sys.platform == "linux" and shutil.which("cc") is not None

    @property
    def shift(self) -> int:
        """By how many seconds the clock of the house is before the real one."""
        return int(SECONDS.unpack(self._shift[:])[0])

    @shift.setter
    def shift(self, seconds: int) -> None:
        self._shift[:] = SECONDS.pack(seconds)

    def _wrap_programs(self, folder: Path) -> None:
        """Make a folder of PostgreSQL's programs that run by this clock.

        The server is started with an environment of its own, so it cannot be told there.
        """
        real = find_binaries(account_for(folder)).folder
        folder.mkdir(mode=0o755)
        told = " ".join(f"{name}={value}" for name, value in self.variables.items())
        for program in ("postgres", "initdb"):
            wrapped = folder / program
            wrapped.write_text(f'#!/bin/sh\n{told} exec {real / program} "$@"\n')
            wrapped.chmod(0o755)
        os.environ["ZVENO_POSTGRES_BIN"] = str(folder)
