//! Whether parts make a study: every check that [`Study::new`](super::Study::new) makes.
//!
//! O(cells + sites + offers), and O(cells) for each group and count.

use std::collections::HashMap;

use super::group::Group;
use super::indicator::IndicatorOf;
use super::kinds::Takes;
use super::parts::StudyParts;
use super::study_error::{Part, StudyError};
use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::plane::Position;
use crate::units::{People, TravelTime};

type Checked = Result<(), StudyError>;

/// The first thing that is wrong, if anything is.
pub(super) fn check(parts: &StudyParts) -> Checked {
    check_ids(parts)?;
    check_places(parts)?;
    check_columns(parts)?;
    check_groups(parts)?;
    check_sites(parts)?;
    check_items(parts)?;
    check_units(parts)?;
    check_limits(parts)
}

fn check_ids(parts: &StudyParts) -> Checked {
    // Sites and items know the order of their ids, so that equal ones stand beside each other.
    if let Some((first, second)) = parts.sites.twice() {
        let id = parts.sites[second].id.clone();
        return Err(same_id(Part::Site(id), first.index(), second.index()));
    }
    if let Some((first, second)) = parts.catalogue.twice() {
        let id = parts.catalogue[second].id.clone();
        return Err(same_id(Part::Item(id), first.index(), second.index()));
    }
    let cells = parts.cells.as_slice();
    all_differ(cells.iter().map(|cell| &cell.id), Part::Cell)?;
    all_differ(parts.groups.iter().map(|group| &group.id), Part::Group)?;
    all_differ(parts.kinds.iter().map(|kind| &kind.name), Part::Kind)?;
    all_differ(parts.phases.iter().map(|phase| &phase.name), Part::Phase)?;
    let departments = parts.departments.iter().map(|entry| &entry.id);
    all_differ(departments, Part::Department)
}

/// Whether no id comes twice. O(ids).
fn all_differ<'a>(ids: impl Iterator<Item = &'a String>, part: fn(String) -> Part) -> Checked {
    let mut seen = HashMap::with_capacity(ids.size_hint().0);
    for (place, id) in ids.enumerate() {
        if let Some(first) = seen.insert(id, place) {
            return Err(same_id(part(id.clone()), first, place));
        }
    }
    Ok(())
}

const fn same_id(part: Part, first: usize, second: usize) -> StudyError {
    StudyError::SameId {
        part,
        first,
        second,
    }
}

/// Positions are checked where they are made, but for those that come off the plane.
fn check_places(parts: &StudyParts) -> Checked {
    for (_, site) in parts.sites.iter() {
        check_place(site.at, || Part::Site(site.id.clone()))?;
    }
    for cell in parts.cells.as_slice() {
        if let Some(at) = cell.at {
            check_place(at, || Part::Cell(cell.id.clone()))?;
        }
    }
    for (place, ends) in parts.barriers.iter().enumerate() {
        check_place(ends[0], || Part::Barrier(place))?;
        check_place(ends[1], || Part::Barrier(place))?;
    }
    check_gap(parts.walk.max_snap_m)
}

/// No number is at least zero when it is none: that one is refused, too.
const fn check_gap(metres: f64) -> Checked {
    if metres >= 0.0 {
        Ok(())
    } else {
        Err(StudyError::BadGap { metres })
    }
}

fn check_place(at: Position, part: impl FnOnce() -> Part) -> Checked {
    if at.is_on_globe() {
        Ok(())
    } else {
        Err(StudyError::NoPlace { part: part() })
    }
}

/// Every list that goes beside the cells is as long as they are.
fn check_columns(parts: &StudyParts) -> Checked {
    let cells = parts.cells.len();
    for name in parts.cells.count_names() {
        let count = parts.cells.counts(name).map_or(0, <[People]>::len);
        check_length(count, cells, || Part::Count(name.clone()))?;
    }
    for group in &parts.groups {
        check_length(group.people.len(), cells, || Part::Group(group.id.clone()))?;
    }
    check_zones(parts)
}

/// Whether each cell lies in a zone that is there, or in none.
fn check_zones(parts: &StudyParts) -> Checked {
    let of_cells = parts.zones.of_cells();
    // A study without zones need not say so for each cell.
    if of_cells.is_empty() && parts.zones.is_empty() {
        return Ok(());
    }
    check_length(of_cells.len(), parts.cells.len(), || Part::Zones)?;
    let zones = parts.zones.iter().count();
    for (cell, zone) in parts.cells.as_slice().iter().zip(of_cells) {
        if let Some(zone) = zone.filter(|zone| zone.index() >= zones) {
            let part = Part::Cell(cell.id.clone());
            let zone = zone.index();
            return Err(StudyError::NoSuchZone { part, zone, zones });
        }
    }
    Ok(())
}

fn check_length(count: usize, cells: usize, part: impl FnOnce() -> Part) -> Checked {
    if count == cells {
        return Ok(());
    }
    let part = part();
    Err(StudyError::WrongCount { part, count, cells })
}

