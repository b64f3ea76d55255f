//! Bounds of coverage: how it could change by what lies beyond the boundary (the *edge effect*).
//!
//! A study knows streets and sites up to its [boundary](crate::model::Boundary). A cell near it may be
//! nearer to a centre across the border than to any of its own, which the study cannot know. So
//! coverage gets two bounds between which it lies, whatever lies beyond.
//!
//! **Who could be affected.** What lies beyond changes a cell's answer only by a walk that leaves the
//! boundary. Such a walk is at least as long as the straight line to the boundary. So a cell is at the
//! edge, and *flagged*, when the boundary is as near, in a straight line, as one walks within the
//! limit: 1,000 m at 4 km/h and 15 minutes. Its zone's limit and speed hold, and the group's speed;
//! with slopes, the speed down the slope that is walked the fastest. A fixed link (a minibus) may carry
//! beyond: who can board one early enough to be at the boundary within the limit, in straight lines
//! and by further links, is flagged as well. All others are certain. Cells outside of the boundary are
//! flagged too.
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
//! **Helpers who come home** walk as all people alike, as far as the radius of their site. For those who
//! need one, what is said of the limit holds of the greatest radius as well. Sites beyond the boundary are
//! taken to send theirs no farther than sites within it do.
//!
//! Worked example: of 100 people 80 are covered. 15 live within 1,000 m of the border, 5 of them
//! covered; these 5 stand on their streets. Coverage is at least 80 % and at most 90 %.
//!
//! The bounds rest on complete streets, sites and fixed links within the boundary, up to the line
//! itself, on snapping to all of them (`min_component = 0`; a finding says so where it is not), and on
//! links that join the streets where they do: none of their ends has a nearer street beyond.

use rayon::prelude::*;

use super::border_links::{WaysOut, farthest_m, reaches};
use super::border_snap::BorderSnaps;
use super::coverage::Coverage;
use super::question::{PartyResult, Question};
use super::tree_sums::{TreeSums, par_cells};
use super::verdict::VerdictKind;
use crate::ids::{CellId, UnitId};
use crate::model::{Boundary, Profile};
use crate::plane::Position;
use crate::search::TravelTimes;
use crate::units::{People, Share};

/// What coverage could be, whatever lies beyond the boundary.
///
/// ```
/// use walkshed::model::Boundary;
/// use walkshed::{Options, People, draw, plane::Position};
/// // Streets are known up to 400 m around: a is covered, b stands at the edge.
/// let town = draw::town("A-s-a-------------b-B", 100.0, "s");
/// let corner = |lon: f64, lat: f64| Position::new(lon / 111.3, lat / 110.6).unwrap();
/// let ring = [(-3.0, -3.0), (2.0, -3.0), (2.0, 3.0), (-3.0, 3.0)].map(|(lon, lat)| corner(lon, lat));
/// let study = town.with(|parts| parts.boundary = Boundary::new(vec![vec![ring.to_vec()]]))?;
/// let bounds = walkshed::run(&study, &Options::default()).unwrap().breakdown.border.unwrap();
/// assert_eq!(bounds.flagged, [walkshed::ids::CellId::new(1)]);
/// assert_eq!([bounds.total.lower, bounds.total.upper], [1, 3].map(People::whole));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BorderBounds {
    /// The cells whose answer could change, in order.
    pub flagged: Vec<CellId>,
    /// The bounds over all cells.
    pub total: Bounds,
    /// The bounds by unit, sub-units included, in the order of [`Coverage::by_unit`].
    pub units: Vec<UnitBounds>,
}

/// The bounds of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitBounds {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its bounds.
    pub bounds: Bounds,
}

/// A lower and an upper bound of the people covered.
///
/// ```
/// use walkshed::People;
/// use walkshed::score::Bounds;
/// // Of 100 people 80 are covered; 15 live near the border, 5 of them covered for certain.
/// let [flagged, people, lower, covered, upper] = [15, 100, 80, 80, 90].map(People::whole);
/// let bounds = Bounds { cells_flagged: 3, flagged, people, lower, covered, upper };
/// assert!(bounds.lower <= bounds.covered && bounds.covered <= bounds.upper);
/// assert_eq!(bounds.upper.share_of(bounds.people).to_string(), "90.0 %");
/// ```
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

    pub(super) fn add_people(&mut self, people: People, cell: CellBounds) {
        self.people += people;
        if cell.flagged {
            self.flagged += people;
        }
        if cell.covered {
            self.covered += people;
        }
        // Of one cell lower ≤ covered ≤ upper, and so of all sums.
        if cell.covered && !cell.unsure {
            self.lower += people;
        }
        if cell.covered || cell.flagged {
            self.upper += people;
        }
    }
}

