//! `departments.csv`: what each department answers for, in people × items.

use std::io;

use super::person_items;
use crate::assess::Department;
use crate::model::Study;
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;

const HEAD: [&str; 9] = [
    "department",
    "items",
    "asked_person_items",
    "done_person_items",
    "undone_person_items",
    "share",
    "score",
    "worst_item",
    "worst_item_population",
];

pub(super) fn write(
    study: &Study,
    departments: &[Department<'_>],
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for row in departments {
        table.text(row.name)?;
        table.show(row.items.len())?;
        table.show(person_items(row.asked))?;
        table.show(person_items(row.done))?;
        table.show(person_items(row.undone))?;
        table.maybe(Number::share(row.share))?;
        table.maybe(Number::share(row.score))?;
        table.maybe_text(
            row.worst
                .map(|(item, _)| study.catalogue()[item].id.as_str()),
        )?;
        table.maybe(row.worst.map(|(_, people)| Number::people(people)))?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}