/// Groups split the people of a cell; those apart are counted by themselves.
fn check_groups(parts: &StudyParts) -> Checked {
    // All together, for two groups that each fit may count somebody twice.
    let inside: Vec<&Group> = parts.groups.iter().filter(|group| !group.apart).collect();
    for (id, cell) in parts.cells.iter() {
        let counted = in_groups(&inside, id);
        if counted > cell.people {
            return Err(StudyError::GroupsExceedPeople {
                part: Part::Cell(cell.id.clone()),
                counted,
                people: cell.people,
            });
        }
    }
    Ok(())
}

fn in_groups(groups: &[&Group], cell: CellId) -> People {
    groups.iter().map(|group| group.in_cell(cell)).sum()
}

/// Whether all that name sites name some that are there.
fn check_sites(parts: &StudyParts) -> Checked {
    let sites = parts.sites.len();
    for (item, of) in parts.catalogue.iter() {
        // Offers stand in the order of their sites, so the last one names the largest.
        let last = parts.catalogue.offers(item).last();
        check_site(last.map(|offer| offer.site), sites, || {
            Part::Item(of.id.clone())
        })?;
    }
    for group in &parts.groups {
        let last = group
            .usable
            .as_ref()
            .and_then(|usable| usable.iter().last());
        check_site(last, sites, || Part::Group(group.id.clone()))?;
    }
    for paper in &parts.delegations {
        check_site(Some(paper.site), sites, || Part::Paper(paper.paper.clone()))?;
    }
    Ok(())
}

fn check_site(site: Option<SiteId>, sites: usize, part: impl FnOnce() -> Part) -> Checked {
    let Some(site) = site.map(SiteId::index).filter(|&site| site >= sites) else {
        return Ok(());
    };
    let part = part();
    Err(StudyError::NoSuchSite { part, site, sites })
}

/// Whether something is asked, and all that name items name some that are there.
fn check_items(parts: &StudyParts) -> Checked {
    if parts.target.items.is_empty() {
        return Err(StudyError::NothingAsked);
    }
    let items = parts.catalogue.len();
    check_all_items(&parts.target.items, items, || Part::Target)?;
    for kind in parts.kinds.iter() {
        if let Some(Takes::Items(of)) = &kind.takes {
            check_all_items(of, items, || Part::Kind(kind.name.clone()))?;
        }
    }
    for phase in &parts.phases {
        check_all_items(&phase.items, items, || Part::Phase(phase.name.clone()))?;
    }
    for indicator in &parts.indicators {
        if let IndicatorOf::Items(of) = &indicator.of {
            check_all_items(of, items, || Part::Indicator(indicator.name.clone()))?;
        }
    }
    for paper in &parts.delegations {
        check_all_items(&[paper.item], items, || Part::Paper(paper.paper.clone()))?;
    }
    Ok(())
}

fn check_all_items(named: &[ItemId], items: usize, part: impl FnOnce() -> Part) -> Checked {
    let Some(item) = named.iter().find(|item| item.index() >= items) else {
        return Ok(());
    };
    Err(StudyError::NoSuchItem {
        part: part(),
        item: item.index(),
        items,
    })
}

/// Whether all that name units name some that are there.
fn check_units(parts: &StudyParts) -> Checked {
    let units = parts.units.len();
    for (_, site) in parts.sites.iter() {
        check_all_units(site.unit.as_slice(), units, || Part::Site(site.id.clone()))?;
    }
    for cell in parts.cells.as_slice() {
        check_all_units(cell.unit.as_slice(), units, || Part::Cell(cell.id.clone()))?;
    }
    for phase in &parts.phases {
        check_all_units(&phase.units, units, || Part::Phase(phase.name.clone()))?;
    }
    for indicator in &parts.indicators {
        if let IndicatorOf::Sites { units: of, .. } | IndicatorOf::Units { units: of, .. } =
            &indicator.of
        {
            check_all_units(of, units, || Part::Indicator(indicator.name.clone()))?;
        }
    }
    Ok(())
}

fn check_all_units(named: &[UnitId], units: usize, part: impl FnOnce() -> Part) -> Checked {
    let Some(unit) = named.iter().find(|unit| unit.index() >= units) else {
        return Ok(());
    };
    Err(StudyError::NoSuchUnit {
        part: part(),
        unit: unit.index(),
        units,
    })
}

/// No limit may pass what is searched, or sites within it would be told to be out of reach.
fn check_limits(parts: &StudyParts) -> Checked {
    let search = parts.target.search;
    check_limit(Some(parts.target.limit), search, || Part::Target)?;
    // A zone's limit holds before the phase's, and the phase's before the target's: each may decide.
    for phase in &parts.phases {
        check_limit(phase.limit, search, || Part::Phase(phase.name.clone()))?;
    }
    for (_, zone) in parts.zones.iter() {
        check_limit(zone.limit, search, || Part::Zone(zone.name.clone()))?;
    }
    Ok(())
}

fn check_limit(
    limit: Option<TravelTime>,
    search: TravelTime,
    part: impl FnOnce() -> Part,
) -> Checked {
    let Some(limit) = limit.filter(|&limit| limit > search) else {
        return Ok(());
    };
    Err(StudyError::LimitBeyondSearch {
        part: part(),
        limit,
        search,
    })
}