/// What the boundary means for one cell.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellBounds {
    /// As the study computes it.
    pub covered: bool,
    /// Its answer could change.
    pub flagged: bool,
    /// It is covered and might not be.
    pub unsure: bool,
}

impl CellBounds {
    /// As the study computes it, and no other.
    fn certain(result: PartyResult) -> Self {
        Self {
            covered: result.verdict == VerdictKind::Covered,
            flagged: false,
            unsure: false,
        }
    }
}

/// The bounds of a coverage; none when the study has no boundary, or nothing is asked.
///
/// In parallel; O(cells × (log of the boundary's pieces + sites within the limit)).
///
/// ```
/// use walkshed::{People, Silent, draw, model::Boundary, plane::Position, score, search};
/// // The cells a, b, c, d hold 1, 2, 4, 8 people and are 400, 800, 1200, 1600 m from the site. The
/// // boundary runs 700 m east of d and 1,100 m east of c.
/// let study = draw::town("A-s---a---b---c---d-E", 100.0, "s");
/// let at = |east: f64, north: f64| Position::new(east / 111_319.5, north / 110_574.3).unwrap();
/// let ring = vec![at(-9e3, -9e3), at(2500.0, -9e3), at(2500.0, 9e3), at(-9e3, 9e3)];
/// let study = study.with(|parts| parts.boundary = Boundary::new(vec![vec![ring]])).unwrap();
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// let total = score::border_bounds(&now).unwrap().total;
/// assert_eq!((total.lower, total.covered, total.upper), (People::whole(3), People::whole(3), People::whole(3 + 8)));
/// ```
#[must_use]
pub fn border_bounds(coverage: &Coverage) -> Option<BorderBounds> {
    let study = coverage.study();
    let boundary = study.boundary()?;
    // Who is asked nothing is covered neither at best nor at worst.
    if coverage.items().is_empty() {
        return None;
    }
    let of_parties = of_parties(coverage, Some(boundary));
    let flagged: Vec<CellId> = study
        .cells()
        .iter()
        .map(|(id, _)| id)
        .filter(|&id| is_flagged(coverage, &of_parties, id))
        .collect();
    let sums = summed_up(coverage, &of_parties, &flagged);
    Some(BorderBounds {
        flagged,
        total: sums.total,
        units: units_of(coverage, &sums),
    })
}

/// What the boundary means for each cell, by the parties of a coverage; without a boundary, whether it
/// is covered.
pub(super) fn of_parties(coverage: &Coverage, boundary: Option<&Boundary>) -> Vec<Vec<CellBounds>> {
    let study = coverage.study();
    let parties = coverage.parties.all().iter().enumerate();
    let of_party = |(place, question): (usize, &Question)| {
        // Made once a party: what it needs of all sites and links is asked for each cell.
        let border = boundary.map(|boundary| Border::new(question, boundary));
        let bounds = par_cells(study).map(|cell| {
            let result = coverage.results(cell)[place];
            match &border {
                Some(border) => border.cell(cell, result),
                None => CellBounds::certain(result),
            }
        });
        bounds.collect()
    };
    parties.map(of_party).collect()
}

/// The bounds of all units of a coverage.
pub(super) fn units_of(coverage: &Coverage, sums: &TreeSums<Bounds>) -> Vec<UnitBounds> {
    let units = coverage.by_unit().into_iter().map(|row| UnitBounds {
        unit: row.unit,
        id: row.id.to_owned(),
        name: row.name.to_owned(),
        bounds: *sums.of(row.unit),
    });
    units.collect()
}

