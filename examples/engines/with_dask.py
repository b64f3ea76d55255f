"""All tiles of a folder under Dask: python3 with_dask.py DIR [SCHEDULER_ADDRESS]

Needs `pip install dask distributed`, and walkshed.py beside this file, on each worker too.
"""

import pathlib
import sys

from dask.distributed import Client, as_completed

import walkshed


def score(path: str) -> str:
    return walkshed.write_share(path, walkshed.score_file(pathlib.Path(path).read_bytes()))


if __name__ == "__main__":
    tiles = sorted(str(path.resolve()) for path in pathlib.Path(sys.argv[1]).glob("tile-*.walkshed"))
    with Client(*sys.argv[2:3]) as client:
        for done, share in enumerate(as_completed(client.map(score, tiles, retries=3)), 1):
            print(f"{done} of {len(tiles)}: {share.result()}")
