"""The file of a backup: a tar of small parts, packed by gzip, encrypted by age if there is a key.

``tar -xzf`` opens it; an encrypted one after ``age --decrypt``.
"""

import gzip
import io
import json
import os
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

HEADER, SUMS, SECRET = "zveno.json", "sums.json", "secret"
PLAIN, ENCRYPTED = ".zveno", ".zveno.age"
_AGE = b"age-encryption.org/"
_QUICK, _REST = 1, 1 << 16
_LARGEST_PART = 256 * 1024 * 1024
_DAMAGE = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError, KeyError)
_SEALED_DAMAGE = (
    "The backup cannot be opened: it is damaged or cut off, or encrypted for another key. "
    "Nothing was restored."
)


class BackupError(Exception):
    """A backup cannot be made or used; the text says why and what to do."""


class Writer:
    """Adds named parts to the file of a backup."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, data: bytes) -> None:
        """Add a part."""
        part = tarfile.TarInfo(name)
        part.size = len(data)
        self._tar.addfile(part, io.BytesIO(data))

    def add_json(self, name: str, value: object) -> None:
        """Add a part that says something about the others."""
        self.add(name, json.dumps(value, ensure_ascii=False, indent=1).encode())


@contextmanager
def written(path: Path, key: str) -> Iterator[Writer]:
    """Write the file at ``path``: whole and on disk, or not there at all.

    ``key`` is whom to encrypt it for (``age1…``), or empty. Raises ``BackupError`` for a bad key.
    """
    unfinished = path.with_name(f"{path.name}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with ExitStack() as stack:
                target: BinaryIO = file
                if key:
                    target = stack.enter_context(_encrypting(file, recipient(key)))
                packed = stack.enter_context(gzip.GzipFile("", "wb", _QUICK, target, 0))
                tar = stack.enter_context(tarfile.open(mode="w|", fileobj=packed))
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        _sync(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def read(path: Path, key: str) -> Iterator[Iterator[tuple[str, bytes]]]:
    """Read the parts of the file at ``path`` in order; ``key`` opens an encrypted one.

    Raises ``BackupError`` if it is no backup, damaged, cut off, or the key does not open it.
    """
    try:
        with ExitStack() as stack:
            source: BinaryIO = stack.enter_context(path.open("rb"))
            if _is_encrypted(source):
                source = stack.enter_context(_decrypting(source, identity(key, path)))
            packed = stack.enter_context(gzip.GzipFile(fileobj=source))
            yield _parts(packed, path)
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _foreign(path) from error
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error


def recipient(key: str) -> Any:
    """Return whom a backup is encrypted for. Raises ``BackupError``."""
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise BackupError("ZVENO_BACKUP_KEY is no public key of age (age1…).") from error


def identity(key: str, path: Path) -> Any:
    """Return what opens a backup. Raises ``BackupError``."""
    if not key:
        raise BackupError(f"{path} is encrypted: name the file of its secret key with --key.")
    lines = [line.strip() for line in key.splitlines() if line.strip()]
    with suppress(pyrage.IdentityError, StopIteration):
        return pyrage.x25519.Identity.from_str(next(each for each in lines if each[0] != "#"))
    raise BackupError("The file named by --key holds no secret key of age (AGE-SECRET-KEY-1…).")


def new_key() -> tuple[str, str]:
    """Make a pair of keys: the secret one and the public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def damaged(path: Path) -> BackupError:
    """Say that a file cannot be used."""
    return BackupError(f"{path} is damaged or cut off. Nothing was restored: take another copy.")


def _foreign(path: Path) -> BackupError:
    return BackupError(f"{path} is no backup of Zveno.")


def _parts(packed: gzip.GzipFile, path: Path) -> Iterator[tuple[str, bytes]]:
    known = False
    try:
        with tarfile.open(mode="r|", fileobj=packed) as tar:
            for part in tar:
                known = known or part.name == HEADER
                file = tar.extractfile(part)
                if not known or not file or part.size > _LARGEST_PART:
                    break
                yield part.name, file.read()
            else:
                while packed.read(_REST):
                    pass
                return
    except _DAMAGE as error:
        raise (damaged if known else _foreign)(path) from error
    raise (damaged if known else _foreign)(path)


def _is_encrypted(file: BinaryIO) -> bool:
    begins = file.read(len(_AGE))
    file.seek(0)
    return begins == _AGE


@contextmanager
def _encrypting(file: BinaryIO, key: Any) -> Iterator[BinaryIO]:
    """Take what is written, in a thread of its own: the library pulls."""
    reader, writer = os.pipe()

    def work() -> None:
        with os.fdopen(reader, "rb") as source:
            pyrage.encrypt_io(source, file, [key])

    with _beside(work, "The backup could not be written."), os.fdopen(writer, "wb") as target:
        yield target


@contextmanager
def _decrypting(file: BinaryIO, key: Any) -> Iterator[BinaryIO]:
    reader, writer = os.pipe()

    def work() -> None:
        with os.fdopen(writer, "wb") as target, suppress(BrokenPipeError):
            pyrage.decrypt_io(file, target, [key])

    with _beside(work, _SEALED_DAMAGE), os.fdopen(reader, "rb") as source:
        yield source


@contextmanager
def _beside(work: Callable[[], None], says: str) -> Iterator[None]:
    """Run ``work`` in a thread; its failure, told as ``says``, is why whatever failed here did."""
    failures: list[Exception] = []

    def guarded() -> None:
        try:
            work()
        except (pyrage.DecryptError, pyrage.EncryptError, OSError) as error:
            failures.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    try:
        yield
    finally:
        thread.join()
        if failures:
            raise BackupError(says) from failures[0]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
