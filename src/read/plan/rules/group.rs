//! `[[group]]` and `[others]`: people who walk and are served alike.

use serde::Deserialize;

use super::mode;
use super::others::{CellRows, rest};
use super::wrong::{Wrong, kinds_of};
use crate::model::{Audience, Cells, Group, Mode, Site, SiteSet, Sites};
use crate::read::error::ReadError;
use crate::read::row_policy::Door;
use crate::read::vocabulary;
use crate::units::{People, Speed};
use crate::words::text;

pub(super) const KEYS: &[&str] = &[
    "id",
    "name",
    "count",
    "share",
    "apart",
    "speed_kmh",
    "by",
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
    pub by: Option<String>,
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
    pub by: Option<String>,
}

/// The groups of a study, the last one all others; none when the study names none.
///
/// # Errors
/// When a table is wrong, or the groups of a cell are more than its people.
pub(crate) fn groups(
    tables: &[GroupTable],
    others: &OthersTable,
    (cells, sites, rows): (&Cells, &Sites, &CellRows),
    door: &mut Door<'_>,
) -> Result<Vec<Group>, ReadError> {
    // Without groups nobody is told apart, and nothing of groups is reported.
    if tables.is_empty() && *others == OthersTable::default() {
        return Ok(Vec::new());
    }
    check_ids(tables, &door.file)?;
    check_shares(tables, &door.file)?;
    let mut groups = Vec::with_capacity(tables.len() + 1);
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("group", place + 1, &door.file);
        groups.push(group(table, (cells, sites), &wrong)?);
    }
    // Everybody else is the last group, so that all groups add up to all people.
    let rest = rest(&mut groups, (cells, rows), door)?;
    let wrong = Wrong::one("others", &door.file);
    groups.push(Group {
        audience: audience(others.audience.as_deref(), &wrong)?,
        by: mode::mode(others.by.as_deref(), &wrong)?,
        ..everybody_else(others, rest)
    });
    Ok(groups)
}

fn check_ids(tables: &[GroupTable], file: &str) -> Result<(), ReadError> {
    for (place, table) in tables.iter().enumerate() {
        let id = table.id.as_str();
        let taken = tables[..place].iter().any(|before| before.id == id);
        // Rows of `groups.csv` are told apart by these ids.
        if taken || id.is_empty() || RESERVED.contains(&id) {
            let wrong = Wrong::of("group", place + 1, file);
            return Err(wrong.value(("id", id), text!(IdOfOneGroup), text!(IdForEveryGroup)));
        }
    }
    Ok(())
}

fn check_shares(tables: &[GroupTable], file: &str) -> Result<(), ReadError> {
    let mut sum = 0.0;
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("group", place + 1, file);
        let Some(share) = table.share else { continue };
        wrong.between("share", share, [0.0, 1.0])?;
        // Groups apart overlap others: they are no part of the whole.
        sum += if table.apart { 0.0 } else { share };
        // Shares such as 0.1 are not exact: ten of them are 1.
        if sum > 1.0 + 1e-9 {
            let found = share.to_string();
            let remedy = text!(LowerSharesOrApart);
            return Err(wrong.value(("share", &found), text!(SharesUpToOne), remedy));
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
        Some(kmh) => Speed::from_kmh(wrong.between("speed_kmh", kmh, [0.1, 50.0])?),
        None => None,
    };
    Ok(Group {
        id: table.id.clone(),
        name: table.name.clone().unwrap_or_else(|| table.id.clone()),
        people: people(table, cells, wrong)?,
        apart: table.apart,
        speed,
        by: way_of_moving(table, wrong)?,
        no_stairs: table.no_stairs,
        wheelchair: table.wheelchair,
        audience: audience(table.audience.as_deref(), wrong)?,
        needs_helper: table.needs_helper,
        online: table.online,
        may_not_use: table.may_not_use.clone(),
        usable: usable(table, sites, wrong)?,
    })
}

/// How the group goes; both keys of wheelchairs agree.
fn way_of_moving(table: &GroupTable, wrong: &Wrong) -> Result<Option<Mode>, ReadError> {
    let by = mode::mode(table.by.as_deref(), wrong)?;
    match (by, table.wheelchair) {
        (None | Some(Mode::Wheelchair), _) | (_, false) => Ok(by),
        (Some(other), true) => {
            let found = ("by", other.word());
            Err(wrong.value(found, text!(WheelchairTwice), text!(RemoveOneOfThem)))
        }
    }
}

/// The people of the group in each cell: a column of the cells, or a share of all people there.
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
        (None, None) => Err(wrong.key("count", text!(CountOrShare), text!(WriteCountOrShare))),
        (Some(column), Some(_)) => {
            let expected = text!(CountNotShare);
            Err(wrong.value(("count", column), expected, text!(RemoveOneOfThem)))
        }
    }
}

fn audience(written: Option<&str>, wrong: &Wrong) -> Result<Audience, ReadError> {
    // People are asked for what concerns persons, unless the study says otherwise.
    let Some(written) = written else {
        return Ok(Audience::Person);
    };
    vocabulary::audience(written).map_err(|unknown| {
        let known = ["person", "firm", "both"];
        wrong.unknown(("audience", &unknown.found), text!(AudienceWord), &known)
    })
}

/// The sites that the group can use; none when it can use all.
fn usable(table: &GroupTable, sites: &Sites, wrong: &Wrong) -> Result<Option<SiteSet>, ReadError> {
    let kinds = kinds_of(sites);
    for kind in &table.may_not_use {
        if !kinds.contains(&kind.as_str()) {
            return Err(wrong.unknown(("may_not_use", kind), text!(KindOfSites), &kinds));
        }
    }
    // None, not the set of all: a site that opens later can be used as well.
    if !table.needs_helper && table.may_not_use.is_empty() {
        return Ok(None);
    }
    // Without the column no site would have a helper, and the group nowhere to go.
    let mut all = sites.iter();
    let helped = all.any(|(_, site)| site.properties.knows("helper") || site.home_help.is_some());
    if table.needs_helper && !helped {
        let found = ("needs_helper", "true");
        return Err(wrong.value(found, text!(SitesWithHelper), text!(AddHelperColumn)));
    }
    let usable = sites.iter().filter(|(_, site)| can_use(table, site));
    Ok(Some(SiteSet::of(usable.map(|(id, _)| id))))
}

/// Whether the group can use a site; one that does not say whether it has a helper has none.
fn can_use(table: &GroupTable, site: &Site) -> bool {
    let helped = !table.needs_helper || site.properties.get("helper") == Some(true);
    helped && !table.may_not_use.contains(&site.kind)
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
