//! `red_cells.csv` and `red_items.csv`: the gravest cells and items.

use std::io;

use super::unit_id;
use crate::assess::{Assessment, RedCell, RedItem};
use crate::model::Study;
use crate::report::column::{Columns, Sink, Value, write};

/// What a row tells of: of whom a cell is grave, and the cell.
pub(crate) struct CellRow<'r> {
    study: &'r Study,
    of: &'static str,
    cell: &'r RedCell,
}

/// The gravest cells of people, then those of firms.
pub(crate) fn write_cells(
    study: &Study,
    assessment: &Assessment,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let rows = assessment.sides().flat_map(|(of, side)| {
        side.red_cells
            .iter()
            .map(move |cell| CellRow { study, of, cell })
    });
    write(&cell_columns(), rows, out)
}

pub(crate) fn cell_columns<'r>() -> Columns<CellRow<'r>> {
    Columns::<CellRow<'r>>::new()
        .with("cell", "居民点编号", |row| Value::text(&row.cell.id))
        .with("name", "名称", |row| Value::text(&row.cell.name))
        .with("unit", "单位编号", |row| {
            Value::text(unit_id(row.study, row.cell.unit))
        })
        .with("unit_name", "单位名称", |row| {
            let unit = row.cell.unit.map(|unit| &row.study.units()[unit]);
            Value::maybe_text(unit.map(|unit| unit.name.as_str()))
        })
        .with("population", "人口", |row| Value::people(row.cell.people))
        .with("verdict", "判定", |row| Value::word(row.cell.verdict))
        .with("items_undone", "未办到事项数", |row| {
            Value::count(row.cell.items_undone)
        })
        .with("remedy", "办法", |row| Value::word(row.cell.remedies))
        .with("of", "评价对象", |row| Value::Word(row.of.into()))
}

/// What a row tells of: of whom an item is grave, and the item.
pub(crate) type ItemRow<'r> = (&'static str, &'r RedItem);

/// The gravest items of people, then those of firms.
pub(crate) fn write_items(
    assessment: &Assessment,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let rows = assessment
        .sides()
        .flat_map(|(of, side)| side.red_items.iter().map(move |item| (of, item)));
    write(&item_columns(), rows, out)
}

pub(crate) fn item_columns<'r>() -> Columns<ItemRow<'r>> {
    Columns::<ItemRow<'r>>::new()
        .with("item", "事项编号", |(_, row)| Value::text(&row.id))
        .with("name", "事项", |(_, row)| Value::text(&row.name))
        .with("department", "部门", |(_, row)| {
            Value::text(&row.department)
        })
        .with("population", "未办到人口", |(_, row)| {
            Value::people(row.people)
        })
        .with("cells", "居民点数", |(_, row)| Value::Count(row.cells))
        .with("missing", "缺少环节", |(_, row)| Value::word(row.steps))
        .with("missing_population", "缺少环节人口", |(_, row)| {
            Value::people(row.steps_people)
        })
        .with("of", "评价对象", |(of, _)| Value::Word((*of).into()))
}
