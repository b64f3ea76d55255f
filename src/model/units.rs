//! Administrative units in a tree: county, townships, villages.

use std::collections::BTreeMap;

use super::outline::Outline;
use super::properties::Properties;
use crate::ids::UnitId;

/// An administrative area.
///
/// ```
/// use walkshed::model::{UnitRow, Units};
/// let county = UnitRow { id: "360429".to_owned(), name: "湖口县".to_owned(), parent: None };
/// let units = Units::new(vec![county])?;
/// let id = units.find("360429").unwrap();
/// assert_eq!((units[id].name.as_str(), units[id].parent), ("湖口县", None));
/// # Ok::<(), walkshed::model::UnitError>(())
/// ```
#[doc(alias = "乡镇")]
#[doc(alias = "村")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id, unique.
    pub id: String,
    /// Its name, or the id where no name was given.
    pub name: String,
    /// The unit it belongs to; none for the top.
    pub parent: Option<UnitId>,
    /// What an indicator may count by: further columns of the units' table.
    pub properties: Properties,
    /// Its area, for maps; none where the units are a table alone.
    pub outline: Option<Outline>,
}

/// All units, in the order of their ids; a forest without cycles.
///
/// ```
/// use walkshed::model::{UnitRow, Units};
/// let row = |id: &str, parent: Option<&str>| UnitRow {
///     id: id.to_owned(),
///     name: String::new(),
///     parent: parent.map(str::to_owned),
/// };
/// let units = Units::new(vec![
///     row("village", Some("town")),
///     row("county", None),
///     row("town", Some("county")),
/// ])?;
/// // In the order of their ids; from the village up to the county.
/// let upward = units.upward(units.find("village").unwrap());
/// assert_eq!(
///     upward.map(|unit| units[unit].id.clone()).collect::<Vec<_>>(),
///     ["village", "town", "county"]
/// );
/// # Ok::<(), walkshed::model::UnitError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    list: Vec<Unit>,
    by_id: BTreeMap<String, UnitId>,
    /// Each name, with its unit when only one has it.
    by_name: BTreeMap<String, Option<UnitId>>,
    has_numeric_ids: bool,
}

/// A unit as a table gives it: id, name, and the parent's id.
///
/// ```
/// use walkshed::model::{UnitRow, Units};
/// // The id stands in for a name that is not given.
/// let county = UnitRow { id: "360429".to_owned(), name: String::new(), parent: None };
/// let units = Units::new(vec![county]).unwrap();
/// assert_eq!(units[units.find("360429").unwrap()].name, "360429");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Its id.
    pub id: String,
    /// Its name; the id stands in for an empty one.
    pub name: String,
    /// The parent's id.
    pub parent: Option<String>,
}

/// Why a list of units is no tree.
///
/// ```
/// use walkshed::model::{UnitError, UnitRow, Units};
/// let orphan = UnitRow { id: "village".to_owned(), name: String::new(), parent: Some("town".to_owned()) };
/// let wrong = Units::new(vec![orphan]).unwrap_err();
/// assert_eq!(wrong, UnitError::NoSuchParent { id: "village".to_owned(), parent: "town".to_owned() });
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Two rows have one id.
    #[error("the unit id {id:?} stands in rows {first} and {second}")]
    Twice {
        /// The id.
        id: String,
        /// Place of the first row, from 1.
        first: usize,
        /// Place of the second row, from 1.
        second: usize,
    },
    /// A parent that is no unit.
    #[error("the parent {parent:?} of unit {id:?} is no unit")]
    NoSuchParent {
        /// The unit.
        id: String,
        /// The parent it names.
        parent: String,
    },
    /// A unit that lies within itself.
    #[error("unit {id:?} lies within itself: {}", path.join(" → "))]
    Cycle {
        /// The unit.
        id: String,
        /// The way round.
        path: Vec<String>,
    },
    /// A unit under too many others.
    #[error("unit {id:?} lies more than {} levels deep", Units::DEEPEST)]
    TooDeep {
        /// The unit.
        id: String,
    },
}

impl Units {
    /// The most levels that a tree of units may have.
    pub const DEEPEST: usize = 32;

