//! `red_cells.csv` and `red_items.csv`: the gravest cells and items.

use std::io;

use super::unit_id;
use crate::assess::{RedCell, RedItem};
use crate::model::Study;
use crate::report::column::{Columns, Value, write};
use crate::report::out::Out;

pub(crate) type CellRow<'r> = (&'r Study, &'r RedCell);

pub(super) fn write_cells(study: &Study, cells: &[RedCell], out: &mut dyn Out) -> io::Result<()> {
    write(&cell_columns(), cells.iter().map(|row| (study, row)), out)
}

pub(crate) fn cell_columns<'r>() -> Columns<CellRow<'r>> {
    Columns::<CellRow<'r>>::new()
        .with("cell", "居民点编号", |(_, row)| Value::text(&row.id))
        .with("name", "名称", |(_, row)| Value::text(&row.name))
        .with("unit", "单位编号", |(study, row)| {
            Value::text(unit_id(study, row.unit))
        })
        .with("unit_name", "单位名称", |(study, row)| {
            let unit = row.unit.map(|unit| &study.units()[unit]);
            Value::maybe_text(unit.map(|unit| unit.name.as_str()))
        })
        .with("population", "人口", |(_, row)| Value::people(row.people))
        .with("verdict", "判定", |(_, row)| Value::word(row.verdict))
        .with("items_undone", "未办到事项数", |(_, row)| {
            Value::count(row.items_undone)
        })
        .with("remedy", "办法", |(_, row)| {
            Value::Word(row.remedy.word().into())
        })
}

pub(super) fn write_items(items: &[RedItem], out: &mut dyn Out) -> io::Result<()> {
    write(&item_columns(), items, out)
}

pub(crate) fn item_columns<'r>() -> Columns<&'r RedItem> {
    Columns::<&'r RedItem>::new()
        .with("item", "事项编号", |row| Value::text(&row.id))
        .with("name", "事项", |row| Value::text(&row.name))
        .with("department", "部门", |row| Value::text(&row.department))
        .with("population", "未办到人口", |row| {
            Value::people(row.people)
        })
        .with("cells", "居民点数", |row| Value::Count(row.cells))
        .with("missing", "缺少环节", |row| Value::word(row.steps))
        .with("missing_population", "缺少环节人口", |row| {
            Value::people(row.steps_people)
        })
}