/// Whether the answer of anybody who lives in a cell could change; where nobody does, that of the last
/// party.
fn is_flagged(coverage: &Coverage, of_parties: &[Vec<CellBounds>], cell: CellId) -> bool {
    let mut anybody = false;
    for (question, bounds) in coverage.parties.all().iter().zip(of_parties) {
        // A party of nobody changes nothing there.
        if question.number(cell) > People::ZERO {
            anybody = true;
            if bounds[cell.index()].flagged {
                return true;
            }
        }
    }
    let last = of_parties.last().map(|bounds| bounds[cell.index()]);
    !anybody && last.is_some_and(|bounds| bounds.flagged)
}

/// The bounds of all parties of all cells, by unit.
fn summed_up(
    coverage: &Coverage,
    of_parties: &[Vec<CellBounds>],
    flagged: &[CellId],
) -> TreeSums<Bounds> {
    let study = coverage.study();
    let mut sums = TreeSums::new(study.units(), Bounds::default());
    for (question, bounds) in coverage.parties.all().iter().zip(of_parties) {
        for (&bounds, (id, cell)) in bounds.iter().zip(study.cells().iter()) {
            let people = question.number(id);
            sums.change(study.units(), cell.unit, |sum| {
                sum.add_people(people, bounds);
            });
        }
    }
    // People count with each party, a cell counts once, whichever party of it is flagged.
    for &id in flagged {
        let unit = study.cells()[id].unit;
        sums.change(study.units(), unit, |sum| sum.cells_flagged += 1);
    }
    sums
}

/// One party of a coverage beside the boundary.
struct Border<'a> {
    question: &'a Question,
    boundary: &'a Boundary,
    snaps: BorderSnaps<'a>,
    /// For each site, whether it might hang on a street beyond the boundary.
    loose_sites: Vec<bool>,
    /// How they walk where no zone is, then in each zone.
    profiles: Vec<Profile>,
    /// Where links carry them beyond, by the same places.
    ways_out: Vec<WaysOut>,
    /// The helpers who come to them, beside the boundary; none where none come.
    helpers: Option<HelpersBorder<'a>>,
}

/// The helpers who come to a party's homes, beside the boundary.
struct HelpersBorder<'a> {
    times: &'a TravelTimes,
    snaps: BorderSnaps<'a>,
    loose_sites: Vec<bool>,
    /// How they walk, and where links carry them beyond, by the same places as the party.
    profiles: Vec<Profile>,
    ways_out: Vec<WaysOut>,
}

impl<'a> Border<'a> {
    fn new(question: &'a Question, boundary: &'a Boundary) -> Self {
        let study = &question.study;
        let profiles = study.profiles(question.setting.who.group());
        // Helpers walk by rules of their own: where they hang and who may leave is asked once more.
        let helpers = question.walks_of_helpers().map(|times| {
            let profiles = study.profiles(None);
            let snaps = BorderSnaps::new(times, boundary);
            HelpersBorder {
                times,
                loose_sites: snaps.loose_sites(),
                snaps,
                ways_out: ways_out(times, boundary, &profiles),
                profiles,
            }
        });
        let snaps = BorderSnaps::new(&question.times, boundary);
        Self {
            question,
            boundary,
            loose_sites: snaps.loose_sites(),
            snaps,
            ways_out: ways_out(&question.times, boundary, &profiles),
            profiles,
            helpers,
        }
    }

    /// What the boundary means for them in one cell, where they come to this.
    /// O(log of the boundary's pieces + sites within the limit).
    fn cell(&self, cell: CellId, result: PartyResult) -> CellBounds {
        let covered = result.verdict == VerdictKind::Covered;
        // What lies beyond does not mend a row that was rejected.
        let Some(at) = self.question.study.cells()[cell].at else {
            return CellBounds::certain(result);
        };
        // A way by streets beyond the boundary is at least as long as the straight line
        // to it.
        let helped = self.helpers.as_ref();
        let near = self.could_leave(cell, at)
            || helped.is_some_and(|helpers| helpers.could_leave(self, cell, at));
        let unsure = covered
            && (self.might_be_lost(cell, at, near)
                || helped.is_some_and(|helpers| helpers.reach_loose(self, cell, at)));
        CellBounds {
            covered,
            flagged: unsure || near,
            unsure,
        }
    }

    /// Whether a cell that is covered might not be: by another street to hang on, or by a shorter way
    /// that leads to a door which is not open yet.
    fn might_be_lost(&self, cell: CellId, at: Position, near: bool) -> bool {
        // From what costs least to what costs most.
        self.snaps.is_loose(cell, at)
            || self.reaches_loose_site(cell)
            || (near && !self.question.covered_however_soon(cell))
    }

