"""Writes the seeds: small files of every format, some of them deep, large in what they claim, or odd.

Made without any data of others: python make.py. Seeds named found-* are findings of the fuzzer, and stay.
"""

import pathlib
import struct
import zlib

HERE = pathlib.Path(__file__).parent / "seeds"
DEEP = 3000


def seed(target, name, content):
    folder = HERE / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


def parts(*all_parts):
    """The parts of a seed that stands for several files, as packed.rs splits them."""
    *first, last = [part.encode() if isinstance(part, str) else part for part in all_parts]
    return b"".join(struct.pack("<H", len(part)) + part for part in first) + last


# Features.

def feature(geometry, properties='{"population":10}'):
    return f'{{"type":"Feature","properties":{properties},"geometry":{geometry}}}'


def collection(*features):
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"


LINE = '{"type":"LineString","coordinates":[[116.2,29.7],[116.202,29.701,12.5],[116.21,29.7]]}'
LINES = '{"type":"MultiLineString","coordinates":[[[116.2,29.7],[116.21,29.7]],[[116.21,29.7],[116.2,29.71]]]}'
POINT = '{"type":"Point","coordinates":[116.203,29.7001]}'
RING = "[116.2,29.69],[116.21,29.69],[116.21,29.71],[116.2,29.71],[116.2,29.69]"
HOLE = "[116.202,29.695],[116.203,29.695],[116.203,29.696],[116.202,29.696],[116.202,29.695]"
AREA = f'{{"type":"Polygon","coordinates":[[{RING}],[{HOLE}]]}}'
BOWTIE = '{"type":"Polygon","coordinates":[[[116.2,29.69],[116.21,29.71],[116.21,29.69],[116.2,29.71],[116.2,29.69]]]}'
ALL = f'{{"type":"GeometryCollection","geometries":[{POINT},{LINE},{AREA}]}}'
HIGHWAY = '{"highway":"steps","foot":"yes","bridge":"yes","layer":"-1","oneway":"yes","incline":"up","maxspeed":50}'
MEASURES = ['1e308', '-1e308', '1e-320', '180', '-180', '90.0000001', 'null', '"116.2"', '99999999999999999999']

for target in ["streets_geojson", "sites_geojson", "cells_geojson", "boundary", "collections", "places"]:
    seed(target, "line", collection(feature(LINE, HIGHWAY)))
    seed(target, "lines", collection(feature(LINES), feature(LINE, "null")))
    seed(target, "points", collection(feature(POINT), feature('{"type":"Point","coordinates":[116.207,29.7001]}', '{"id":"b","人口":"3万","unit":"e"}')))
    seed(target, "area", collection(feature(AREA), feature(BOWTIE), feature("null")))
    seed(target, "all", collection(feature(ALL), feature('{"type":"Point","coordinates":[]}')))
    seed(target, "one-a-line", feature(LINE) + "\n\x1e" + feature(POINT) + "\n")
    seed(target, "deep-arrays", '{"type":"Polygon","coordinates":' + "[" * DEEP + "]" * DEEP + "}")
    seed(target, "deep-objects", '{"a":' * DEEP + "1" + "}" * DEEP)
    deep = '{"type":"GeometryCollection","geometries":['
    seed(target, "deep-collections", deep * 500 + POINT + "]}" * 500)
    numbers = [feature(f'{{"type":"Point","coordinates":[{x},{y}]}}') for x in MEASURES for y in MEASURES[:3]]
    seed(target, "numbers", collection(*numbers))
    long_way = '{"type":"LineString","coordinates":[[-179.9,0],[179.9,80],[-179.9,-80]]}'
    seed(target, "round-the-world", collection(feature(long_way), feature(AREA.replace("116.21", "179.99"))))
    crs = '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"features":['
    seed(target, "crs", crs + feature('{"type":"Point","coordinates":[713000,3287000]}') + "]}")

ESRI = '{"geometryType":"esriGeometryPolygon","spatialReference":{"wkid":4490},"features":[%s]}'
RINGS = f'{{"attributes":{{"population":5}},"geometry":{{"rings":[[{RING}],[{HOLE}]]}}}}'
seed("cells_esri_json", "rings", ESRI % RINGS)
seed("cells_esri_json", "points", ESRI.replace("Polygon", "Point") % '{"attributes":{"population":5},"geometry":{"x":116.203,"y":29.7}}')
seed("cells_esri_json", "paths", ESRI.replace("Polygon", "Polyline") % '{"attributes":{},"geometry":{"paths":[[[116.2,29.7],[116.21,29.7]]],"hasZ":true}}')
seed("cells_esri_json", "deep", ESRI % ('{"geometry":{"rings":' + "[" * DEEP + "]" * DEEP + "}}"))
seed("cells_esri_json", "wkt", ESRI.replace('"wkid":4490', '"wkt":"GEOGCS[' + "A[" * 500 + '"') % RINGS)