    /// The tree that these rows make. O(n log n).
    ///
    /// # Errors
    /// When an id stands twice, a parent does not exist, or units lie within each other in a circle.
    pub fn new(rows: Vec<UnitRow>) -> Result<Self, UnitError> {
        let mut placed: Vec<(usize, UnitRow)> = rows.into_iter().enumerate().collect();
        // Of one id the row that comes first in the table stands first.
        placed.sort_by(|a, b| a.1.id.cmp(&b.1.id).then(a.0.cmp(&b.0)));
        check_twice(&placed)?;
        let by_id: BTreeMap<String, UnitId> = placed
            .iter()
            .enumerate()
            .map(|(place, (_, row))| (row.id.clone(), UnitId::new(place)))
            .collect();
        let list: Vec<Unit> = placed
            .into_iter()
            .map(|(_, row)| unit(row, &by_id))
            .collect::<Result<_, _>>()?;
        let units = Self {
            by_name: by_name(&list),
            list,
            by_id,
            has_numeric_ids: false,
        };
        units.check_depth()?;
        Ok(units)
    }

    /// The same, their ids being numbers in the input, as they are in a map then.
    #[must_use]
    pub const fn with_numeric_ids(mut self, are_numeric: bool) -> Self {
        self.has_numeric_ids = are_numeric;
        self
    }

    /// The same, with the properties that their rows tell, by id; an id of no unit is left out.
    #[must_use]
    pub fn with_properties(mut self, told: impl IntoIterator<Item = (String, Properties)>) -> Self {
        for (id, properties) in told {
            if let Some(unit) = self.find(&id) {
                self.list[unit.index()].properties = properties;
            }
        }
        self
    }

    /// The same, with the areas of some of them, by id; an id of no unit is left out.
    #[must_use]
    pub fn with_outlines(mut self, areas: impl IntoIterator<Item = (String, Outline)>) -> Self {
        for (id, outline) in areas {
            if let Some(unit) = self.find(&id) {
                self.list[unit.index()].outline = Some(outline);
            }
        }
        self
    }

    /// Whether their ids are numbers in the input.
    #[must_use]
    pub const fn has_numeric_ids(&self) -> bool {
        self.has_numeric_ids
    }

    /// Every way up ends, and soon. O(units × depth).
    fn check_depth(&self) -> Result<(), UnitError> {
        let mut deep = None;
        for start in (0..self.list.len()).map(UnitId::new) {
            let way: Vec<UnitId> = self.upward(start).take(Self::DEEPEST + 1).collect();
            if let Some(round) = way.iter().skip(1).position(|&unit| unit == start) {
                return Err(self.cycle(&way[..round + 2]));
            }
            // Either too deep, or a circle further up, which one of its own units will tell.
            if way.len() > Self::DEEPEST {
                deep = deep.or(Some(start));
            }
        }
        match deep {
            Some(unit) => Err(UnitError::TooDeep {
                id: self[unit].id.clone(),
            }),
            None => Ok(()),
        }
    }

    fn cycle(&self, way: &[UnitId]) -> UnitError {
        let path: Vec<String> = way.iter().map(|&unit| self[unit].id.clone()).collect();
        UnitError::Cycle {
            id: path[0].clone(),
            path,
        }
    }