    /// Whether somebody may be at the boundary within the limit of a cell: as its zone and its group
    /// go, in a straight line or by a link.
    fn could_leave(&self, cell: CellId, at: Position) -> bool {
        let zone = self.question.study.zones().of(cell);
        let place = zone.map_or(0, |(zone, _)| zone.index() + 1);
        let limit = self.question.limit(cell);
        let metres = farthest_m(&self.profiles[place], limit);
        reaches(self.boundary, at, metres) || self.ways_out[place].lead_out(at, limit)
    }

    fn reaches_loose_site(&self, cell: CellId) -> bool {
        let limit = self.question.limit(cell);
        let reaches = self.question.times.of(cell).iter();
        reaches
            .take_while(|reach| reach.time <= limit)
            .any(|reach| self.loose_sites[reach.site.index()])
    }
}

impl HelpersBorder<'_> {
    /// Whether a helper may come from the boundary or by streets beyond it: as far as the farthest goes.
    fn could_leave(&self, border: &Border<'_>, cell: CellId, at: Position) -> bool {
        let zone = border.question.study.zones().of(cell);
        let place = zone.map_or(0, |(zone, _)| zone.index() + 1);
        let radius = border.question.farthest_helper(cell);
        let metres = farthest_m(&self.profiles[place], radius);
        reaches(border.boundary, at, metres) || self.ways_out[place].lead_out(at, radius)
    }

    /// Whether the cell, or a site from which a helper may come, might hang on a street beyond.
    fn reach_loose(&self, border: &Border<'_>, cell: CellId, at: Position) -> bool {
        let radius = border.question.farthest_helper(cell);
        let mut reaches = self.times.of(cell).iter();
        self.snaps.is_loose(cell, at)
            || reaches.any(|reach| reach.time <= radius && self.loose_sites[reach.site.index()])
    }
}

/// Where links carry beyond those who go by these profiles.
fn ways_out(times: &TravelTimes, boundary: &Boundary, profiles: &[Profile]) -> Vec<WaysOut> {
    let most = times.budget();
    let profiles = profiles.iter();
    profiles
        .map(|&profile| WaysOut::new(times.study(), boundary, profile, most))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::ids::{EdgeId, GroupId, ZoneId};
    use crate::model::{Group, Link, Study, StudyParts, Who, Zone, Zones};
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
            who: group.map_or(Who::People, Who::Group),
            ..Setting::default()
        };
        let now = coverage_for(walks.of(group), study.target(), setting);
        let bounds = border_bounds(&now).expect("there is a boundary");
        assert_eq!(bounds.total.people, now.total().people());
        assert_eq!(bounds.total.covered, now.total().covered());
        (
            bounds
                .flagged
                .iter()
                .map(|&id| study.cells()[id].id.as_str())
                .collect(),
            bounds.total,
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
            mode: crate::model::Mode::Walk,
        };
        move |parts| {
            parts.zones = Zones::new(
                vec![zone],
                vec![None, None, Some(ZoneId::new(0)), Some(ZoneId::new(0))],
            );
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
    fn who_gets_to_a_link_early_enough_may_leave_by_it() {
        let minibus = |minutes, both_ways| {
            move |parts: &mut StudyParts| {
                let streets = parts.network.clone();
                let street = EdgeId::new(0);
                let link = Link {
                    name: String::new(),
                    // From a to 300 m before the boundary: 4.5 minutes on foot.
                    ends: [(street, 500.0), (street, 2200.0)],
                    time: TravelTime::from_minutes(minutes),
                    both_ways,
                };
                parts.network = streets.with_links(&[link]).expect("joined");
            }
        };
        assert_eq!(flagged(&town(minibus(10, false)), None).0, ["a", "c", "d"]);
        assert_eq!(flagged(&town(minibus(11, true)), None).0, ["c", "d"]);
        // b is 7.5 minutes from the stop.
        assert_eq!(
            flagged(&town(minibus(2, true)), None).0,
            ["a", "b", "c", "d"]
        );
        assert_eq!(flagged(&town(minibus(4, true)), None).0, ["a", "c", "d"]);
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
