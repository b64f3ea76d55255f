//! From what the command line names to what the study has.

use walkshed::ids::{CellId, GroupId, ItemId, SiteId};
use walkshed::model::Study;
use walkshed::read::near_names;
use walkshed::text::plain;

use super::failure::Failure;
use super::said::Said;

/// What is looked for.
#[derive(Debug, Clone, Copy)]
enum What {
    Cell,
    Item,
    Site,
    Group,
}

impl What {
    const fn english(self) -> &'static str {
        match self {
            Self::Cell => "cell",
            Self::Item => "item",
            Self::Site => "site",
            Self::Group => "group",
        }
    }

    const fn chinese(self) -> &'static str {
        match self {
            Self::Cell => "居民点",
            Self::Item => "事项",
            Self::Site => "服务点",
            Self::Group => "人群",
        }
    }
}

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
    find(What::Cell, named, &known.collect::<Vec<_>>())
}

pub(crate) fn item(study: &Study, named: &str) -> Result<ItemId, Failure> {
    let known = study.catalogue().iter().map(|(key, item)| Known {
        key,
        id: &item.id,
        name: &item.name,
    });
    find(What::Item, named, &known.collect::<Vec<_>>())
}

pub(crate) fn site(study: &Study, named: &str) -> Result<SiteId, Failure> {
    let known = study.sites().iter().map(|(key, site)| Known {
        key,
        id: &site.id,
        name: &site.name,
    });
    find(What::Site, named, &known.collect::<Vec<_>>())
}

pub(crate) fn group(study: &Study, named: &str) -> Result<GroupId, Failure> {
    let known = study.groups().map(|(key, group)| Known {
        key,
        id: &group.id,
        name: &group.name,
    });
    find(What::Group, named, &known.collect::<Vec<_>>())
}

/// The place of the phase of this name.
pub(crate) fn phase(study: &Study, named: &str) -> Result<usize, Failure> {
    let phases = study.phases();
    let place = phases.iter().position(|phase| phase.name == named);
    place.ok_or_else(|| {
        let names: Vec<String> = phases.iter().map(|phase| plain(&phase.name)).collect();
        let named = plain(named);
        Failure::Usage(Said::new(
            format!(
                "--phase: no phase is called {named:?} – there are: {}",
                names.join(", ")
            ),
            format!(
                "--phase：没有名为“{named}”的阶段——现有：{}",
                names.join("、")
            ),
        ))
    })
}

/// The one of this id, or else of this name, when only one has it.
fn find<T: Copy>(what: What, named: &str, known: &[Known<'_, T>]) -> Result<T, Failure> {
    let by_id = known.iter().find(|one| one.id == named);
    let by_name: Vec<&Known<'_, T>> = known.iter().filter(|one| one.name == named).collect();
    match (by_id, &by_name[..]) {
        (Some(one), _) | (None, &[one]) => Ok(one.key),
        (None, []) => Err(Failure::Usage(unknown(what, named, known))),
        (None, several) => {
            let ids: Vec<String> = several.iter().take(5).map(|one| plain(one.id)).collect();
            let (count, named) = (several.len(), plain(named));
            Err(Failure::Usage(Said::new(
                format!(
                    "{count} {}s are named {named:?} – name one by its id: {}",
                    what.english(),
                    ids.join(", ")
                ),
                format!(
                    "有 {count} 个{}名为“{named}”——请用编号指明一个：{}",
                    what.chinese(),
                    ids.join("、")
                ),
            )))
        }
    }
}

fn unknown<T>(what: What, named: &str, known: &[Known<'_, T>]) -> Said {
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
    let [head, chinese_head] = if near.is_empty() {
        ["there are", "现有"]
    } else {
        ["near to it are", "相近的有"]
    };
    if near.is_empty() {
        near = known.iter().map(|one| one.id).take(5).collect();
    }
    near.dedup();
    let near: Vec<String> = near.into_iter().map(plain).collect();
    let [there, chinese_there] = if near.is_empty() {
        [
            format!("the study has no {}", what.english()),
            format!("本项目没有{}", what.chinese()),
        ]
    } else {
        [
            format!("{head} {}", near.join(", ")),
            format!("{chinese_head} {}", near.join("、")),
        ]
    };
    let named = plain(named);
    Said::new(
        format!("no {} is called {named:?} – {there}", what.english()),
        format!("没有名为“{named}”的{}——{chinese_there}", what.chinese()),
    )
}
