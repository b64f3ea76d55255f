"""Scores tiles of `coverage STUDY --tiles N --out DIR` by walkshed's shared library.

    cargo rustc --release --lib --crate-type cdylib --no-default-features --features c-abi

makes `target/release/libwalkshed.so`. `WALKSHED_LIBRARY` names it where it lies elsewhere.
"""

import ctypes
import hashlib
import os
import pathlib
import sys
import tempfile

HASH = 32  # The bytes of a SHA-256.

# The engine scores many tiles at once: each on one processor.
os.environ.setdefault("RAYON_NUM_THREADS", "1")


def _library():
    target = pathlib.Path(__file__).resolve().parents[2] / "target" / "release"
    name = {"darwin": "libwalkshed.dylib", "win32": "walkshed.dll"}.get(sys.platform, "libwalkshed.so")
    library = ctypes.CDLL(os.environ.get("WALKSHED_LIBRARY", str(target / name)))
    library.walkshed_score_tile.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_size_t),
    ]
    library.walkshed_score_tile.restype = ctypes.c_int32
    library.walkshed_free.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
    library.walkshed_free.restype = None
    return library


def score_tile(tile: bytes) -> bytes:
    """The rows of a tile."""
    library = _library()
    result, length = ctypes.c_void_p(), ctypes.c_size_t()
    code = library.walkshed_score_tile(tile, len(tile), ctypes.byref(result), ctypes.byref(length))
    rows = ctypes.string_at(result, length.value)
    library.walkshed_free(result, length)
    if code:
        raise ValueError(rows.decode() or "a bug in walkshed")
    return rows


def score_file(file: bytes) -> bytes:
    """A share for `merge`, from the file of a tile."""
    content, seal = file[:-HASH], file[-HASH:]
    if hashlib.sha256(content).digest() != seal:
        raise ValueError("the file is damaged: make the tiles anew")
    header, _, tile = content.partition(b"\n")
    content = header + b"\n" + score_tile(tile)
    return content + hashlib.sha256(content).digest()


def write_share(tile_file: str, share: bytes) -> str:
    """Puts a share beside its tile, whole or not at all; its path."""
    path = pathlib.Path(tile_file)
    path = path.with_name(path.name.replace("tile-", "shard-", 1))
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".shard-", delete=False) as passing:
        passing.write(share)
        passing.flush()
        os.fsync(passing.fileno())
    os.chmod(passing.name, 0o644)
    os.replace(passing.name, path)
    return str(path)