    /// The unit with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<UnitId> {
        self.by_id.get(id).copied()
    }

    /// The unit with this id, or else with this name when only one has it. O(log units).
    #[must_use]
    pub fn called(&self, id_or_name: &str) -> Option<UnitId> {
        self.find(id_or_name)
            .or_else(|| *self.by_name.get(id_or_name)?)
    }

    /// All units with their ids, in the order of the ids.
    pub fn iter(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.list
            .iter()
            .enumerate()
            .map(|(place, unit)| (UnitId::new(place), unit))
    }

    /// The unit itself and all units it lies in, from the inside out.
    pub fn upward(&self, unit: UnitId) -> impl Iterator<Item = UnitId> {
        std::iter::successors(Some(unit), |&at| self[at].parent)
    }

    /// For each unit whether it is one of these, or lies in one. O(units × depth).
    #[must_use]
    pub fn within(&self, named: &[UnitId]) -> Vec<bool> {
        // A table of yes and no, so that each step up costs no search.
        let mut is_named = vec![false; self.len()];
        for unit in named {
            is_named[unit.index()] = true;
        }
        self.iter()
            .map(|(unit, _)| self.upward(unit).any(|above| is_named[above.index()]))
            .collect()
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

impl std::ops::Index<UnitId> for Units {
    type Output = Unit;
    fn index(&self, id: UnitId) -> &Unit {
        &self.list[id.index()]
    }
}

/// No two rows of one id, which stand beside each other.
fn check_twice(rows: &[(usize, UnitRow)]) -> Result<(), UnitError> {
    let twice = rows.windows(2).find(|pair| pair[0].1.id == pair[1].1.id);
    match twice {
        Some([(first, row), (second, _)]) => Err(UnitError::Twice {
            id: row.id.clone(),
            first: first + 1,
            second: second + 1,
        }),
        _ => Ok(()),
    }
}

/// Each name, with its unit when only one has it.
fn by_name(list: &[Unit]) -> BTreeMap<String, Option<UnitId>> {
    let mut by_name = BTreeMap::new();
    for (place, unit) in list.iter().enumerate() {
        by_name
            .entry(unit.name.clone())
            .and_modify(|only| *only = None)
            .or_insert(Some(UnitId::new(place)));
    }
    by_name
}

/// A unit of a row, under its parent; one without a name is called by its id.
fn unit(row: UnitRow, by_id: &BTreeMap<String, UnitId>) -> Result<Unit, UnitError> {
    let parent = match row.parent {
        Some(parent) => Some(find_parent(&row.id, parent, by_id)?),
        None => None,
    };
    let name = if row.name.is_empty() {
        row.id.clone()
    } else {
        row.name
    };
    Ok(Unit {
        id: row.id,
        name,
        parent,
        properties: Properties::default(),
        outline: None,
    })
}

fn find_parent(
    id: &str,
    parent: String,
    by_id: &BTreeMap<String, UnitId>,
) -> Result<UnitId, UnitError> {
    by_id
        .get(&parent)
        .copied()
        .ok_or_else(|| UnitError::NoSuchParent {
            id: id.to_owned(),
            parent,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, parent: &str) -> UnitRow {
        let parent = (!parent.is_empty()).then(|| parent.to_owned());
        UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent,
        }
    }

    #[test]
    fn a_village_lies_in_its_township_and_county() {
        let units = Units::new(vec![row("v", "t"), row("c", ""), row("t", "c")]).expect("a tree");
        let village = units.find("v").expect("it is there");
        let ids: Vec<_> = units
            .upward(village)
            .map(|u| units[u].id.as_str())
            .collect();
        assert_eq!(ids, ["v", "t", "c"]);
    }

    #[test]
    fn a_unit_is_called_by_its_id_or_by_a_name_that_only_it_has() {
        let named = |id: &str, name: &str| UnitRow {
            name: name.to_owned(),
            ..row(id, "")
        };
        let rows = vec![
            named("1", "East"),
            named("2", "West"),
            named("3", "West"),
            named("4", "1"),
        ];
        let units = Units::new(rows).expect("a tree");
        let found =
            ["1", "East", "West", "4", "North"].map(|name| units.called(name).map(UnitId::index));
        assert_eq!(found, [Some(0), Some(0), None, Some(3), None]);
    }

    #[test]
    fn within_a_unit_are_it_and_all_below() {
        let units = Units::new(vec![
            row("c", ""),
            row("t", "c"),
            row("v", "t"),
            row("w", "c"),
        ])
        .expect("a tree");
        let within = |ids: &[&str]| {
            units.within(
                &ids.iter()
                    .filter_map(|id| units.find(id))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(within(&["t", "w"]), [false, true, true, true]);
        assert_eq!(
            (within(&["c"]), within(&[])),
            (vec![true; 4], vec![false; 4])
        );
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let twice = Units::new(vec![row("a", ""), row("b", ""), row("a", "")]);
        assert_eq!(
            twice,
            Err(UnitError::Twice {
                id: "a".into(),
                first: 1,
                second: 3
            })
        );
        assert!(matches!(
            Units::new(vec![row("a", "x")]),
            Err(UnitError::NoSuchParent { .. })
        ));
        let chain = (0..40).map(|i| {
            row(
                &format!("{i:02}"),
                &if i == 0 {
                    String::new()
                } else {
                    format!("{:02}", i - 1)
                },
            )
        });
        assert_eq!(
            Units::new(chain.collect()),
            Err(UnitError::TooDeep { id: "32".into() })
        );
        let circle = Units::new(vec![row("o", "a"), row("a", "b"), row("b", "a")]);
        assert_eq!(
            circle.map_err(|e| e.to_string()),
            Err("unit \"a\" lies within itself: a → b → a".to_owned())
        );
    }
}