KML = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>%s</Document></kml>'
MARK = "<Placemark><name>a&amp;b</name><ExtendedData><Data name='population'><value>7</value></Data></ExtendedData><Point><coordinates>116.203,29.7001,3</coordinates></Point></Placemark>"
SHAPES = f"<Placemark><MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>116.2,29.69 116.21,29.69 116.21,29.71 116.2,29.69</coordinates></LinearRing></outerBoundaryIs></Polygon></MultiGeometry></Placemark>"
seed("cells_kml", "points", KML % (MARK * 2))
seed("cells_kml", "shapes", KML % (SHAPES + MARK))
seed("cells_kml", "deep", KML % ("<Folder>" * DEEP + MARK + "</Folder>" * DEEP))
seed("cells_kml", "deep-shapes", KML % ("<Placemark>" + "<MultiGeometry>" * DEEP))
seed("cells_kml", "entities", '<!DOCTYPE kml [<!ENTITY a "&b;&b;"><!ENTITY b "&a;&a;">]>' + KML % MARK.replace("a&amp;b", "&a;&#1;&#x110000;"))
seed("cells_geopackage", "head", b"SQLite format 3\0" + bytes(84))
seed("cells_flatgeobuf", "head", b"fgb\x03fgb\x00" + struct.pack("<I", 16) + bytes(16))

# Maps.

NODES = "".join(f'<node id="{n}" lon="{116.2 + n / 1000}" lat="29.7"/>' for n in range(1, 6))
WAY = '<way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>'
AREA_WAY = '<way id="2"><nd ref="1"/><nd ref="2"/><nd ref="4"/><nd ref="1"/><tag k="highway" v="pedestrian"/><tag k="area" v="yes"/></way>'
RELATION = '<relation id="9"><member type="way" ref="2" role="outer"/><tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/></relation>'
seed("osm_xml", "map", f'<osm version="0.6">{NODES}{WAY}{AREA_WAY}{RELATION}</osm>')
seed("osm_xml", "edges", f'<osm version="0.6">{NODES}<way id="-1"><nd ref="1"/><nd ref="1"/><nd ref="99"/><tag k="highway" v="steps"/></way>{WAY}')
seed("osm_xml", "numbers", '<osm><node id="9223372036854775807" lon="1e308" lat="-90"/><node id="-9223372036854775808" lon="nan" lat="inf"/>' + WAY + "</osm>")
seed("osm_xml", "deep", "<osm>" + "<way>" * DEEP + "</osm>")
seed("osm_xml", "change", f"<osmChange><create>{NODES}{WAY}</create><delete>{AREA_WAY}</delete></osmChange>")
ELEMENTS = '{"type":"node","id":1,"lon":116.2,"lat":29.7},{"type":"node","id":2,"lon":116.21,"lat":29.7},{"type":"way","id":3,"nodes":[1,2],"tags":{"highway":"footway"}}'
OVERPASS = '{"version":0.6,"generator":"Overpass API","elements":[%s]}'
seed("osm_overpass", "map", OVERPASS % ELEMENTS)
seed("osm_overpass", "geometry", OVERPASS % '{"type":"way","id":3,"geometry":[{"lat":29.7,"lon":116.2},{"lat":29.7,"lon":116.21}],"nodes":[1,2],"tags":{"highway":"footway"}}')
seed("osm_overpass", "deep", OVERPASS % ("[" * DEEP))
seed("osm_overpass", "remark", (OVERPASS % ELEMENTS)[:-1] + ',"remark":"runtime error: Query timed out"}')


def varint(number):
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes(out + bytes([number]))


def zigzag(number):
    return varint(number << 1 ^ number >> 63)


def field(tag, content):
    return varint(tag << 3 | 2) + varint(len(content)) + content


def value(tag, number):
    return varint(tag << 3) + varint(number)


def deltas(numbers):
    return b"".join(zigzag(b - a) for a, b in zip([0] + numbers, numbers))


def block(ids, lons, lats, refs, strings=(b"", b"highway", b"footway", b"area", b"yes")):
    table = field(1, b"".join(field(1, text) for text in strings))
    dense = field(2, field(1, deltas(ids)) + field(8, deltas(lats)) + field(9, deltas(lons)))
    way = field(3, value(1, 7) + field(2, varint(1)) + field(3, varint(2)) + field(8, deltas(refs)))
    return table + field(2, dense) + field(2, way)


BLOCKS = {
    "block": block([1, 2, 3], [1162000000, 1162020000, 1162100000], [297000000] * 3, [1, 2, 3]),
    "granularity": block([1, 2], [1, 2], [1, 2], [1, 2]) + value(17, 2**31 - 1) + value(19, 2**63 - 1),
    "numbers": block([2**63 - 1, -(2**63)], [2**63 - 1, 0], [-(2**63), 1], [2**63 - 1, -(2**63)]),
    "no-table": block([1, 2], [1162000000, 1162020000], [297000000] * 2, [1, 2], ()),
    "one-node": field(1, field(1, field(1, b""))) + field(2, field(1, value(1, 2) + value(8, 594000000) + value(9, 2324000000))),
    "lengths": field(2, varint(2 << 3 | 2) + varint(2**40)),
}
for name, content in BLOCKS.items():
    seed("osm_pbf_block", name, content)


