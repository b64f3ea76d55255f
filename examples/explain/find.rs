//! From what the command line names to what the study has.

use walkshed::ids::{CellId, GroupId, ItemId};
use walkshed::model::Study;
use walkshed::read::near_names;
use walkshed::text::plain;

use crate::common::failure::Failure;

/// Something with an id and a name.
struct Known<'a, T> {
    key: T,
    id: &'a str,
    name: &'a str,
}

pub(crate) fn cell(study: &Study, named: &str) -> Result<CellId, Failure> {
    let known = study.cells().iter().map(|(key, cell)| Known {
        key,
        id: &cell.id,
        name: &cell.name,
    });
    find("cell", named, &known.collect::<Vec<_>>())
}

pub(crate) fn item(study: &Study, named: &str) -> Result<ItemId, Failure> {
    let known = study.catalogue().iter().map(|(key, item)| Known {
        key,
        id: &item.id,
        name: &item.name,
    });
    find("item", named, &known.collect::<Vec<_>>())
}

pub(crate) fn group(study: &Study, named: &str) -> Result<GroupId, Failure> {
    let known = study.groups().map(|(key, group)| Known {
        key,
        id: &group.id,
        name: &group.name,
    });
    find("group", named, &known.collect::<Vec<_>>())
}

/// The one of this id, or else of this name, when only one has it.
fn find<T: Copy>(what: &str, named: &str, known: &[Known<'_, T>]) -> Result<T, Failure> {
    let by_id = known.iter().find(|one| one.id == named);
    let by_name: Vec<&Known<'_, T>> = known.iter().filter(|one| one.name == named).collect();
    match (by_id, &by_name[..]) {
        (Some(one), _) | (None, &[one]) => Ok(one.key),
        (None, []) => Err(Failure::Usage(unknown(what, named, known))),
        (None, several) => {
            let ids: Vec<String> = several.iter().take(5).map(|one| plain(one.id)).collect();
            let (count, named) = (several.len(), plain(named));
            Err(Failure::Usage(format!(
                "{count} {what}s are named {named:?} – name one by its id: {}",
                ids.join(", ")
            )))
        }
    }
}

fn unknown<T>(what: &str, named: &str, known: &[Known<'_, T>]) -> String {
    let names: Vec<&str> = known
        .iter()
        .flat_map(|one| [one.id, one.name])
        .filter(|name| !name.is_empty())
        .collect();
    let mut near = near_names(named, &names);
    if near.is_empty() && !named.is_empty() {
        near = names
            .iter()
            .copied()
            .filter(|name| name.contains(named))
            .take(5)
            .collect();
    }
    let head = if near.is_empty() {
        "there are"
    } else {
        "near to it are"
    };
    if near.is_empty() {
        near = known.iter().map(|one| one.id).take(5).collect();
    }
    near.dedup();
    let near: Vec<String> = near.into_iter().map(plain).collect();
    let near = if near.is_empty() {
        format!("the study has no {what}")
    } else {
        format!("{head} {}", near.join(", "))
    };
    format!("no {what} is called {:?} – {near}", plain(named))
}
