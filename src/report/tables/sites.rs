//! The properties of `sites.geojson`: one row a site, in the order of the input.

use std::io;

use crate::ids::SiteId;
use crate::model::{Site, Study, Unit};
use crate::report::column::{self, Columns, Sink, Value};
use crate::report::number::Tenths;
use crate::report::rules_on::RulesOn;
use crate::run::Results;
use crate::score::{Coverage, Served};

/// What a row tells of: a site, and whom it serves.
pub(crate) struct SiteRow<'a> {
    study: &'a Study,
    site: &'a Site,
    unit: Option<&'a Unit>,
    gap: Option<f64>,
    items: usize,
    served: Served,
    firms: Option<Served>,
}

/// Writes the table of sites, which stands in the workbook alone: beside it they are a map.
pub(crate) fn write(results: &Results, out: &mut (impl Sink + ?Sized)) -> io::Result<()> {
    let served = results.coverage.by_site();
    let firms_served = results.firms.as_ref().map(Coverage::by_site);
    let row = |place: usize| {
        let firms = firms_served.as_ref().map(|served| served[place]);
        row(results, SiteId::new(place), (served[place], firms))
    };
    column::write(
        &columns(RulesOn::of(results)),
        (0..served.len()).map(row),
        out,
    )
}

/// What is told of a site, with whom it serves among people and among firms.
pub(crate) fn row(
    results: &Results,
    id: SiteId,
    (served, firms): (Served, Option<Served>),
) -> SiteRow<'_> {
    let now = &results.coverage;
    let study = now.study();
    let site = &study.sites()[id];
    let asked = &now.target().items;
    let handled = asked.iter().filter(|&&item| now.handles(id, item));
    SiteRow {
        study,
        site,
        unit: site.unit.map(|unit| &study.units()[unit]),
        gap: now.times().links().site(id).gap(),
        items: handled.count(),
        served,
        firms,
    }
}

/// The columns, and what else the input tells of the sites: the properties of their map.
pub(crate) fn map_columns<'a>(results: &Results) -> Columns<SiteRow<'a>> {
    let names = results.study().sites().attribute_names();
    let ours = columns(RulesOn::ALL);
    columns(RulesOn::of(results)).with_attributes(&names, &ours, |row| Some(&row.site.attributes))
}

/// The columns; those of a rule that is off are not there.
pub(crate) fn columns<'a>(on: RulesOn) -> Columns<SiteRow<'a>> {
    let columns = Columns::<SiteRow<'a>>::new()
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
        });
    if !on.firms {
        return columns;
    }
    columns
        .with("firms", "服务企业数", |row| {
            row.firms
                .map_or(Value::Empty, |served| Value::people(served.people))
        })
        .with("firms_nearest", "最近企业数", |row| {
            row.firms
                .map_or(Value::Empty, |served| Value::people(served.people_nearest))
        })
}
