"""All tiles of a folder, one after the other, without any engine: python3 one_by_one.py DIR"""

import pathlib
import sys

import walkshed

if __name__ == "__main__":
    for path in sorted(pathlib.Path(sys.argv[1]).glob("tile-*.walkshed")):
        print(walkshed.write_share(str(path), walkshed.score_file(path.read_bytes())))
