"""Writes the rasters of `tests/raster_cells.rs` with rasterio (GDAL), in the formats that WorldPop and
GHS-POP publish and in those that a county's own grids have, and where PROJ puts their pixels.

Made once with rasterio 1.4.4 and pyproj 3.7.2: python make.py
"""

import csv

import numpy as np
import pyproj
import rasterio
import rasterio.windows
from rasterio.transform import Affine

COLUMNS, ROWS = 20, 18
# The middle of each raster.
LON, LAT = 116.25, 29.73

FILES = {
    # WorldPop: 3 seconds of arc, LZW in strips.
    "worldpop.tif": dict(crs="EPSG:4326", step=1 / 1200, dtype="float32", nodata=-99999, compress="lzw"),
    # GHS-POP: 100 m in Mollweide's projection, in tiles.
    "ghspop.tif": dict(crs="ESRI:54009", step=100, dtype="float64", nodata=-200, compress="deflate",
                       tiled=True, blockxsize=16, blockysize=16),
    "utm.tif": dict(crs="EPSG:32650", step=100, dtype="int32", nodata=-1, compress="deflate", predictor=2,
                    tiled=True, blockxsize=16, blockysize=16),
    "cgcs2000.tif": dict(crs="EPSG:4547", step=100, dtype="float32", nodata=-9999, compress="deflate",
                         predictor=3),
    "web.tif": dict(crs="EPSG:3857", step=115, dtype="uint16", nodata=65535, BIGTIFF="YES"),
    "cgcs2000_degrees.tif": dict(crs="EPSG:4490", step=0.001, dtype="float32", nodata=float("nan"),
                                 compress="lzw", predictor=2, blockysize=5, ENDIANNESS="BIG"),
}


def people(row, column):
    """Quarters of people; every seventh pixel holds nobody."""
    return 0 if (row * COLUMNS + column) % 7 == 0 else (row * 5 + column * 3) % 11 + 0.25 * (column % 4)


truth = []
for name, about in FILES.items():
    step = about.pop("step")
    there = pyproj.Transformer.from_crs("EPSG:4326", about["crs"], always_xy=True)
    x, y = there.transform(LON, LAT)
    west, north = x - step * COLUMNS / 2, y + step * ROWS / 2
    values = np.array([[people(r, c) for c in range(COLUMNS)] for r in range(ROWS)])
    if not about["dtype"].startswith("float"):
        values = np.floor(values)
    values[3, 4] = about["nodata"]
    with rasterio.open(name, "w", driver="GTiff", width=COLUMNS, height=ROWS, count=1,
                       transform=Affine(step, 0, west, 0, -step, north), **about) as raster:
        raster.write(values.astype(about["dtype"]), 1)
    back = pyproj.Transformer.from_crs(about["crs"], "EPSG:4326", always_xy=True)
    for row, column in [(0, 1), (8, 10), (17, 19)]:
        lon, lat = back.transform(west + step * (column + 0.5), north - step * (row + 0.5))
        truth.append([name, f"r{row + 1}c{column + 1}", f"{lon:.9f}", f"{lat:.9f}", values[row, column]])

# A tile of ones; GDAL leaves all other tiles out of the file.
with rasterio.open("sparse.tif", "w", driver="GTiff", width=64, height=64, count=1, dtype="float32", crs="EPSG:4326",
                   transform=Affine(1 / 1200, 0, LON - 32 / 1200, 0, -1 / 1200, LAT + 32 / 1200), nodata=-99999,
                   compress="deflate", tiled=True, blockxsize=16, blockysize=16, SPARSE_OK="TRUE") as raster:
    raster.write(np.ones((16, 16), "float32"), 1, window=rasterio.windows.Window(32, 16, 16, 16))

with open("places.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["file", "cell", "lon", "lat", "people"])
    writer.writerows(truth)
