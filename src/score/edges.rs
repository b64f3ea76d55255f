//! Honest edges: how coverage could change by what lies beyond the boundary.
//!
//! A study knows streets and sites up to its [boundary](crate::model::Boundary). A cell near it may be
//! nearer to a centre across the border than to any of its own, which the study cannot know. So
//! coverage gets two bounds between which it lies, whatever lies beyond.
//!
//! **Who could be affected.** What lies beyond changes a cell's answer only by a walk that leaves the
//! boundary. Such a walk is at least as long as the straight line to the boundary. So a cell is at the
//! edge, and *flagged*, when the boundary is as near, in a straight line, as one walks within the
//! limit: 1,000 m at 4 km/h and 15 minutes. Its zone's limit and speed hold, and the group's speed;
//! with slopes, the speed down the slope that is walked the fastest. All others are certain. Cells
//! outside of the boundary are flagged too.
//!
//! **Upper bound.** More streets and more sites open more ways. At best every flagged cell is
//! covered: those that are already, and those that are not, for whatever reason: too far, nothing
//! offered, out of reach, and stranded, for the missing street may lie beyond. Only a cell whose row
//! was rejected stays unknown: what lies beyond does not mend the row.
//!
//! **Lower bound.** More streets never lengthen a walk along the streets that are known. So who is
//! covered stays covered, with one exception: a point hangs on its *nearest* street, and if the
//! boundary is nearer than that, the nearest might be one beyond, with a longer way. So a covered cell
//! is certain only when it stands nearer to its street than to the boundary, and so does every site
//! that it reaches within the limit. With opening hours there is another exception: a shorter way
//! beyond the boundary may lead to a door that is not open *yet*. So a covered cell that is at the edge
//! is certain only when the sites that it needs are open from its people's leaving on. Covered cells
//! that are not certain are flagged too.
//!
//! Worked example: of 100 people 80 are covered. 15 live within 1,000 m of the border, 5 of them
//! covered; these 5 stand on their streets. Coverage is at least 80 % and at most 90 %.
//!
//! The bounds rest on complete streets and sites within the boundary, up to the line itself, and on
//! snapping to all of them (`min_component = 0`).

use rayon::prelude::*;

use super::{Coverage, VerdictKind};
use crate::ids::{CellId, UnitId};
use crate::model::{Boundary, Profile, slope_factor};
use crate::plane::Position;
use crate::snap::Snap;
use crate::units::{People, Share};

/// What coverage could be, whatever lies beyond the boundary.
#[derive(Debug, Clone, PartialEq)]
pub struct Edges<'a> {
    /// The cells whose answer could change, in order.
    pub flagged: Vec<CellId>,
    /// The bounds over all cells.
    pub total: Bounds,
    /// The bounds by unit, sub-units included, in the order of [`Coverage::by_unit`].
    pub units: Vec<UnitBounds<'a>>,
}

/// The bounds of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitBounds<'a> {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its bounds.
    pub bounds: Bounds,
}

/// A lower and an upper bound of the people covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// How many cells are flagged.
    pub cells_flagged: u64,
    /// The people in flagged cells.
    pub flagged: People,
    /// All people.
    pub people: People,
    /// Fewer are not covered, whatever lies beyond.
    pub lower: People,
    /// As the study computes it, as if nothing lay beyond.
    pub covered: People,
    /// More are not covered, whatever lies beyond.
    pub upper: People,
}

impl Bounds {
    /// The least share of people covered.
    #[must_use]
    pub fn lower_share(&self) -> Share {
        self.lower.share_of(self.people)
    }

    /// The greatest share of people covered.
    #[must_use]
    pub fn upper_share(&self) -> Share {
        self.upper.share_of(self.people)
    }

    fn add(&mut self, people: People, edge: Edge) {
        self.people += people;
        if edge.flagged {
            self.cells_flagged += 1;
            self.flagged += people;
        }
        for (sum, counts) in [
            (&mut self.lower, edge.covered && !edge.unsure),
            (&mut self.covered, edge.covered),
            (&mut self.upper, edge.covered || edge.flagged),
        ] {
            if counts {
                *sum += people;
            }
        }
    }
}

/// The slope at which [`slope_factor`] is greatest.
const FASTEST_SLOPE: f64 = -0.05;

/// What the boundary means for one cell.
#[derive(Debug, Clone, Copy)]
struct Edge {
    /// As the study computes it.
    covered: bool,
    /// Its answer could change.
    flagged: bool,
    /// It is covered and might not be.
    unsure: bool,
}