def framed(kind, blob):
    header = field(1, kind) + value(3, len(blob))
    return struct.pack(">I", len(header)) + header + blob


HEADER = field(4, b"OsmSchema-V0.6") + field(4, b"DenseNodes")
PACKED = value(2, len(BLOCKS["block"])) + field(3, zlib.compress(BLOCKS["block"]))
BOMB = value(2, 32 << 20) + field(3, zlib.compress(bytes(32 << 20), 9))
seed("osm_pbf", "raw", framed(b"OSMHeader", field(1, HEADER)) + framed(b"OSMData", field(1, BLOCKS["block"])))
seed("osm_pbf", "zlib", framed(b"OSMHeader", field(1, HEADER)) + framed(b"OSMData", PACKED))
seed("osm_pbf", "bomb", framed(b"OSMHeader", field(1, HEADER)) + framed(b"OSMData", BOMB))
seed("osm_pbf", "claims", framed(b"OSMHeader", field(1, HEADER)) + framed(b"OSMData", value(2, 2**62) + field(3, b"x")))
seed("osm_pbf", "feature", framed(b"OSMHeader", field(1, HEADER + field(4, b"Sort.Type_then_ID\x1b[2J"))))
seed("osm_pbf", "cut", framed(b"OSMHeader", field(1, HEADER)) + struct.pack(">I", 2**31))

# Tables.

CSV = "编号,名称,单位,经度,纬度,人口,老年人\na,一组,e,116.203,29.7001,1,1\nb,\"二\"\"组\",w,116.207,29.7001,2万,0.5\n"
seed("csv_cells", "utf8", CSV)
seed("csv_cells", "gb18030", CSV.encode("gb18030"))
seed("csv_cells", "utf16", ("\ufeff" + CSV.replace(",", "\t")).encode("utf-16-le"))
seed("csv_cells", "title", "某县居民点一览表,,,\n2024年,,,\n" + CSV + "合计,,,,,3,\n")
seed("csv_cells", "angles", "id,lon,lat,population\na,116°12′10.5″E,\"29°42'00\"\"N\",5\nb,E116.207,29.7N,1e3\n")
seed("csv_cells", "quotes", "id,lon,lat\n\"a,116.2,29.7\n")
seed("csv_cells", "wide", ",".join(f"c{n}" for n in range(300)) + "\n1\n")
seed("csv_cells", "numbers", "id,lon,lat,population\n" + "".join(f"{n},116.203,29.7,{m}\n" for n, m in enumerate(MEASURES)))
seed("csv_cells", "formulas", "id,name,lon,lat,population\n=1+1,@a\x1b[2J,116.203,29.7,-0\n\u202eb,<script>,116.204,29.7,１２\n")
TABLES = [
    CSV,
    "name,e_seal\n人社局,yes\n医保局,2023-01-01\n",
    "id,name,audience,theme,department,weight,high_frequency,online,steps,reach,days_before,days_now\ncert,Cert,个人,t,人社局,38600,yes,whole,accept,anywhere,3,1\npass,Pass,企业,t,,1,no,part,,跨区,10,3\n",
    "name,from_lon,from_lat,to_lon,to_lat,minutes,wait,opening_hours,both_ways\nbus,116.2,29.7,116.21,29.7,5,4,Mo-Su 07:00-18:00,yes\n",
    "站点,cert,pass\ns1,√,受理\ns2,×,办结\n",
    "id,name,kind,unit,opened,closed,opening_hours,lon,lat,network,helpers\ns1,中心,centre,e,2023-01-05,2025.1.5,周一至周五 9:00-17:00,116.201,29.7001,yes,3\ns2,站,station,w,44931,,,116.208,29.7001,2023-01,0\n",
    "wkt,highway,oneway\n\"LINESTRING (116.2 29.7, 116.21 29.7)\",footway,yes\n",
    "id,name,parent\nc,County,\ne,East,c\nw,West,c\nx,X,x\n",
]
for number, table in enumerate(TABLES):
    seed("csv_tables", f"table-{number}", bytes([number]) + table.encode())
    seed("csv_tables", f"twice-{number}", bytes([number]) + (table + table).encode())
