//! `[[group]]` and `[others]`: people who walk and are served alike.

use serde::Deserialize;

use super::Wrong;
use crate::ids::CellId;
use crate::model::{Audience, Cells, Group, SiteSet, Sites};
use crate::read::error::{BadInput, ReadError};
use crate::read::row_policy::Door;
use crate::units::{People, Speed};

pub(super) const KEYS: &[&str] = &[
    "id",
    "name",
    "count",
    "share",
    "apart",
    "speed_kmh",
    "no_stairs",
    "wheelchair",
    "audience",
    "needs_helper",
    "online",
    "may_not_use",
];

/// One `[[group]]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule of its own, on or off"
)]
pub(crate) struct GroupTable {
    pub id: String,
    pub name: Option<String>,
    /// The column of the cells that counts it.
    pub count: Option<String>,
    pub share: Option<f64>,
    #[serde(default)]
    pub apart: bool,
    pub speed_kmh: Option<f64>,
    #[serde(default)]
    pub no_stairs: bool,
    #[serde(default)]
    pub wheelchair: bool,
    pub audience: Option<String>,
    #[serde(default)]
    pub needs_helper: bool,
    #[serde(default)]
    pub online: bool,
    #[serde(default)]
    pub may_not_use: Vec<String>,
}

/// `[others]`: all people who are in no group.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub(crate) struct OthersTable {
    pub name: Option<String>,
    pub audience: Option<String>,
    #[serde(default)]
    pub online: bool,
}

/// The groups of a study, the last one all others; none when the study names none.
///
/// # Errors
/// When a table is wrong, or the groups of a cell are more than its people.
pub(crate) fn groups(
    tables: &[GroupTable],
    others: &OthersTable,
    (cells, sites): (&Cells, &Sites),
    door: &mut Door<'_>,
) -> Result<Vec<Group>, ReadError> {
    if tables.is_empty() && *others == OthersTable::default() {
        return Ok(Vec::new());
    }
    check_ids(tables, &door.file)?;
    check_shares(tables, &door.file)?;
    let mut groups = Vec::with_capacity(tables.len() + 1);
    for (place, table) in tables.iter().enumerate() {
        groups.push(group(
            table,
            (cells, sites),
            &Wrong::of("group", place + 1, &door.file),
        )?);
    }
    let rest = rest(&mut groups, tables, cells, door)?;
    let audience = audience(
        others.audience.as_deref(),
        &Wrong::one("others", &door.file),
    )?;
    groups.push(Group {
        audience,
        ..everybody_else(others, rest)
    });
    Ok(groups)
}

fn check_ids(tables: &[GroupTable], file: &str) -> Result<(), ReadError> {
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("group", place + 1, file);
        let taken = tables[..place].iter().any(|before| before.id == table.id)
            || RESERVED.contains(&table.id.as_str());
        if table.id.is_empty() || taken {
            let expected = "an id that no other group has (\"others\" is everybody else, \"total\" all together)";
            return Err(wrong.key(
                "id",
                &table.id,
                expected,
                "give every group an id of its own",
            ));
        }
    }
    Ok(())
}

fn check_shares(tables: &[GroupTable], file: &str) -> Result<(), ReadError> {
    let mut sum = 0.0;
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("group", place + 1, file);
        let Some(share) = table.share else { continue };
        wrong.between("share", share, 0.0, 1.0)?;
        sum += if table.apart { 0.0 } else { share };
        if sum > 1.0 + 1e-9 {
            let expected = "shares of all groups that add up to 1 at most";
            let remedy = "lower the shares, or write apart = true for a group that overlaps others";
            return Err(wrong.key("share", &share.to_string(), expected, remedy));
        }
    }
    Ok(())
}

fn group(
    table: &GroupTable,
    (cells, sites): (&Cells, &Sites),
    wrong: &Wrong,
) -> Result<Group, ReadError> {
    let speed = match table.speed_kmh {
        Some(kmh) => Speed::from_kmh(wrong.between("speed_kmh", kmh, 0.1, 50.0)?),
        None => None,
    };
    Ok(Group {
        id: table.id.clone(),
        name: table.name.clone().unwrap_or_else(|| table.id.clone()),
        people: people(table, cells, wrong)?,
        apart: table.apart,
        speed,
        no_stairs: table.no_stairs,
        wheelchair: table.wheelchair,
        audience: audience(table.audience.as_deref(), wrong)?,
        needs_helper: table.needs_helper,
        online: table.online,
        may_not_use: table.may_not_use.clone(),
        usable: usable(table, sites, wrong)?,
    })
}