/// The bounds of a coverage; none when the study has no boundary.
///
/// In parallel; O(cells × (log of the boundary's pieces + sites within the limit)).
///
/// ```
/// use walkshed::{People, draw, model::{Boundary, Study}, plane::Position, score, search, snap};
/// // The cells a, b, c, d hold 1, 2, 4, 8 people and are 400, 800, 1200, 1600 m from the site. The
/// // boundary runs 700 m east of d and 1,100 m east of c.
/// let study = draw::town("A-s---a---b---c---d-E", 100.0, "s");
/// let study = study.with(|parts| {
///     let at = |east: f64, north: f64| Position::new(east / 111_319.5, north / 110_574.3).unwrap();
///     let ring = vec![at(-9e3, -9e3), at(2500.0, -9e3), at(2500.0, 9e3), at(-9e3, 9e3)];
///     parts.boundary = Boundary::new(vec![vec![ring]]);
/// }).unwrap();
/// let links = snap::link(&study);
/// let times = search::travel_times(&study, &links, study.target().search);
/// let now = score::coverage(&study, &times, study.target());
/// let total = score::edges(&now).unwrap().total;
/// assert_eq!((total.lower, total.covered, total.upper), (People::whole(3), People::whole(3), People::whole(3 + 8)));
/// ```
#[must_use]
pub fn edges<'a>(coverage: &Coverage<'a>) -> Option<Edges<'a>> {
    let study = coverage.study();
    let judge = Judge::new(coverage, study.boundary()?);
    let cells: Vec<Edge> = (0..study.cells().len())
        .into_par_iter()
        .map(|cell| judge.edge(CellId::new(cell)))
        .collect();
    let mut total = Bounds::default();
    let mut units = vec![Bounds::default(); study.units().len()];
    let mut unassigned = Bounds::default();
    for (&edge, (id, cell)) in cells.iter().zip(study.cells().iter()) {
        let people = coverage.people(id);
        total.add(people, edge);
        match cell.unit {
            Some(unit) => study
                .units()
                .upward(unit)
                .for_each(|unit| units[unit.index()].add(people, edge)),
            None => unassigned.add(people, edge),
        }
    }
    let rows = coverage.by_unit().into_iter().map(|row| UnitBounds {
        unit: row.unit,
        id: row.id,
        name: row.name,
        bounds: row.unit.map_or(unassigned, |unit| units[unit.index()]),
    });
    let flagged = cells
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.flagged)
        .map(|(cell, _)| CellId::new(cell));
    Some(Edges {
        flagged: flagged.collect(),
        total,
        units: rows.collect(),
    })
}

struct Judge<'a> {
    coverage: &'a Coverage<'a>,
    boundary: &'a Boundary,
    /// For each site, whether it might hang on a street beyond the boundary.
    loose_sites: Vec<bool>,
    /// How the people walk where no zone is, then in each zone.
    profiles: Vec<Profile>,
}

impl<'a> Judge<'a> {
    fn new(coverage: &'a Coverage<'a>, boundary: &'a Boundary) -> Self {
        let sites = coverage.study().sites();
        let links = coverage.times().links();
        let loose_sites = sites
            .iter()
            .map(|(id, site)| is_loose(boundary, site.at, links.site(id)))
            .collect();
        let profiles = coverage.study().profiles(coverage.setting().group);
        Self {
            coverage,
            boundary,
            loose_sites,
            profiles,
        }
    }

    fn edge(&self, cell: CellId) -> Edge {
        let covered = self.coverage.cell(cell).verdict == VerdictKind::Covered;
        let Some(at) = self.coverage.study().cells()[cell].at else {
            return Edge {
                covered,
                flagged: false,
                unsure: false,
            };
        };
        let snap = self.coverage.times().links().cell(cell);
        let loose = || {
            snap.is_some_and(|snap| is_loose(self.boundary, at, snap))
                || self.reaches_loose_site(cell)
        };
        let near = reaches(self.boundary, at, self.farthest_m(cell));
        let too_soon = || near && !self.coverage.covered_however_soon(cell);
        let unsure = covered && (loose() || too_soon());
        Edge {
            covered,
            flagged: unsure || near,
            unsure,
        }
    }

    /// How far one gets from a cell within its limit, in metres, in a straight line at most: as its
    /// zone and its group go, and down the slope that is walked the fastest.
    fn farthest_m(&self, cell: CellId) -> f64 {
        let zone = self
            .coverage
            .study()
            .zones()
            .of(cell)
            .map_or(0, |(zone, _)| zone.index() + 1);
        let profile = self.profiles[zone];
        let downhill = if profile.rules.slope {
            slope_factor(FASTEST_SLOPE)
        } else {
            1.0
        };
        profile.speed.metres(self.coverage.limit(cell)) * downhill
    }

    fn reaches_loose_site(&self, cell: CellId) -> bool {
        let limit = self.coverage.limit(cell);
        let mut within = self
            .coverage
            .times()
            .of(cell)
            .iter()
            .take_while(|reach| reach.time <= limit);
        within.any(|reach| self.loose_sites[reach.site.index()])
    }
}