seed("csv_tables", "circle", bytes([7]) + b"id,name,parent\na,A,b\nb,B,a\n")
seed("csv_tables", "tall-tree", bytes([7]) + ("id,name,parent\nn0,N,\n" + "".join(f"n{n},N,n{n - 1}\n" for n in range(1, 2000))).encode())
for number, text in enumerate([
    "POINT (116.203 29.7)", "SRID=4326;POINT Z (116.203 29.7 5)", f"POLYGON ((116.2 29.69,116.21 29.69,116.21 29.71,116.2 29.69))",
    "GEOMETRYCOLLECTION (" * 200 + "POINT EMPTY" + ")" * 200, "(" * DEEP, "MULTIPOLYGON EMPTY", "POINT (nan 1e999)",
    "LINESTRING (116.2 29.7)", "POLYGON ((0 0))",
]):
    seed("wkt", f"shape-{number}", text)

SHEET = '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>%s</sheetData>%s</worksheet>'
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="str"><v>lat</v></c><c r="D1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>116.203</v></c><c r="C2"><v>29.7</v></c><c r="D2"><f>1+1</f><v>2</v></c></row>'
TEXTS = '<sst count="2" uniqueCount="2"><si><t>lon</t></si><si><r><t>popu</t></r><r><t>lation</t></r></si></sst>'
STYLES = '<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>'
seed("xlsx", "sheet", parts(SHEET % (ROWS, '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'), TEXTS, STYLES))
seed("xlsx", "far", parts(SHEET % (ROWS.replace("A2", "XFD1048576").replace('r="2"', 'r="1048576"'), ""), TEXTS, ""))
seed("xlsx", "references", parts(SHEET % (ROWS.replace("A2", "A99999999999").replace("B2", "ZZZZZZZZ1"), ""), TEXTS.replace('uniqueCount="2"', 'uniqueCount="4294967295"'), STYLES))
seed("xlsx", "merged", parts(SHEET % (ROWS, '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:A1"/><mergeCell ref=":"/></mergeCells>'), TEXTS, ""))
seed("xlsx", "errors", parts(SHEET % (ROWS.replace('<c r="C2">', '<c r="C2" t="e">').replace("29.7", "#REF!").replace("<v>0<", "<v>-1<"), ""), TEXTS, ""))
seed("xlsx", "deep", parts(SHEET % ("<row>" * DEEP, ""), "<sst>" + "<si>" * DEEP, ""))
ODS = '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="S">%s</table:table></office:spreadsheet></office:body></office:document-content>'


