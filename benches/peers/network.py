"""Networks in flat files, as `benches/tools/engine/network.rs` describes them: made, or of real places."""
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from . import walkshed

BLOCK = 80.0
# How many bends a street has: none, one, ... four.
BENDS = [0.30, 0.28, 0.20, 0.14, 0.08]
METRES_PER_DEGREE = 111_319.49
OSM = {
    "heidelberg": ("heidelberg_ors.osm.pbf", "8.6904,49.4103"),
    "andorra": ("andorra_dockervalhalla.osm.pbf", "1.5218,42.5075"),
    "gushi": ("gushi_seat.osm.pbf", "115.6800,32.1700"),
}
GRAPHS = ["wuhan", "las_palmas"]


class Net:
    """A network as the peers take it."""

    def __init__(self, folder):
        self.folder = folder
        self.at = np.fromfile(folder / "nodes.f64").reshape(-1, 2)
        edges = np.fromfile(folder / "edges.u32", "<u4").reshape(-1, 3).astype(int)
        # Of parallel streets the shortest: scipy would add them up, networkx take the last.
        edges[:, :2].sort(1)
        edges = edges[np.lexsort(edges.T[::-1])]
        first = np.r_[True, (edges[1:, :2] != edges[:-1, :2]).any(1)]
        self.ends, self.decimetres = edges[first, :2], edges[first, 2].astype(float)
        self.points, self.category = np.fromfile(folder / "points.u32", "<u4").reshape(-1, 2).T.astype(int)
        self.cells = np.fromfile(folder / "cells.u32", "<u4").astype(int)

    def categories(self, task):
        """The vertices of each category: those that the file names, or the points by turns."""
        if task == "a32":
            return [self.points[first::32] for first in range(32)]
        return [self.points[self.category == k] for k in range(5)]


def made(nodes, folder):
    """The made network of about so many vertices.

    A grid of 80 m blocks, its corners pushed up to 24 m to each side; three of five streets are kept, and of
    those the largest connected part. Each has 0 to 4 bends, so that 77 % of the vertices only lead on. One
    vertex of 200 holds a service point, every third one a cell.
    """
    folder = folder / f"made-{nodes}"
    if (folder / "cells.u32").exists():
        return folder
    random = np.random.default_rng(2020)
    width = round((nodes / 2.63) ** 0.5)
    corners = (random.uniform(-0.3, 0.3, (2, width, width)) + np.mgrid[0:width, 0:width][::-1]) * BLOCK
    corners = corners.reshape(2, -1).T
    streets, kept = grid(width, random)
    # Bends lie along the straight line, pushed a little aside.
    bends = random.choice(5, len(streets), p=BENDS)
    street = np.repeat(np.arange(len(streets)), bends)
    step = np.arange(len(street)) - np.repeat(np.cumsum(bends) - bends, bends)
    begin, line = corners[streets[street, 0]], corners[streets[street, 1]] - corners[streets[street, 0]]
    along = ((step + 1) / (bends[street] + 1))[:, None]
    aside = random.normal(0, 0.06, len(street))[:, None] * line[:, ::-1] * [-1, 1]
    at = np.concatenate([corners[kept], begin + along * line + aside])
    # Corners and bends are numbered row by row, so that neighbours have numbers not far apart.
    order = np.lexsort((at[:, 0], np.floor(at[:, 1] / BLOCK)))
    rank = np.empty(len(at), int)
    rank[order] = np.arange(len(at))
    corner = np.full(width * width, -1)
    corner[kept] = rank[: len(kept)]
    edges = pieces(corner[streets], bends, rank[len(kept):], street)
    length = np.hypot(*(at[order][edges[:, 0]] - at[order][edges[:, 1]]).T)
    points = np.sort(random.choice(len(at), len(at) // 200, replace=False))
    points = np.column_stack([points, random.integers(0, 5, len(points))])
    write(folder, at[order], edges, np.ceil(length * 10 + 1e-6), points)
    return folder


def grid(width, random):
    """The streets between corners, and the corners that they connect."""
    number = np.arange(width * width).reshape(width, width)
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], 1)
    down = np.stack([number[:-1].ravel(), number[1:].ravel()], 1)
    streets = np.concatenate([across, down])
    streets = streets[random.random(len(streets)) < 0.6]
    graph = coo_matrix((np.ones(len(streets)), streets.T), shape=(width * width,) * 2)
    part = connected_components(graph, directed=False)[1]
    largest = part == np.bincount(part).argmax()
    return streets[largest[streets[:, 0]]], np.flatnonzero(largest)


def pieces(streets, bends, bend, street):
    """Streets cut at their bends, sorted."""
    first, bent = np.cumsum(bends) - bends, bends > 0
    inner = np.flatnonzero(street[:-1] == street[1:])
    edges = np.concatenate([
        streets[~bent],
        np.stack([streets[bent, 0], bend[first[bent]]], 1),
        np.stack([bend[(first + bends - 1)[bent]], streets[bent, 1]], 1),
        np.stack([bend[inner], bend[inner + 1]], 1),
    ])
    edges = np.sort(edges, 1)
    return edges[np.lexsort(edges.T[::-1])]


def write(folder, at, edges, decimetres, points):
    folder.mkdir(parents=True, exist_ok=True)
    at.astype("<f8").tofile(folder / "nodes.f64")
    np.column_stack([edges, np.maximum(decimetres, 1)]).astype("<u4").tofile(folder / "edges.u32")
    points.astype("<u4").tofile(folder / "points.u32")
    np.arange(0, len(at), 3).astype("<u4").tofile(folder / "cells.u32")


def real(name, streets, near, folder):
    """A real place: streets that walkshed reads, or a folder with nodes.csv.gz (number, id, longitude,
    latitude) and edges.csv.gz (two ends, millimetres). Lengths are rounded up to decimetres."""
    folder = folder / name
    if (folder / "settled").exists():
        return folder
    if not streets.is_dir():
        walkshed.run(folder, "--streets", streets.resolve(), f"--near={near}")
    else:
        lon, lat = np.loadtxt(streets / "nodes.csv.gz", delimiter=",", skiprows=1, usecols=(2, 3)).T
        edges = np.loadtxt(streets / "edges.csv.gz", delimiter=",", skiprows=1)
        east = (lon - lon.mean()) * np.cos(np.radians(lat.mean()))
        at = np.stack([east, lat - lat.mean()], 1) * METRES_PER_DEGREE
        points = np.arange(0, len(at), 200)
        write(folder, at, edges[:, :2], np.ceil(edges[:, 2] / 100), np.column_stack([points, points // 200 % 5]))
    walkshed.run(folder, "--settle")
    (folder / "settled").touch()
    return folder


def places(data, folder):
    """The real places of the data folder."""
    data = data / "data" if (data / "data").is_dir() else data
    streets = [(name, data / "osm" / file, near) for name, (file, near) in OSM.items()]
    streets += [(name, data / "oracle" / name, "0,0") for name in GRAPHS]
    missing = [str(path) for _, path, _ in streets if not path.exists()]
    if missing:
        sys.exit("missing: " + ", ".join(missing))
    return [real(name, Path(path), near, folder) for name, path, near in streets]
