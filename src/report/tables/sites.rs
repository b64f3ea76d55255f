//! The properties of `sites.geojson`: one row a site, in the order of the input.

use crate::ids::SiteId;
use crate::model::{Site, Study, Unit};
use crate::report::column::{Columns, Value};
use crate::report::number::Tenths;
use crate::score::{Coverage, Served};

/// What a row tells of: a site, and whom it serves.
pub(crate) struct SiteRow<'a> {
    study: &'a Study,
    site: &'a Site,
    unit: Option<&'a Unit>,
    gap: Option<f64>,
    items: usize,
    served: Served,
}

pub(crate) fn row(now: &Coverage, id: SiteId, served: Served) -> SiteRow<'_> {
    let study = now.study();
    let site = &study.sites()[id];
    let handled = now.items().iter().filter(|&&item| now.handles(id, item));
    SiteRow {
        study,
        site,
        unit: site.unit.map(|unit| &study.units()[unit]),
        gap: now.times().links().site(id).gap(),
        items: handled.count(),
        served,
    }
}

/// The columns, and what else the input tells of the sites: the properties of their map.
pub(crate) fn map_columns<'a>(study: &Study) -> Columns<SiteRow<'a>> {
    let names = study.sites().attribute_names();
    columns().with_attributes(&names, &columns(), |row| Some(&row.site.attributes))
}

pub(crate) fn columns<'a>() -> Columns<SiteRow<'a>> {
    Columns::<SiteRow<'a>>::new()
        .with("id", "编号", |row| {
            Value::id(&row.site.id, row.study.sites().has_numeric_ids())
        })
        .with("name", "名称", |row| Value::text(&row.site.name))
        .with("kind", "类型", |row| {
            Value::maybe_text(Some(row.site.kind.as_str()).filter(|kind| !kind.is_empty()))
        })
        .with("unit", "单位编号", |row| {
            let id = row.unit.map(|unit| unit.id.as_str());
            Value::maybe_id(id, row.study.units().has_numeric_ids())
        })
        .with("snapped", "接入路网", |row| {
            Value::Flag(row.gap.is_some())
        })
        .with("gap_m", "离路米数", |row| {
            Value::maybe_tenths(row.gap.map(Tenths::metres))
        })
        .with("items", "可办事项数", |row| Value::count(row.items))
        .with("cells", "服务居民点数", |row| {
            Value::Count(row.served.cells)
        })
        .with("people", "服务人数", |row| {
            Value::people(row.served.people)
        })
        .with("cells_nearest", "最近居民点数", |row| {
            Value::Count(row.served.cells_nearest)
        })
        .with("people_nearest", "最近人数", |row| {
            Value::people(row.served.people_nearest)
        })
}
