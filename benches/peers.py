#!/usr/bin/env python3
"""Walkshed beside scipy, pandana and networkx, on the same network, one core each.

    python3 benches/peers.py [--nodes 1000000] [--streets FILE] [--repeat 5] [--keep FOLDER]

Sets up a Python environment of its own (target/peers/venv; needs the network once), makes a street network
with a fixed seed, runs walkshed's example `engine` and the peers on it, checks that the answers agree, and
prints a table of ratios. Processor time is compared, not the clock, so that a busy machine harms less.

The network: a jittered grid of 80 m, three of five streets kept, the largest connected part of it, each
street bent at 0 to 4 places, lengths rounded up to decimetres. One vertex of 200 holds a service point, every
third one a cell. A walk may be 1,250 m long: 15 minutes at 5 km/h.

With `--streets` the streets of a real place: OSM PBF, OSM XML or GeoJSON, with `--near LON,LAT` somewhere
among them; or a folder with nodes.csv.gz (number, id, longitude, latitude) and edges.csv.gz (two ends,
millimetres).

Tasks:
  b  how many points lie within the bound of each cell
  c  the sparse matrix of cells and points within the bound

The peers do what serves them best. scipy: Dijkstra from the points, 16 at a time, cut at the bound.
networkx: the same, one at a time. pandana: `aggregate` for b, the 40 nearest points for c, after its
contraction. Large jobs are sampled over the points, never over the bound, and their time is scaled up; the
answers are compared on the sample. Building is not counted for anybody, and told apart.

To the peers distances are floating-point metres, so a few walks of exactly 1,250 m fall on the other side of
the bound; one pair in 10,000, or five, may differ.
"""
import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "target" / "peers"
PACKAGES = ["numpy", "scipy", "pandana", "networkx"]
BOUND = 1250.0
ENGINE = ["cargo", "run", "-q", "--release", "--example", "engine", "--"]
PEERS = [("scipy", "b"), ("scipy", "c"), ("networkx", "c"), ("pandana", "b"), ("pandana", "c")]


def environment():
    """The interpreter of an environment that has the peers."""
    python = HOME / "venv" / "bin" / "python"
    if not (HOME / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", HOME / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], check=True)
        (HOME / "ready").touch()
    return python


def make(nodes, folder):
    """Writes a network of about so many vertices, as `examples/engine/network.rs` describes it."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    random = np.random.default_rng(2020)
    shares = [0.30, 0.28, 0.20, 0.14, 0.08]
    width = round((nodes / 2.63) ** 0.5)
    place = random.uniform(-0.3, 0.3, (2, width, width)) + np.mgrid[0:width, 0:width][::-1]
    corners = (place * 80.0).reshape(2, -1).T
    number = np.arange(width * width).reshape(width, width)
    across = np.stack([number[:, :-1].ravel(), number[:, 1:].ravel()], 1)
    down = np.stack([number[:-1].ravel(), number[1:].ravel()], 1)
    streets = np.concatenate([across, down])
    streets = streets[random.random(len(streets)) < 0.6]
    graph = coo_matrix((np.ones(len(streets)), streets.T), shape=(width * width,) * 2)
    part = connected_components(graph, directed=False)[1]
    largest = part == np.bincount(part).argmax()
    streets = streets[largest[streets[:, 0]]]
    # Bends lie along the straight line, pushed a little aside.
    bends = random.choice(5, len(streets), p=shares)
    street = np.repeat(np.arange(len(streets)), bends)
    step = np.arange(len(street)) - np.repeat(np.cumsum(bends) - bends, bends)
    begin, line = corners[streets[street, 0]], corners[streets[street, 1]] - corners[streets[street, 0]]
    along = ((step + 1) / (bends[street] + 1))[:, None]
    aside = random.normal(0, 0.06, len(street))[:, None] * line[:, ::-1] * [-1, 1]
    kept = np.flatnonzero(largest)
    at = np.concatenate([corners[kept], begin + along * line + aside])
    # Corners and bends are numbered row by row, so that neighbours have numbers not far apart.
    order = np.lexsort((at[:, 0], np.floor(at[:, 1] / 80.0)))
    rank = np.empty(len(at), int)
    rank[order] = np.arange(len(at))
    corner = np.full(width * width, -1)
    corner[kept] = rank[: len(kept)]
    bend, at = rank[len(kept):], at[order]
    first, bent = np.cumsum(bends) - bends, bends > 0
    inner = np.flatnonzero(street[:-1] == street[1:])
    edges = np.concatenate([
        np.stack([corner[streets[~bent, 0]], corner[streets[~bent, 1]]], 1),
        np.stack([corner[streets[bent, 0]], bend[first[bent]]], 1),
        np.stack([bend[(first + bends - 1)[bent]], corner[streets[bent, 1]]], 1),
        np.stack([bend[inner], bend[inner + 1]], 1),
    ])
    edges = np.sort(edges, 1)
    edges = edges[np.lexsort(edges.T[::-1])]
    length = np.hypot(*(at[edges[:, 0]] - at[edges[:, 1]]).T)
    decimetres = np.maximum(np.ceil(length * 10 + 1e-6), 1)
    points = np.sort(random.choice(len(at), len(at) // 200, replace=False))
    categories = random.integers(0, 5, len(points))
    folder.mkdir(parents=True, exist_ok=True)
    at.astype("<f8").tofile(folder / "nodes.f64")
    np.column_stack([edges, decimetres]).astype("<u4").tofile(folder / "edges.u32")
    np.column_stack([points, categories]).astype("<u4").tofile(folder / "points.u32")
    np.arange(0, len(at), 3).astype("<u4").tofile(folder / "cells.u32")


def convert(streets, near, folder):
    """Writes the streets of a real place in the same form."""
    if not streets.is_dir():
        return subprocess.run([*ENGINE, folder, "--streets", streets, "--near", near], cwd=ROOT, check=True)
    import numpy as np

    lon, lat = np.loadtxt(streets / "nodes.csv.gz", delimiter=",", skiprows=1, usecols=(2, 3)).T
    edges = np.loadtxt(streets / "edges.csv.gz", delimiter=",", skiprows=1)
    east = (lon - lon.mean()) * np.cos(np.radians(lat.mean()))
    folder.mkdir(parents=True, exist_ok=True)
    (np.stack([east, lat - lat.mean()], 1) * 111_319.49).astype("<f8").tofile(folder / "nodes.f64")
    edges[:, 2] = np.maximum(np.ceil(edges[:, 2] / 100), 1)
    edges.astype("<u4").tofile(folder / "edges.u32")
    points = np.arange(0, len(lon), 200)
    np.column_stack([points, points // 200 % 5]).astype("<u4").tofile(folder / "points.u32")
    np.arange(0, len(lon), 3).astype("<u4").tofile(folder / "cells.u32")


class Net:
    """A network as the peers take it."""

    def __init__(self, folder):
        import numpy as np

        self.at = np.fromfile(folder / "nodes.f64").reshape(-1, 2)
        edges = np.fromfile(folder / "edges.u32", "<u4").reshape(-1, 3).astype(int)
        # Of parallel streets the shortest: scipy would add them up, networkx take the last.
        edges[:, :2].sort(1)
        edges = edges[np.lexsort(edges.T[::-1])]
        first = np.r_[True, (edges[1:, :2] != edges[:-1, :2]).any(1)]
        self.ends, self.metres = edges[first, :2], edges[first, 2] / 10.0
        self.points = np.fromfile(folder / "points.u32", "<u4").reshape(-1, 2)[:, 0].astype(int)
        self.cells = np.fromfile(folder / "cells.u32", "<u4").astype(int)

    def sample(self, most):
        """At most so many points, evenly picked."""
        return self.points[:: max(1, -(-len(self.points) // most))]


def run_scipy(net, task):
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    build = time.process_time()
    (a, b), w = net.ends.T, net.metres
    graph = csr_matrix((np.r_[w, w], (np.r_[a, b], np.r_[b, a])), shape=(len(net.at),) * 2)
    start = time.process_time()
    points, pairs, metres, counts = net.sample(320), 0, 0.0, np.zeros(len(net.at), int)
    for first in range(0, len(points), 16):
        reached = dijkstra(graph, indices=points[first: first + 16], limit=BOUND)
        if task == "b":
            counts += np.isfinite(reached).sum(0)
        else:
            row, cell = np.nonzero(np.isfinite(reached[:, net.cells]))
            pairs, metres = pairs + len(row), metres + reached[row, net.cells[cell]].sum()
    pairs = counts[net.cells].sum() if task == "b" else pairs
    return start - build, time.process_time() - start, len(points), pairs, metres


def run_networkx(net, _):
    import networkx
    import numpy as np

    build = time.process_time()
    graph = networkx.Graph()
    graph.add_weighted_edges_from(zip(*net.ends.T.tolist(), net.metres.tolist()))
    is_cell = np.zeros(len(net.at), bool)
    is_cell[net.cells] = True
    start = time.process_time()
    points, pairs, metres = net.sample(500), 0, 0.0
    for point in points.tolist():
        reached = networkx.single_source_dijkstra_path_length(graph, point, cutoff=BOUND, weight="weight")
        for node, distance in reached.items():
            if is_cell[node]:
                pairs, metres = pairs + 1, metres + distance
    return start - build, time.process_time() - start, len(points), pairs, metres


def run_pandana(net, task):
    import numpy as np
    import pandana
    import pandas as pd

    build = time.process_time()
    (a, b), at = net.ends.T, net.at
    network = pandana.Network(*map(pd.Series, (*at.T, a, b)), pd.DataFrame({"length": net.metres}))
    start = time.process_time()
    if task == "b":
        network.set(pd.Series(net.points), name="points")
        counts = network.aggregate(BOUND, "count", "flat", name="points").to_numpy()
        return start - build, time.process_time() - start, len(net.points), int(counts[net.cells].sum()), 0.0
    network.set_pois("points", BOUND, 40, *map(pd.Series, at[net.points].T))
    near = network.nearest_pois(BOUND, "points", num_pois=40, max_distance=np.inf, include_poi_ids=True)
    near = near.to_numpy()[net.cells][:, :40].astype(float)
    within = near <= BOUND
    return start - build, time.process_time() - start, len(net.points), int(within.sum()), near[within].sum()


def peer(name, task, folder):
    """Runs one peer on one task and prints what it took and found."""
    net = Net(folder)
    build, query, sample, pairs, metres = globals()[f"run_{name}"](net, task)
    share = sample / len(net.points)
    print(json.dumps({
        "build_s": build, "query_s": query / share, "points": sample, "pairs": int(pairs), "metres": float(metres),
    }))


def walkshed(folder, repeat, threads=1, every=1):
    """Walkshed's own figures by task."""
    command = [*ENGINE, folder, "--metres", str(BOUND), "--repeat", str(repeat), "--threads", str(threads)]
    command += ["--every", str(every)]
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {line["task"]: line for line in map(json.loads, told.splitlines())}


def cost(line):
    """Least, median and most processor time; of what takes only a moment, which it counts badly, the clock's."""
    return line["cpu_s"] if line["cpu_s"][0] > 0.01 else line["wall_s"]


def compare(folder, repeat, python):
    one, two = walkshed(folder, repeat), walkshed(folder, repeat, threads=2)
    print(f"{one['build']['nodes']:,} vertices, {one['build']['junctions']:,} junctions, {one['c']['pairs']:,} pairs")
    for task in ("build", "b", "c", "one-shot"):
        least, middle, most = cost(one[task])
        gain = one[task]["wall_s"][0] / two[task]["wall_s"][0]
        print(f"walkshed {task:9} {middle:8.5f} s ({least:.5f} to {most:.5f}); 2 threads {gain:.2f} times as fast")
    print(f"{'peer':10} {'task':4} {'build s':>8} {'query s':>8} {'walkshed':>9} {'ratio':>7}   answers")
    environ = dict(os.environ, OMP_NUM_THREADS="1")
    samples, agree = {}, True
    for name, task in PEERS:
        command = [python, __file__, "--peer", name, "--task", task, "--keep", folder]
        run = subprocess.run(command, check=True, capture_output=True, text=True, env=environ).stdout
        # Pandana tells its progress on the same line.
        theirs = json.loads(run[run.index('{"build_s"'):].splitlines()[0])
        every = -(-one["build"]["points"] // theirs["points"])
        ours = one if every == 1 else samples.setdefault(every, walkshed(folder, 1, every=every))
        off = abs(ours["c"]["pairs"] - theirs["pairs"])
        same = off <= max(5, ours["c"]["pairs"] * 1e-4)
        if theirs["metres"] and not off:
            same &= abs(ours["c"]["metres"] - theirs["metres"]) < 1e-6 * theirs["metres"]
        agree &= same
        took = cost(one[task])[1]
        answers = f"{theirs['pairs']:,} pairs, {off} differ" + ("" if same else "  NOT THE SAME")
        ratio = theirs["query_s"] / took
        figures = f"{theirs['build_s']:8.2f} {theirs['query_s']:8.2f} {took:9.5f} {ratio:7.0f}"
        print(f"{name:10} {task:4} {figures}   {answers}")
    return agree


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=1_000_000)
    options.add_argument("--streets", type=Path, help="a real place instead of a made network")
    options.add_argument("--near", default="0,0", help="a place among the streets: longitude,latitude")
    options.add_argument("--repeat", type=int, default=5)
    options.add_argument("--keep", type=Path, help="folder of the network; made when it has none")
    options.add_argument("--peer", help=argparse.SUPPRESS)
    options.add_argument("--task", help=argparse.SUPPRESS)
    options.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    options = options.parse_args()
    name = options.streets.name if options.streets else options.nodes
    folder = (options.keep or HOME / f"network-{name}").resolve()
    if options.peer:
        return peer(options.peer, options.task, folder)
    if options.make:
        if options.streets:
            return convert(options.streets.resolve(), options.near, folder)
        return make(options.nodes, folder)
    HOME.mkdir(parents=True, exist_ok=True)
    python = environment()
    if not (folder / "cells.u32").exists():
        what = ["--nodes", str(options.nodes), "--near", options.near]
        what += ["--streets", options.streets] if options.streets else []
        subprocess.run([python, __file__, "--make", *what, "--keep", folder], check=True)
    if not compare(folder, options.repeat, python):
        sys.exit("the answers do not agree")


if __name__ == "__main__":
    main()
