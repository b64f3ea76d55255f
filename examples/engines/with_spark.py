"""All tiles of a folder under Spark: spark-submit --py-files walkshed.py with_spark.py DIR

DIR is a folder that the driver and all workers see; pandas and pyarrow are installed on each.
"""

import sys
from urllib.parse import unquote, urlparse

import pyarrow
from pyspark.sql import SparkSession

import walkshed


def score(batches):
    for batch in batches:
        paths = [unquote(urlparse(url).path) for url in batch.column("path").to_pylist()]
        files = zip(paths, batch.column("content").to_pylist())
        shares = [walkshed.write_share(path, walkshed.score_file(file)) for path, file in files]
        yield pyarrow.RecordBatch.from_pydict({"share": shares})


if __name__ == "__main__":
    spark = SparkSession.builder.appName("walkshed").getOrCreate()
    tiles = spark.read.format("binaryFile").option("pathGlobFilter", "tile-*.walkshed").load(sys.argv[1])
    # All of them: `show` would stop after the first twenty.
    for row in tiles.select("path", "content").mapInArrow(score, "share string").collect():
        print(row.share)
