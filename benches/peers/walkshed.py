"""Walkshed's side: its tool `engine`, built once, and what it tells."""
import functools
import json
import subprocess
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
BOUND = 12_500  # decimetres
NONE = 2**32 - 1


@functools.cache
def built(example):
    """The path of an example's program."""
    command = ["cargo", "build", "-q", "--release", "--message-format=json", "--example", example]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    programs = [json.loads(line).get("executable") for line in told.splitlines()]
    return next(program for program in reversed(programs) if program)


def run(folder, *arguments, example="engine"):
    """Runs an example on a network; a line of figures by task."""
    command = [built(example), folder, *map(str, arguments)]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return {line["task"]: line for line in map(json.loads, told.splitlines())}


class Answers:
    """What walkshed answered, in decimetres."""

    def __init__(self, folder, cells, ticks):
        self.folder, self.cells, self.ticks = folder, cells, ticks

    @classmethod
    def of(cls, folder):
        """The answers in a network's folder, with what `table.py` wrote beside them."""
        about = json.loads((folder / "about.json").read_text())
        return cls(folder, about["cells"], about["bound_ticks"] // BOUND)

    def decimetres(self, ticks):
        whole, rest = np.divmod(ticks.astype(np.int64), self.ticks)
        assert not rest.any(), "a walk is no whole number of decimetres"
        return whole

    def nearest(self, task):
        """By vertex and category; -1 where nothing is within the bound."""
        ticks = np.fromfile(self.folder / f"{task}.u32", "<u4").reshape(-1, 32 if task == "a32" else 5)
        none = ticks == NONE
        return np.where(none, -1, self.decimetres(np.where(none, 0, ticks)))

    def sums(self, task):
        """By cell."""
        return np.fromfile(self.folder / f"{task}.u32", "<u4").astype(np.int64)

    def pairs(self, task):
        """Point, cell and decimetres of each pair, as one number each, sorted."""
        cell, point, ticks = np.fromfile(self.folder / f"{task}.u32", "<u4").reshape(-1, 3).T.astype(np.int64)
        return np.sort(pair_keys(point, cell, self.decimetres(ticks)))


def pair_keys(point, cell, decimetres):
    return (np.asarray(point, np.int64) << 40) | (np.asarray(cell, np.int64) << 16) | np.asarray(decimetres, np.int64)


def point_of(keys):
    return keys >> 40


def cell_of(keys):
    return (keys >> 16) & 0xFF_FFFF