fn people(table: &GroupTable, cells: &Cells, wrong: &Wrong) -> Result<Vec<People>, ReadError> {
    match (&table.count, table.share) {
        (Some(column), None) => Ok(cells
            .counts(column)
            .map(<[People]>::to_vec)
            .unwrap_or_default()),
        (None, Some(share)) => Ok(cells
            .iter()
            .map(|(_, cell)| cell.people.part(share))
            .collect()),
        (None, None) => Err(wrong.key(
            "count",
            "",
            "either count or share",
            "write count = \"column of the cells\", or share = 0.2 for 20 % of the people",
        )),
        (Some(column), Some(_)) => Err(wrong.key(
            "count",
            column,
            "count or share, not both",
            "remove one of them",
        )),
    }
}

fn audience(written: Option<&str>, wrong: &Wrong) -> Result<Audience, ReadError> {
    match written {
        None | Some("both") => Ok(Audience::Both),
        Some("person") => Ok(Audience::Person),
        Some("firm") => Ok(Audience::Firm),
        Some(other) => Err(wrong.unknown(
            "audience",
            other,
            "person, firm or both",
            &["person", "firm", "both"],
        )),
    }
}

/// The sites that the group can use; none when it can use all.
fn usable(table: &GroupTable, sites: &Sites, wrong: &Wrong) -> Result<Option<SiteSet>, ReadError> {
    let kinds: Vec<&str> = sites.iter().map(|(_, site)| site.kind.as_str()).collect();
    for kind in &table.may_not_use {
        if !kinds.contains(&kind.as_str()) {
            let mut known = kinds.clone();
            known.sort_unstable();
            known.dedup();
            return Err(wrong.unknown("may_not_use", kind, "a kind that some site has", &known));
        }
    }
    if !table.needs_helper && table.may_not_use.is_empty() {
        return Ok(None);
    }
    let known = || {
        sites
            .iter()
            .any(|(_, site)| site.properties.knows("helper"))
    };
    if table.needs_helper && !known() {
        let remedy = "add a column helper with yes or no to the sites";
        return Err(wrong.key(
            "needs_helper",
            "true",
            "sites that say whether they have a helper",
            remedy,
        ));
    }
    let can = |kind: &String, helper: bool| {
        !table.may_not_use.contains(kind) && (helper || !table.needs_helper)
    };
    let usable = sites
        .iter()
        .filter(|(_, site)| can(&site.kind, site.properties.get("helper") == Some(true)));
    Ok(Some(SiteSet::of(usable.map(|(id, _)| id))))
}

/// The people of each cell who are in no group. Under `--on-bad skip`, where groups count more than
/// the cell's people, all of these are others, so that groups still add up to the cell.
fn rest(
    groups: &mut [Group],
    tables: &[GroupTable],
    cells: &Cells,
    door: &mut Door<'_>,
) -> Result<Vec<People>, ReadError> {
    let mut rest = Vec::with_capacity(cells.len());
    for (id, cell) in cells.iter() {
        let inside = || groups.iter().filter(|group| !group.apart);
        let mut sum: People = inside().map(|group| group.in_cell(id)).sum();
        if sum > cell.people {
            door.forgive(
                too_many(id, sum, tables, cells, &door.file),
                "all people there count as others",
            )?;
            let inside = groups.iter_mut().filter(|group| !group.apart);
            inside
                .filter_map(|group| group.people.get_mut(id.index()))
                .for_each(|people| *people = People::ZERO);
            sum = People::ZERO;
        }
        rest.push(cell.people - sum);
    }
    Ok(rest)
}

fn too_many(
    cell: CellId,
    sum: People,
    tables: &[GroupTable],
    cells: &Cells,
    file: &str,
) -> BadInput {
    let counted = tables
        .iter()
        .filter(|table| !table.apart)
        .map(|table| table.id.as_str());
    BadInput {
        code: "groups-exceed-people",
        file: file.to_owned(),
        expected: format!(
            "the groups {} count {sum} people in cell \"{}\", which has {}",
            crate::read::error::plain(&counted.collect::<Vec<_>>().join(", ")),
            crate::read::error::plain(&cells[cell].id),
            cells[cell].people,
        )
        .into(),
        remedy: "count everybody once, or write apart = true for a group that overlaps others"
            .to_owned()
            .into(),
        ..BadInput::default()
    }
}

const OTHERS: &str = "others";

/// Ids that the tables of results give to rows of their own.
const RESERVED: [&str; 2] = [OTHERS, "total"];

fn everybody_else(others: &OthersTable, people: Vec<People>) -> Group {
    let name = others.name.clone().unwrap_or_else(|| OTHERS.to_owned());
    Group {
        name,
        online: others.online,
        ..Group::plain(OTHERS, people)
    }
}
