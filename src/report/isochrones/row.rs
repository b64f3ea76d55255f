//! What the files tell of each isochrone, and of each stretch of street.

use crate::ids::ZoneId;
use crate::isochrone::{Catchment, CatchmentStreet, Catchments};
use crate::model::{Site, Study};
use crate::report::column::{Columns, Value};
use crate::report::number::Number;
use crate::units::TravelTime;

/// One isochrone.
pub(in crate::report) struct Row<'c> {
    pub catchment: &'c Catchment,
    pub site: Option<&'c Site>,
    pub zone: String,
    /// Whether ids of sites are numbers in the input.
    pub numeric_ids: bool,
    /// Its colour, by the place of its limit among all.
    pub colour: &'static str,
}

/// Fills from the longest limit to the shortest, so that near reads dark (`ColorBrewer` `YlGnBu`).
const COLOURS: [&str; 6] = [
    "#0c2c84", "#225ea8", "#1d91c0", "#41b6c4", "#7fcdbb", "#c7e9b4",
];

/// The colour of a limit: the darker the shorter.
pub(super) fn colour(limits: &[TravelTime], limit: TravelTime) -> &'static str {
    let shorter = limits.iter().filter(|&&other| other < limit).count();
    let last = COLOURS.len() - 1;
    COLOURS[(shorter + last.saturating_sub(limits.len())).min(last)]
}

impl<'c> Row<'c> {
    pub(super) fn of(catchments: &'c Catchments, catchment: &'c Catchment) -> Self {
        let study = &catchments.study;
        Self {
            site: catchment.site.map(|site| &study.sites()[site]),
            zone: zone_names(study, &catchment.zones),
            numeric_ids: study.sites().has_numeric_ids(),
            colour: colour(&catchments.request.limits, catchment.limit),
            catchment,
        }
    }

    /// The same for formats of columns.
    #[cfg(any(feature = "flatgeobuf", feature = "geoparquet"))]
    pub(super) fn feature(&self) -> super::feature::Feature<'_> {
        let drawn = self.catchment;
        super::feature::Feature {
            site: self.site.map(|site| site.id.as_str()),
            name: self.site.map_or("", |site| &site.name),
            kind: self.site.map_or("", |site| &site.kind),
            zone: &self.zone,
            minutes: drawn.limit.seconds() / 60.0,
            area_km2: drawn.isochrone.area_km2(),
            people: drawn.people.as_f64(),
            firms: drawn.firms.map(crate::units::People::as_f64),
            polygons: drawn.isochrone.polygons(),
        }
    }
}

/// The zones of people who walk alike, by name; empty for those outside of all zones, or where all walk
/// alike.
pub(super) fn zone_names(study: &Study, zones: &[Option<ZoneId>]) -> String {
    let names: Vec<&str> = zones
        .iter()
        .flatten()
        .filter_map(|wanted| study.zones().iter().find(|(zone, _)| zone == wanted))
        .map(|(_, zone)| zone.name.as_str())
        .collect();
    names.join("; ")
}

/// The columns of `isochrones.csv`, which are properties of `isochrones.geojson` too.
pub(in crate::report) fn columns() -> Columns<Row<'static>> {
    columns_of()
}

pub(super) fn columns_of<'c>() -> Columns<Row<'c>> {
    Columns::<Row<'c>>::new()
        .with("site", "服务点", |row| {
            Value::maybe_id(row.site.map(|site| site.id.as_str()), row.numeric_ids)
        })
        .with("name", "名称", |row| {
            Value::maybe_text(row.site.map(|site| site.name.as_str()))
        })
        .with("kind", "类型", |row| {
            Value::maybe_text(row.site.map(|site| site.kind.as_str()))
        })
        .with("zone", "分区", |row| Value::text(&row.zone))
        .with("minutes", "分钟", |row| {
            Value::Number(Number::minutes(row.catchment.limit))
        })
        .with("area_km2", "面积（平方公里）", |row| {
            Value::Number(Number::of(row.catchment.isochrone.area_km2()))
        })
        .with("people", "人口", |row| {
            Value::people(row.catchment.people)
        })
        .with("firms", "企业数", |row| {
            Value::maybe(row.catchment.firms.map(Number::people))
        })
}

/// The properties of `isochrones.geojson`: colours besides, as viewers know them (simplestyle).
pub(super) fn map_columns<'c>() -> Columns<Row<'c>> {
    columns_of()
        .with("fill", "填充色", |row| Value::Word(row.colour.into()))
        .with("fill-opacity", "填充不透明度", |_| {
            Value::Number(Number::of(0.5))
        })
        .with("stroke", "边线色", |row| Value::Word(row.colour.into()))
}

/// One stretch of street, within one limit.
pub(super) struct StreetRow<'c> {
    pub street: CatchmentStreet,
    pub site: Option<&'c Site>,
    pub zone: String,
    pub numeric_ids: bool,
    pub minutes: TravelTime,
    pub colour: &'static str,
}

/// The properties of `isochrone_streets.geojson`.
pub(super) fn street_columns<'c>() -> Columns<StreetRow<'c>> {
    Columns::<StreetRow<'c>>::new()
        .with("site", "服务点", |row| {
            Value::maybe_id(row.site.map(|site| site.id.as_str()), row.numeric_ids)
        })
        .with("zone", "分区", |row| Value::text(&row.zone))
        .with("minutes", "分钟", |row| {
            Value::Number(Number::minutes(row.minutes))
        })
        .with("from_s", "起点秒数", |row| {
            Value::Number(Number::of(row.street.stretch.times[0].seconds()))
        })
        .with("to_s", "终点秒数", |row| {
            Value::Number(Number::of(row.street.stretch.times[1].seconds()))
        })
        .with("stroke", "边线色", |row| Value::Word(row.colour.into()))
}
