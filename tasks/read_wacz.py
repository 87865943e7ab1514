"""Pages in a WACZ file: a zip of WARC files, with a list of pages and the digest of each file.

A file whose digest is not the stated one is not read at all: it is not what was packed.
https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import mmap
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tasks.read_files import WARC_ENDINGS, BadFile, Found
from tasks.read_warc import pages_of
from tasks.wacz_package import BROKEN_ZIP, BrokenPackage, Package, read_package

MOST_UNPACKED = 4 * 1024 * 1024 * 1024


def read_wacz(path: Path) -> Iterator[Found]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as packed:
            yield from _read_members(path, file, packed, read_package(packed))
    except BrokenPackage as error:
        yield BadFile(str(path), "broken_warc", str(error))
    except OSError as error:
        yield BadFile(str(path), "unreadable_file", str(error.strerror))
    except BROKEN_ZIP as error:
        wrong = str(error) or type(error).__name__
        yield BadFile(str(path), "broken_warc", f"no readable zip: {wrong}")


def _read_members(
    path: Path, file: BinaryIO, packed: zipfile.ZipFile, package: Package
) -> Iterator[Found]:
    members = [each for each in packed.infolist() if each.filename.lower().endswith(WARC_ENDINGS)]
    if not members:
        raise BrokenPackage("expected WARC files under archive/, found none")
    for member in members:
        place = f"{path}:{member.filename}"
        try:
            with _bytes_of(packed, member, file) as data:
                package.require_digest(member.filename, data)
                yield from (package.judge(each) for each in pages_of(data, place))
        except BrokenPackage as error:
            yield BadFile(place, "broken_warc", str(error))


@contextmanager
def _bytes_of(
    packed: zipfile.ZipFile, member: zipfile.ZipInfo, file: BinaryIO
) -> Iterator[memoryview]:
    """Where the zip stores a file as it is, as the format asks for, nothing is copied."""
    if member.file_size == 0:
        raise BrokenPackage("the file is empty")
    if member.compress_type == zipfile.ZIP_STORED and not member.flag_bits & 1:
        with (
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as whole,
        ):
            start = _start_of(whole, member)
            with whole[start : start + member.file_size] as data:
                yield data
        return
    with _unpacked(packed, member) as mapped, memoryview(mapped) as data:
        yield data


def _start_of(whole: memoryview, member: zipfile.ZipInfo) -> int:
    """Behind the member's own head, whose name and extra field may differ from the directory's."""
    head = bytes(whole[member.header_offset : member.header_offset + 30])
    if not head.startswith(b"PK\x03\x04"):
        raise BrokenPackage(f"no head of a zip member at byte {member.header_offset}")
    name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
    start = member.header_offset + 30 + name + extra
    if start + member.file_size > len(whole):
        raise BrokenPackage("the zip ends inside it")
    return start


@contextmanager
def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[mmap.mmap]:
    if member.file_size > MOST_UNPACKED:
        raise BrokenPackage(f"{member.file_size} bytes unpacked, at most {MOST_UNPACKED}")
    with tempfile.TemporaryFile() as room:
        try:
            with packed.open(member) as body:
                # The zip's own reader stops at the stated size, and checks its CRC there.
                while piece := body.read(1_048_576):
                    room.write(piece)
        except BROKEN_ZIP as error:
            raise BrokenPackage(f"cannot be unpacked: {error or type(error).__name__}") from error
        room.flush()
        with mmap.mmap(room.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped
