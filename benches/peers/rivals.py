"""The peers. Each is a class: made from a network, a method for each task, answers as walkshed's."""
import importlib.metadata
import json
import time

import numpy as np

from .network import Net
from .walkshed import BOUND, Answers, cell_of, pair_keys, point_of

# Longer tasks are timed once, shorter ones three times.
LONG = 4.0
# Below so many vertices nothing is sampled but cells and places.
SMALL = 300_000


class Peer:
    """What all peers have; `share` is what part of the last task was done."""

    packages = ["scipy"]

    def __init__(self, net):
        self.net, self.share = net, 1.0

    def sample(self, all_of, most):
        """At most so many of a list, evenly picked: their numbers."""
        picked = np.arange(len(all_of))[:: max(1, -(-len(all_of) // most))]
        self.share = len(picked) / max(1, len(all_of))
        return picked

    def points(self, most):
        return self.sample(self.net.points, len(self.net.points) if len(self.net.at) < SMALL else most)

    def places(self, most):
        """Points from which one search each is made."""
        picked = self.sample(self.net.points, most)
        self.share = 1.0
        return picked

    def ready(self, task):
        """What is made beforehand, beside the network."""

    def matrix(self, points, row_of):
        """Pairs of points and cells; `row_of` gives the vertices near a point, and how far they are."""
        cell = np.full(len(self.net.at), -1)
        cell[self.net.cells] = np.arange(len(self.net.cells))
        keys = []
        for point in points:
            near, decimetres = row_of(point)
            keys.append(pair_keys(point, cell[near], decimetres)[cell[near] >= 0])
        return np.sort(np.concatenate(keys))


class Scipy(Peer):
    def __init__(self, net):
        from scipy.sparse import csr_matrix

        super().__init__(net)
        (a, b), w = net.ends.T, net.decimetres
        self.graph = csr_matrix((np.r_[w, w], (np.r_[a, b], np.r_[b, a])), shape=(len(net.at),) * 2)

    def near(self, vertices, **options):
        from scipy.sparse.csgraph import dijkstra

        return dijkstra(self.graph, indices=vertices, limit=BOUND, **options)

    def nearest(self, task):
        sets = self.net.categories(task)
        none = np.full(len(self.net.at), np.inf)
        return np.stack([self.near(of, min_only=True) if len(of) else none for of in sets], 1), np.arange(len(sets))

    a5 = nearest
    a32 = nearest

    def b(self, _):
        points, counts = self.points(320), np.zeros(len(self.net.at), int)
        for first in range(0, len(points), 16):
            counts += np.isfinite(self.near(self.net.points[points[first: first + 16]])).sum(0)
        return counts[self.net.cells], points

    def c(self, _):
        points, keys = self.points(320), []
        for first in range(0, len(points), 16):
            sixteen = points[first: first + 16]
            reached = self.near(self.net.points[sixteen])[:, self.net.cells]
            row, cell = np.nonzero(np.isfinite(reached))
            keys.append(pair_keys(sixteen[row], cell, reached[row, cell]))
        return np.sort(np.concatenate(keys)), points

    def d(self, _):
        cells, sums = self.sample(self.net.cells, 160), []
        for first in range(0, len(cells), 16):
            reached = self.near(self.net.cells[cells[first: first + 16]])
            sums.append(np.isfinite(reached[:, self.net.cells]).sum(1))
        return np.concatenate(sums), cells

    def iso(self, _):
        places = self.places(100)

        def row_of(point):
            reached = self.near(self.net.points[point])
            near = np.flatnonzero(np.isfinite(reached))
            return near, reached[near]

        return self.matrix(places, row_of), places


class Networkx(Peer):
    packages = ["networkx"]

    def __init__(self, net):
        import networkx

        super().__init__(net)
        self.graph = networkx.Graph()
        self.graph.add_nodes_from(range(len(net.at)))
        self.graph.add_weighted_edges_from(zip(*net.ends.T.tolist(), net.decimetres.tolist()))

    def near(self, vertices):
        from networkx import multi_source_dijkstra_path_length as search

        reached = search(self.graph, set(np.atleast_1d(vertices).tolist()), cutoff=BOUND)
        return np.fromiter(reached.keys(), int, len(reached)), np.fromiter(reached.values(), float, len(reached))

    def nearest(self, task):
        sets = self.net.categories(task)
        asked = self.sample(sets, len(sets) if len(self.net.at) < SMALL else 4)
        found = np.full((len(self.net.at), len(asked)), np.inf)
        for place, category in enumerate(asked):
            if len(sets[category]):
                near, decimetres = self.near(sets[category])
                found[near, place] = decimetres
        return found, asked

    a5 = nearest
    a32 = nearest

    def b(self, _):
        points, counts = self.points(500), np.zeros(len(self.net.at), int)
        for point in points:
            counts[self.near(self.net.points[point])[0]] += 1
        return counts[self.net.cells], points

    def c(self, _):
        points = self.points(500)
        return self.matrix(points, lambda point: self.near(self.net.points[point])), points

    def d(self, _):
        cells, is_cell = self.sample(self.net.cells, 300), np.zeros(len(self.net.at), int)
        is_cell[self.net.cells] = 1
        return np.array([is_cell[self.near(self.net.cells[cell])[0]].sum() for cell in cells]), cells

    def iso(self, _):
        places = self.places(100)
        return self.matrix(places, lambda point: self.near(self.net.points[point])), places


class Pandana(Peer):
    packages = ["pandana"]

    def __init__(self, net):
        import pandana
        import pandas as pd

        super().__init__(net)
        series = map(pd.Series, (*net.at.T, *net.ends.T))
        self.network = pandana.Network(*series, pd.DataFrame({"length": net.decimetres}))

    def ready(self, task):
        import pandas as pd

        def pois(name, vertices, most):
            self.network.set_pois(name, BOUND, most, *map(pd.Series, self.net.at[vertices].T))

        if task in ("a5", "a32"):
            for place, of in enumerate(self.net.categories(task)):
                if len(of):
                    pois(f"{task}-{place}", of, 1)
        elif task == "c":
            self.fullest = int(Answers.of(self.net.folder).sums("b").max())
            pois("c", self.net.points, self.fullest)
        elif task == "b":
            self.network.set(pd.Series(self.net.points), name="b")
        elif task == "d":
            self.network.set(pd.Series(self.net.cells), variable=pd.Series(np.ones(len(self.net.cells))), name="d")

    def nearest(self, task):
        none = np.full(len(self.net.at), np.inf)

        def category(place, of):
            if not len(of):
                return none
            return self.network.nearest_pois(BOUND, f"{task}-{place}", num_pois=1, max_distance=np.inf).to_numpy()[:, 0]

        sets = self.net.categories(task)
        return np.stack([category(*numbered) for numbered in enumerate(sets)], 1), np.arange(len(sets))

    a5 = nearest
    a32 = nearest

    def b(self, _):
        counts = self.network.aggregate(BOUND, "count", "flat", name="b").to_numpy()
        return counts[self.net.cells].astype(int), np.arange(len(self.net.points))

    def c(self, _):
        options = {"num_pois": self.fullest, "max_distance": np.inf, "include_poi_ids": True}
        near = self.network.nearest_pois(BOUND, "c", **options).to_numpy()[self.net.cells]
        decimetres, point = near[:, : self.fullest].astype(float), near[:, self.fullest:]
        cell, place = np.nonzero(decimetres <= BOUND)
        keys = pair_keys(point[cell, place].astype(float), cell, decimetres[cell, place])
        return np.sort(keys), np.arange(len(self.net.points))

    def d(self, _):
        sums = self.network.aggregate(BOUND, "sum", "flat", name="d").to_numpy()
        return sums[self.net.cells].astype(int), np.arange(len(self.net.cells))

    def iso(self, _):
        def row_of(point):
            reached = self.network.nodes_in_range([int(self.net.points[point])], BOUND)
            return reached["destination"].to_numpy().astype(int), reached["length"].to_numpy()

        places = self.places(20)
        return self.matrix(places, row_of), places


PEERS = {"scipy": Scipy, "pandana": Pandana, "networkx": Networkx}


def run(name, tasks, folder):
    """One peer's figures for all tasks, in a file of the network's folder."""
    net = Net(folder)
    begin = time.process_time()
    peer = PEERS[name](net)
    built, figures = time.process_time() - begin, {}
    for task in [task for task in tasks if hasattr(peer, task)]:
        begin = time.process_time()
        peer.ready(task)
        ready, seconds = time.process_time() - begin, []
        while not seconds or (seconds[0] < LONG and len(seconds) < 3):
            begin = time.process_time()
            answer, asked = getattr(peer, task)(task)
            seconds.append(time.process_time() - begin)
        of = len(asked) if task == "iso" else peer.share
        spread = [took / of for took in (min(seconds), sorted(seconds)[len(seconds) // 2], max(seconds))]
        figures[task] = {"build_s": built + ready, "cpu_s": spread, "asked": len(asked), "share": peer.share}
        figures[task] |= check(Answers.of(folder), task, answer, asked)
    (folder / f"{name}.json").write_text(json.dumps(figures))


def versions(names):
    """Names and versions of the peers."""
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def check(ours, task, theirs, asked):
    """How many answers were compared, how many differ, and how many walks have exactly the bound."""
    if task in ("a5", "a32"):
        known = ours.nearest(task)[:, asked]
        # What lies past the bound counts as nothing: pandana tells a little more than it was asked for.
        theirs = np.where(theirs <= BOUND, theirs, -1)
        return {"compared": known.size, "differ": int((known != theirs).sum()), "bound": int((known == BOUND).sum())}
    if task == "d":
        known = ours.sums("d")[asked]
        return {"compared": known.size, "differ": int((known != theirs).sum())}
    # What a search from one place finds is a part of the matrix, which `table.py` checks.
    pairs = ours.pairs("c")
    pairs = pairs[np.isin(point_of(pairs), asked)]
    bound = int((pairs & 0xFFFF == BOUND).sum())
    if task == "b":
        known = np.bincount(cell_of(pairs), minlength=ours.cells)
        return {"compared": known.size, "differ": int((known != theirs).sum()), "bound": bound}
    return {"compared": len(pairs), "differ": len(np.setxor1d(pairs, theirs)), "bound": bound}