def ods_row(*texts, more=""):
    fields = "".join(f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>' for text in texts)
    return f"<table:table-row>{fields}</table:table-row>"


seed("ods", "sheet", ODS % (ods_row("id", "lon", "lat", "population") + ods_row("a", "116.203", "29.7", "5")))
seed("ods", "spans", ODS % (ods_row("id", "lon", more=' table:number-rows-spanned="2000000000" table:number-columns-spanned="2"') + ods_row("a", "b")))
seed("ods", "repeated", ODS % (ods_row("id", "lon", "lat") + ods_row("a", more=' table:number-columns-repeated="16384"').replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">')))
seed("ods", "deep", ODS % ("<table:table-row>" * DEEP))
seed("ods", "numbers", ODS % ods_row("id", more=' table:number-columns-repeated="99999999999999999999"'))


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def label(row, column, text):
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row, column, amount):
    return record(0x203, struct.pack("<HHHd", row, column, 0, amount))


def begin(kind):
    return record(0x809, struct.pack("<HH", 0x600, kind) + bytes(12))


def xls(body, start=None):
    about = lambda start: record(0x85, struct.pack("<IBBBB", start, 0, 0, 1, 1) + "S".encode("utf-16-le"))
    first = len(begin(5) + about(0) + record(10))
    return begin(5) + about(first if start is None else start) + record(10) + begin(16) + body + record(10)


XLS = b"".join(label(0, column, text) for column, text in enumerate(["id", "lon", "lat", "population"]))
XLS += label(1, 0, "a") + number(1, 1, 116.203) + number(1, 2, 29.7) + number(1, 3, 5)
seed("xls", "sheet", xls(XLS))
seed("xls", "far", xls(XLS + number(65535, 65535, 1e308)))
seed("xls", "merged", xls(XLS + record(0xE5, struct.pack("<HHHHH", 1, 0, 65535, 0, 65535))))
seed("xls", "texts", xls(XLS + record(0xFC, struct.pack("<II", 2**32 - 1, 2**32 - 1))))
seed("xls", "nowhere", xls(XLS, 2**32 - 1))
seed("xls", "lengths", xls(XLS + record(0x204, b"\0" * 6 + b"\xff\xff\x01")))


def shp(kind, *shapes):
    records = b"".join(struct.pack(">II", n, len(shape) // 2) + shape for n, shape in enumerate(shapes, 1))
    head = struct.pack(">I", 9994) + bytes(20) + struct.pack(">I", 50 + len(records) // 2)
    return head + struct.pack("<II", 1000, kind) + bytes(64) + records


def shape(kind, *rings):
    starts = [sum(map(len, rings[:n])) for n in range(len(rings))]
    places = [number for ring in rings for place in ring for number in place]
    head = struct.pack("<I", kind) + bytes(32) + struct.pack("<II", len(rings), sum(map(len, rings)))
    return head + struct.pack(f"<{len(starts)}I", *starts) + struct.pack(f"<{len(places)}d", *places)


def dbf(columns, *rows):
    width = sum(width for *_, width in columns)
    head = struct.pack("<BBBBIHH", 3, 124, 3, 1, len(rows), 33 + 32 * len(columns), width + 1) + bytes(20)
    about = b"".join(name.ljust(11, b"\0") + kind + bytes(4) + bytes([width]) + bytes(15) for name, kind, width in columns)
    return head + about + b"\r" + b"".join(b" " + row for row in rows) + b"\x1a"


BOX = [(116.2, 29.69), (116.2, 29.71), (116.21, 29.71), (116.21, 29.69), (116.2, 29.69)]
TABLE = dbf([(b"population", b"N", 8), (b"name", b"C", 6)], b"       5" + "一组".encode("gbk").ljust(6), b"  1e999*" + b"abcdef")
POINTS = [struct.pack("<Idd", 1, 116.203, 29.7), struct.pack("<Idd", 1, 116.207, 29.7)]
WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]'
CGCS = f'PROJCS["CGCS2000_3_Degree_GK_Zone_39",{WGS84},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",39500000],PARAMETER["Central_Meridian",117],UNIT["Meter",1]]'
seed("shapefile", "points", parts(shp(1, *POINTS), TABLE, WGS84))
seed("shapefile", "area", parts(shp(5, shape(5, BOX), struct.pack("<I", 0)), TABLE, ""))
seed("shapefile", "lines", parts(shp(3, shape(3, BOX[:3], BOX[2:])), TABLE, CGCS))
seed("shapefile", "heights", parts(shp(11, struct.pack("<Idddd", 11, 116.203, 29.7, 3, -1e39)), TABLE, WGS84))
seed("shapefile", "claims", parts(shp(5, struct.pack("<I", 5) + bytes(32) + struct.pack("<II", 2**31 - 1, 2**31 - 1)), TABLE, ""))
seed("shapefile", "numbers", parts(shp(1, struct.pack("<Idd", 1, float("nan"), float("inf"))), TABLE, WGS84))
seed("shapefile", "patch", parts(shp(31, struct.pack("<I", 31) + bytes(32) + struct.pack("<IIII", 1, 3, 0, 9) + bytes(96)), TABLE, ""))
seed("dbf", "table", parts("GBK", TABLE))
seed("dbf", "claims", parts("UTF-8", struct.pack("<BBBBIHH", 3, 124, 3, 1, 2**32 - 1, 65535, 65535) + TABLE[12:]))
seed("dbf", "no-width", parts("", dbf([(b"a", b"C", 0), (b"a", b"L", 1)], b"T")))
seed("dbf", "kinds", parts("936", dbf([(b"d", b"D", 8), (b"f", b"F", 9), (b"m", b"M", 10), (b"i", b"I", 4)], b"20240230    1.5e3         1\0\0\0\x80")))
for number_, text in enumerate([
    "EPSG:4547", "WGS84", "GCJ-02", "BD-09", "CGCS2000 / 3-degree Gauss-Kruger CM 117E", "EPSG:99999999999999999999",
    WGS84, CGCS, "GEOGCS[" * 1000, 'PROJCRS["x",BASEGEOGCRS["WGS 84"],CONVERSION["UTM zone 50N",METHOD["Transverse Mercator"]],ID["EPSG",32650]]',
    "+proj=tmerc +lat_0=1e999 +lon_0=nan +k=0", "COMPD_CS[\"a\"," + WGS84 + "]", "+proj=pipeline " * 50, "urn:ogc:def:crs:OGC:1.3:CRS84",
]):
    seed("coordinate_system", f"name-{number_}", text)

# What is packed.


def zipped(*members):
    body, listed = b"", b""
    for name, content in members:
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress(content) + packer.flush()
        about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(content), len(packed), len(content), len(name), 0)
        listed += b"PK\1\2" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + about + name + packed
    end = struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(listed), len(body), 0)
    return body + listed + b"PK\5\6" + end


seed("archive_zip", "members", parts("doc.kml", KML % MARK, zipped((b"cells.csv", CSV.encode()))))
seed("archive_zip", "shapefile", parts("a.shp", shp(1, *POINTS), zipped((b"a.shp", shp(1, *POINTS)), (b"a.dbf", TABLE), (b"a.prj", WGS84.encode()))))
seed("archive_zip", "bomb", parts("../../a.csv", CSV, zipped((b"a.csv", bytes(300 << 10) + b"a,b\n"))))
seed("archive_zip", "many", parts("\x1b[2J.csv", CSV, zipped(*[(b"%d.csv" % n, b"a,b\n1,2\n") for n in range(100)])))
seed("archive_zip", "zip-in-zip", parts("a.zip", zipped((b"a.csv", CSV.encode())), zipped((b"a.zip", zipped((b"a.csv", CSV.encode()))))))


def gzipped(content):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(content) + packer.flush()


seed("gzip", "streets", gzipped(collection(feature(LINE)).encode()))
seed("gzip", "twice", gzipped(gzipped(collection(feature(LINE)).encode())))
seed("gzip", "members", gzipped(collection(feature(LINE)).encode()[:50]) + gzipped(collection(feature(LINE)).encode()[50:]))
seed("gzip", "bomb", gzipped(bytes(1 << 20)))
seed("gzip", "cut", gzipped(collection(feature(LINE)).encode())[:-9])

# Rasters.


def tiff(width, height, pixels, fields=(), keys=(1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 4326), bits=32, packing=1):
    entries = [
        (256, 4, [width]), (257, 4, [height]), (258, 3, [bits]), (259, 3, [packing]), (262, 3, [1]), (273, 4, [8]),
        (277, 3, [1]), (278, 4, [height]), (279, 4, [len(pixels)]), (339, 3, [3]),
        (33550, 12, [0.001, 0.001, 0.0]), (33922, 12, [0.0, 0.0, 0.0, 116.199, 29.703, 0.0]), (34735, 3, list(keys)),
    ]
    kinds = {3: "H", 4: "I", 12: "d"}
    merged = {tag: (tag, kind, numbers) for tag, kind, numbers in [*entries, *fields]}
    table, more = b"", b""
    start = 8 + len(pixels) + 2 + 12 * len(merged) + 4
    for tag, kind, numbers in sorted(merged.values()):
        content = struct.pack(f"<{len(numbers)}{kinds[kind]}", *numbers)
        if len(content) > 4:
            more, content = more + content, struct.pack("<I", start + len(more))
        table += struct.pack("<HHI", tag, kind, len(numbers)) + content.ljust(4, b"\0")
    return b"II*\0" + struct.pack("<I", 8 + len(pixels)) + pixels + struct.pack("<H", len(merged)) + table + bytes(4) + more


HEIGHTS = struct.pack("<60f", *[float(n % 7) for n in range(60)])
RASTERS = {
    "plain": tiff(12, 5, HEIGHTS),
    "deflate": tiff(12, 5, zlib.compress(HEIGHTS), packing=8),
    "predictor": tiff(12, 5, zlib.compress(HEIGHTS), packing=8, fields=[(317, 3, [3])]),
    "huge": tiff(2**32 - 1, 2**32 - 1, HEIGHTS),
    "wide": tiff(2**31, 1, HEIGHTS),
    "large-and-short": tiff(60000, 60000, zlib.compress(bytes(1 << 16)), packing=8),
    "tiles": tiff(12, 5, HEIGHTS, fields=[(322, 4, [16]), (323, 4, [16]), (324, 4, [8]), (325, 4, [240])]),
    "no-scale": tiff(12, 5, HEIGHTS, fields=[(33550, 12, [0.0, 0.0, 0.0])]),
    "not-numbers": tiff(12, 5, HEIGHTS, fields=[(33550, 12, [float("nan"), float("inf"), 0.0])]),
    "tiny-steps": tiff(12, 5, HEIGHTS, fields=[(33550, 12, [1e-300, 1e300, 0.0])]),
    "mollweide": tiff(12, 5, HEIGHTS, keys=(1, 1, 0, 3, 1024, 0, 1, 1, 3072, 0, 1, 54009, 2048, 0, 1, 4326)),
    "cgcs": tiff(12, 5, HEIGHTS, keys=(1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 4547)),
    "keys": tiff(12, 5, HEIGHTS, keys=(1, 1, 0, 65535, 1024, 34736, 9, 9)),
    "bits": tiff(12, 5, HEIGHTS, bits=64),
    "circle": tiff(12, 5, HEIGHTS)[:-4],
}
for name, content in RASTERS.items():
    seed("geotiff_cells", name, content)
    seed("elevation", name, content)

# The study file, and what is written in fields.

INPUTS = "[inputs]\nstreets = 'streets.any'\nsites = 'sites.any'\ncells = 'cells.any'\nunits = 'units.any'\nitems = 'items.any'\noffers = 'offers.any'\n"
RULES = """language = 'zh'
%s[walk]
speed_kmh = 4.0
max_snap_m = 500
slope = true
crossing_seconds = 20
[target]
minutes = 15
items = 'high-frequency'
date = 2024-06-30
search_minutes = 30
[time]
week = 2024-06-24
at = '2024-06-28T10:00'
days_off = ['2024-06-10', '2024-10-01..2024-10-07']
workdays = ['2024-06-30']
[[group]]
id = 'old'
count = 'elderly'
speed_kmh = 3.0
needs_helper = true
[others]
name = 'others'
[[zone]]
name = 'east'
units = ['East']
minutes = 10
speed_kmh = 15.0
by = 'bike'
[[kind]]
name = 'centre'
takes = 'all'
[[phase]]
name = 'first'
date = 2024-12-31
share = 0.9
items = ['cert']
units = ['e']
[[indicator]]
name = 'n'
of = 'sites'
kinds = ['centre']
property = 'network'
target = 0.9
by = '2023-12-31'
[mark]
coverage = 50
indicators = 30
trend = 20
[limits]
memory_mb = 256
""" % INPUTS
CHANGES = [
    "do = 'open-site'\nsite = 'W'\nkind = 'station'\nunit = 'e'\nlon = 116.205\nlat = 29.7\nlike = 's1'",
    "do = 'close-site'\nsite = 's2'", "do = 'hours'\nsite = 's1'\nopening_hours = 'Mo-Fr 08:30-17:30; PH off'",
    "do = 'add-street'\nline = [[116.2, 29.7], [116.2005, 29.7195]]", "do = 'offer'\nkind = 'station'\nitems = ['cert']\ndepth = 'whole'",
    "do = 'merge-sites'\nsites = ['s1', 's2']\nat = 'best'\nsite = 'M'\nkind = 'hub'", "do = 'close-street'\nat = [116.203, 29.7]",
    "do = 'reach'\nsite = 's1'\nitems = ['cert']\nreach = '跨区通办'", "do = 'renew'\nsite = 's2'\nitems = ['pass']\nuntil = 2025-11-15",
]
seed("study_toml", "rules", RULES)
seed("study_toml", "short", INPUTS)
for number_, change in enumerate(CHANGES):
    seed("study_toml", f"change-{number_}", f"{INPUTS}[[change]]\n{change}\n")
seed("study_toml", "all-changes", INPUTS + "".join(f"[[change]]\n{change}\n" for change in CHANGES))
seed("study_toml", "deep-arrays", INPUTS + "[target]\nitems = " + "[" * DEEP + "]" * DEEP)
seed("study_toml", "deep-keys", INPUTS + "[" + ".".join("a" * DEEP) + "]\n")
seed("study_toml", "deep-inline", "a = " + "{a=" * DEEP)
seed("study_toml", "numbers", INPUTS + "[walk]\nspeed_kmh = 1e308\n[target]\nminutes = -0.0\nsearch_minutes = nan\n[limits]\nmemory_mb = 4294967296\n")
seed("study_toml", "paths", "[inputs]\nstreets = '/dev/zero'\nsites = '.'\ncells = '../../../../etc/hostname'\n")
seed("study_toml", "marks", "\ufeff" + INPUTS.replace("'", "“"))
for target in ["language"]:
    seed(target, "zh", "language = 'zh'\n[inputs]\n")
    seed(target, "en", "# x\nlanguage=\"en\"")
for number_, text in enumerate([
    "Mo-Fr 09:00-12:00,13:30-17:00; Sa[1,-1] 10:00-sunset; Dec 25-Jan 02 off; PH,SH off; week 10-53/2 We 22:00+ || \"by phone\"",
    "24/7", "周一至周五 上午8:30-12:00，下午2:00-5:30；节假日除外", "周一到周日9点至17点半（冬季提前半小时）", "2024 Feb 29 00:00-48:00", "easter -1000000 days 00:00-24:00",
    "1900-9999/2 week 53 Su[-5] +999999999999 days 23:59-47:59/00:01 closed", "((sunrise+25:00)-(sunset-99:99))", "Mo-Fr " + ",".join(["09:00-10:00"] * 300),
    "工作日九点到十二点，十三点半到十七点；每月第一个周六上午开放", "Mo-Fr 09：00—17：00", "(" * 500, "2024-2030/0 Mo", "夏季（5月1日至9月30日）8:00-18:00，其余9:00-17:00",
]):
    seed("opening_hours", f"hours-{number_:02}", text)
for number_, text in enumerate([
    "2024-02-29", "2023-02-29", "2024.1.5", "2024/01/05", "44931", "20240105", "２０２４年１月５日", "0000-00-00", "+262143-12-31", "-262144-01-01",
    "9999-12-31", "2024-01-01..2024-12-31", "2024-06-28T10:00", "2024-06-28T24:00:60", "99999999999", "2024-01-01..1900-01-01", "262142-12-31T23:59", "0001-01-01..9999-12-31",
]):
    seed("dates", f"day-{number_:02}", text)

# Runs, matrices, folders.

MANIFEST = """{"walkshed":"0.1.0","study":"a","parameters":{"speed_kmh":4,"walk_rule":"W3","minutes":15,"items":["service"],
"zones":[{"name":"z","by":"walk","minutes":15,"speed_kmh":4}]},"inputs":[],"outputs":[
{"file":"cells.csv","bytes":1,"sha256":"CELLS"},{"file":"units.csv","bytes":1,"sha256":"UNITS"}],"left_out":[]}"""
RUN_CELLS = """cell,unit,population,verdict,score,items_done,items_asked,nearest_site,seconds,gap_m,name,unit_name,nearest_site_name,covered_population
a,,1,covered,1.0,1,1,s,270.0,0.0,,,s,1
b,e,2,too-far,0.0,0,1,s,970.0,0.0,,,s,0
"""
RUN_UNITS = """unit,name,cells,population,covered_population,share,score,depth,parent,left_out
,(no unit),1,1,1,1.0,1.0,0,,0
e,East,1,2,0,0.0,0.0,0,,2
total,a town,2,3,1,0.333333,0.333333,,,2
"""
seed("earlier_run", "run", parts(RUN_CELLS, RUN_UNITS, MANIFEST))
seed("earlier_run", "deep", parts("", "", '{"walkshed":' + "[" * DEEP))
seed("earlier_run", "deep-zones", parts(RUN_CELLS, RUN_UNITS, MANIFEST.replace('"walk"', "[" * 100 + "]" * 100)))
seed("earlier_run", "numbers", parts(RUN_CELLS.replace("970.0", "1e999").replace(",2,", ",-2,"), RUN_UNITS.replace("0.333333", "nan"), MANIFEST))
seed("earlier_run", "twice", parts(RUN_CELLS * 2, RUN_UNITS, MANIFEST))
seed("matrix", "minutes", parts("from,to,minutes\na,s,5\na,t,7.5\nb,t,1\n", "id,weight,unit\na,3,e\nb,1.5,w\n", "id,cost,status,capacity,lon,lat\ns,1,kept,100,116.2,29.7\nt,2,,,116.21,29.7\n"))
seed("matrix", "metres", parts("from,to,metres\na,s,1e300\na,s,-1\n", "id,population\na,99999999999999\n", "id\ns\ns\n"))
seed("matrix", "none", parts("", "id\n", "id\n"))
seed("first_study", "study", parts("id,name,lon,lat,population\na,A,116.203,29.7,5\n", collection(feature(LINE, HIGHWAY)), "id,name,kind,lon,lat\ns,中心,centre,116.201,29.7\n"))
seed("first_study", "raster", parts(CSV, f'<osm version="0.6">{NODES}{WAY}</osm>', RASTERS["plain"]))
seed("first_study", "other", parts(zipped((b"a.csv", CSV.encode())), KML % MARK, shp(1, *POINTS)))

# Tiles and their rows, as version 1 has them: what follows the head, up to the checksum. Numbers are of 7 bits a byte.

TILE = bytes.fromhex("950e5589df9804c16f9e3f56a4957447303f5271eb150cf46c19ede4c402c7ac0080808080010180d1ca0800010101c1e2dc07c1e2dc07000003010102010181f4ee06c1ee6d81f4ee06c1ee6d0201020101c1a8a50481bab703c1a8a50481bab7030301020101c1ee6d81f4ee06c1ee6d81f4ee06010101020101a18eca05a1d49202a18eca05a1d49202")
# The fingerprint of the plan, the tile, the most pairs, one profile: its budget, its junctions.
TILE_HEAD = TILE[:39] + varint(1) + varint(18_000_000)
seed("scale_tile", "tile", TILE)
seed("scale_tile", "two-profiles", TILE[:39] + varint(2) + TILE[40:] * 2)
seed("scale_tile", "cut", TILE[:-3])
seed("scale_tile", "no-junctions", TILE_HEAD + varint(0) + bytes(4))
seed("scale_tile", "junctions-claimed", TILE_HEAD + varint(2**32 - 1) + bytes(4))
seed("scale_tile", "lengths-claimed", TILE_HEAD + varint(4) + varint(2**63))
seed("scale_tile", "large-numbers", TILE_HEAD + varint(2**32 - 2) + (varint(1) + varint(2**32 - 2) * 12) * 4)
seed("scale_tile", "largest", TILE[:33] + b"\xff" * 9 + b"\x01" + varint(1) + varint(2**32 - 1) + varint(2**32 - 1) + bytes(4))
# The number of the tile, one profile, three pairs of cell, time and site.
ROWS_2 = bytes.fromhex("01010300a0b1ee030101e0e5a4010101a0d4920201")
seed("scale_rows", "rows", ROWS_2)
seed("scale_rows", "same-tile", b"\0" + ROWS_2[1:])
seed("scale_rows", "unsorted", ROWS_2[:3] + ROWS_2[3:9] * 3)
seed("scale_rows", "far-cell", ROWS_2[:3] + varint(2**32 - 1) * 9)
seed("scale_rows", "last-times", ROWS_2[:3] + b"".join(varint(n) for n in [0, 2**32 - 1, 1, 1, 2**32 - 1, 1, 1, 2**32 - 1, 0]))
seed("scale_rows", "claims", b"\1" + varint(2**62))
seed("scale_rows", "none", b"\1\1\0")
