//! The plain study file.

/// The plain study file of a county with this name.
pub fn study(name: &str) -> String {
    format!(
        r#"name = "{name} 15 分钟政务服务圈"
language = "zh"

[inputs]
streets = "streets.geojson"
sites = "sites.geojson"
cells = "cells.csv"
units = "units.csv"
items = "items.csv"
offers = "offers.csv"
barriers = "barriers.geojson"
crs = "WGS84"

[walk]
speed_kmh = 4.0
max_snap_m = 500

[target]
minutes = 15
items = "high-frequency"
search_minutes = 30
"#
    )
}