/// Whether what lies beyond the boundary is within so many metres, in a straight line.
fn reaches(boundary: &Boundary, at: Position, metres: f64) -> bool {
    boundary.within(at, metres) || !boundary.contains(at)
}

/// Whether a point might hang on a street beyond the boundary, which is nearer than its own.
fn is_loose(boundary: &Boundary, at: Position, snap: Snap) -> bool {
    snap.gap()
        .is_some_and(|gap| gap > 0.0 && reaches(boundary, at, gap))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::ids::{GroupId, ZoneId};
    use crate::model::{Group, Study, StudyParts, Zone, Zones};
    use crate::progress::Silent;
    use crate::score::{Setting, coverage_for};
    use crate::search::walks;
    use crate::units::{Speed, TravelTime};

    /// The cells a, b, c, d hold 1, 2, 4, 8 people and stand 2,000, 1,500, 1,000 and 500 m before the boundary.
    fn town(change: impl FnOnce(&mut StudyParts)) -> Study {
        let study = draw::town("A-s--a----b----c----d-E", 100.0, "s");
        study
            .with(|parts| {
                let at = |east: f64, north: f64| {
                    Position::new(east / 111_319.5, north / 110_574.3).expect("near the equator")
                };
                let ring = vec![
                    at(-9e3, -9e3),
                    at(2499.0, -9e3),
                    at(2499.0, 9e3),
                    at(-9e3, 9e3),
                ];
                parts.boundary = Boundary::new(vec![vec![ring]]);
                change(parts);
            })
            .expect("still a study")
    }

    fn flagged(study: &Study, group: Option<GroupId>) -> (Vec<&str>, Bounds) {
        let walks = walks(study, study.target().search, &Silent);
        let setting = Setting {
            group,
            ..Setting::default()
        };
        let now = coverage_for(study, walks.of(group), study.target(), setting);
        let edges = edges(&now).expect("there is a boundary");
        assert_eq!(edges.total.people, now.total().people());
        assert_eq!(edges.total.covered, now.total().covered());
        (
            edges
                .flagged
                .iter()
                .map(|&id| study.cells()[id].id.as_str())
                .collect(),
            edges.total,
        )
    }

    fn zoned(limit: Option<u32>, kmh: Option<f64>) -> impl FnOnce(&mut StudyParts) {
        let (limit, speed) = (
            limit.map(TravelTime::from_minutes),
            kmh.and_then(Speed::from_kmh),
        );
        let zone = Zone {
            name: "far".to_owned(),
            limit,
            speed,
            by: "walk".to_owned(),
        };
        move |parts| {
            parts.zones = Zones::new(
                vec![zone],
                vec![None, None, Some(ZoneId::new(0)), Some(ZoneId::new(0))],
            )
        }
    }

    #[test]
    fn a_zone_flags_as_far_as_its_own_minutes_and_speed_go() {
        assert_eq!(flagged(&town(|_| {}), None).0, ["c", "d"], "1,000 m");
        assert_eq!(
            flagged(&town(zoned(Some(10), None)), None).0,
            ["d"],
            "667 m"
        );
        assert_eq!(
            flagged(&town(zoned(Some(6), None)), None).0,
            [""; 0],
            "400 m"
        );
        assert_eq!(
            flagged(&town(zoned(None, Some(3.0))), None).0,
            ["d"],
            "750 m"
        );
        let riding = |parts: &mut StudyParts| {
            zoned(Some(15), Some(8.0))(parts);
            parts.zones = Zones::new(
                parts.zones.iter().map(|(_, z)| z.clone()).collect(),
                vec![Some(ZoneId::new(0)); 4],
            );
        };
        assert_eq!(
            flagged(&town(riding), None).0,
            ["a", "b", "c", "d"],
            "2,000 m"
        );
    }

    #[test]
    fn where_slopes_count_one_might_walk_downhill_all_the_way() {
        let quick = |parts: &mut StudyParts| {
            parts.target.limit = TravelTime::from_minutes(13);
        };
        let study = town(quick);
        assert_eq!(flagged(&study, None).0, ["d"], "867 m");
        let study = study
            .with(|parts| parts.walk.rules.slope = true)
            .expect("still a study");
        assert_eq!(flagged(&study, None).0, ["c", "d"], "1,032 m");
    }

    #[test]
    fn a_group_counts_its_own_people_and_walks_its_own_speed() {
        let study = town(|parts| {
            let people = [1, 1, 3, 5].map(People::whole).to_vec();
            parts.groups = vec![Group {
                speed: Speed::from_kmh(3.0),
                ..Group::plain("slow", people)
            }];
        });
        let (cells, total) = flagged(&study, Some(GroupId::new(0)));
        assert_eq!(
            (cells, total.flagged, total.people),
            (vec!["d"], People::whole(5), People::whole(10))
        );
    }
}
