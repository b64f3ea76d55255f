//! The block of data that the script reads: numbers in columns, places as steps from one to the next,
//! and every text that it shows.

use serde::Serialize;

use super::colours;
use super::frame::{Frame, Point};
use super::labels::labels;
use super::land::Land;
use super::lines;
use super::subject::Subject;
use super::words::MapWords;
use crate::ids::{CellId, SiteId};
use crate::report::number::Number;
use crate::report::spoken::spoken;
use crate::report::words::party;
use crate::run::Results;
use crate::score::{Coverage, Served, VerdictKind};
use crate::text::steady;
use crate::units::{People, TravelTime};

/// So many points of streets and shores a page holds at most, each: about a megabyte.
const MOST_POINTS: usize = 120_000;
/// Streets are thinned by so many metres at least.
const THINNED_M: f64 = 3.0;
/// So many pairs of a site and a cell within its reach a page holds at most: two megabytes, where no two
/// cells stand side by side.
const MOST_PAIRS: u64 = 500_000;

/// All that the script knows.
#[derive(Serialize)]
pub(super) struct MapData<'r> {
    size: Point,
    view: [i64; 4],
    corner: [f64; 2],
    ground: f64,
    /// In minutes.
    limit: Number,
    words: MapWords,
    verdicts: Vec<Look>,
    whys: &'r [[String; 2]],
    units: Vec<String>,
    /// The parties that residents are made of, where they are several.
    groups: Vec<String>,
    labels: Vec<(i64, i64, String)>,
    kinds: Vec<String>,
    cells: CellColumns,
    sites: SiteColumns,
    streets: Vec<Vec<i64>>,
    water: Vec<Vec<i64>>,
    boundary: Vec<Vec<i64>>,
    borders: Vec<Vec<i64>>,
    /// The land from which a site is reached; empty where it was not asked for.
    lands: Vec<LandLayer>,
}

/// Land that can be shown.
#[derive(Serialize)]
struct LandLayer {
    name: String,
    rings: Vec<Vec<i64>>,
}

/// What a verdict is called, and its colour.
#[derive(Serialize)]
struct Look {
    name: String,
    colour: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outline: Option<&'static str>,
}

/// One entry a cell that has a place, in the order of the input.
#[derive(Serialize, Default)]
struct CellColumns {
    /// Steps from the cell before.
    x: Vec<i64>,
    y: Vec<i64>,
    id: Vec<String>,
    /// Empty where no cell has a name.
    name: Vec<String>,
    /// The place of its unit; -1 for none.
    unit: Vec<i64>,
    people: Vec<Number>,
    /// Those of them who are covered.
    covered: Vec<Number>,
    /// The place of the group that decides its verdict; -1 for none. Empty where all are alike.
    group: Vec<i64>,
    /// A digit a cell, the place of its verdict; `-` where nothing is asked.
    verdict: String,
    /// Whole seconds to the nearest site, rounded up; -1 for none.
    seconds: Vec<i64>,
    /// The place of the nearest site; -1 for none.
    site: Vec<i64>,
    /// A percentage, rounded down; -1 for none.
    score: Vec<i64>,
    done: Vec<u32>,
    asked: Vec<u32>,
    /// The place of its reason and cure; -1 for none.
    why: Vec<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firms: Option<Vec<Number>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firm_verdict: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firm_why: Option<Vec<i64>>,
    /// The verdicts as the study could be, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
}

/// One entry a site.
#[derive(Serialize, Default)]
struct SiteColumns {
    x: Vec<i64>,
    y: Vec<i64>,
    id: Vec<String>,
    name: Vec<String>,
    /// The place of its kind.
    kind: Vec<usize>,
    /// How many of the asked items it handles.
    items: Vec<usize>,
    people: Vec<Number>,
    people_nearest: Vec<Number>,
    /// The cells that reach it within the limit: their places in [`runs`]. None where all sites
    /// together have too many for a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    within: Option<Vec<Vec<usize>>>,
}

impl<'r> MapData<'r> {
    /// O(cells × classes of items + streets).
    pub(super) fn of(subject: &Subject<'r>, frame: &Frame, lands: &[Land]) -> Self {
        let study = subject.study();
        let results = subject.results;
        let cells = CellColumns::of(subject, frame);
        let streets = lines::streets(study.network(), frame);
        let water = lines::barriers(study.barriers(), frame);
        let boundary = study
            .boundary()
            .map(|boundary| lines::outlines(boundary, frame));
        let boundary = boundary.unwrap_or_default();
        let borders = lines::borders(study.units(), frame);
        let kinds = kinds(results);
        Self {
            size: frame.size,
            view: frame.view,
            corner: frame.corner,
            ground: frame.ground,
            limit: subject.summary.parameters.minutes,
            words: MapWords::of(subject),
            verdicts: looks(subject),
            whys: &subject.reasons.told,
            groups: groups(subject),
            units: study
                .units()
                .iter()
                .map(|(_, unit)| steady(&unit.name))
                .collect(),
            labels: labels(&results.coverage, frame),
            sites: SiteColumns::of(results, frame, &kinds),
            kinds: kinds
                .iter()
                .map(|kind| steady(&subject.say(&spoken("kind", kind))))
                .collect(),
            cells,
            streets: packed(&lines::within(&streets, THINNED_M, MOST_POINTS)),
            water: packed(&lines::within(&water, THINNED_M, MOST_POINTS)),
            boundary: packed(&lines::within(&boundary, THINNED_M, MOST_POINTS)),
            borders: packed(&lines::within(&borders, THINNED_M, MOST_POINTS)),
            lands: layers(subject, frame, lands),
        }
    }
}

fn layers(subject: &Subject<'_>, frame: &Frame, lands: &[Land]) -> Vec<LandLayer> {
    let layer = |land: &Land| LandLayer {
        name: subject.say(&land.name(subject.study())),
        rings: packed(&lines::within(
            &land.rings(frame),
            THINNED_M,
            MOST_POINTS / lands.len(),
        )),
    };
    lands.iter().map(layer).collect()
}

fn looks(subject: &Subject<'_>) -> Vec<Look> {
    let look = |kind: VerdictKind| Look {
        name: subject.say(&kind.name()),
        colour: colours::of_verdict(kind),
        outline: colours::outline(kind),
    };
    VerdictKind::ALL.into_iter().map(look).collect()
}

/// What the parties of residents are called; none where all are alike.
fn groups(subject: &Subject<'_>) -> Vec<String> {
    let parties = subject.results.coverage.parties();
    if parties.len() < 2 {
        return Vec::new();
    }
    parties
        .map(|one| subject.say(&party(subject.study(), one.who())))
        .collect()
}

/// The place of the first party with the gravest verdict in a cell; none where all are covered.
fn deciding(now: &Coverage, id: CellId) -> Option<usize> {
    let verdict = now.cell(id).verdict;
    let mut verdicts = now.verdicts_in(id);
    let (decides, _) = verdicts.find(|(_, own)| *own == verdict)?;
    let is_lacking = verdict != VerdictKind::Covered;
    let mut parties = now.parties().filter(|_| is_lacking);
    parties.position(|party| party.who() == decides.who())
}

/// The kinds of sites, in the order of their names.
pub(super) fn kinds(results: &Results) -> Vec<&str> {
    let sites = results.study().sites().iter();
    let mut kinds: Vec<&str> = sites.map(|(_, site)| site.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Lines as one list of numbers each: the first point, then steps.
fn packed(lines: &[Vec<Point>]) -> Vec<Vec<i64>> {
    let mut packed = Vec::with_capacity(lines.len());
    for line in lines {
        let mut before = [0, 0];
        let mut steps = Vec::with_capacity(2 * line.len());
        for &[x, y] in line {
            steps.extend([x - before[0], y - before[1]]);
            before = [x, y];
        }
        packed.push(steps);
    }
    packed
}

impl CellColumns {
    fn of(subject: &Subject<'_>, frame: &Frame) -> Self {
        let results = subject.results;
        let now = &results.coverage;
        let study = results.study();
        let reasons = subject.reasons;
        let mut columns = Self::default();
        let mut before = [0, 0];
        let mut placed = Vec::with_capacity(study.cells().len());
        for (id, cell) in study.cells().iter() {
            let Some(at) = cell.at else {
                continue;
            };
            placed.push(id);
            let [x, y] = frame.point(at);
            columns.x.push(x - before[0]);
            columns.y.push(y - before[1]);
            before = [x, y];
            columns.id.push(steady(&cell.id));
            columns.name.push(steady(&cell.name));
            columns
                .unit
                .push(cell.unit.map_or(-1, |unit| place(unit.index())));
            columns
                .why
                .push(reasons.people[id.index()].map_or(-1, place));
            columns.add_result(now, id);
        }
        if columns.name.iter().all(String::is_empty) {
            columns.name.clear();
        }
        if let Some(firms) = &results.firms {
            columns.firms = Some(placed.iter().map(|&id| number(firms.people(id))).collect());
            columns.firm_verdict = Some(placed.iter().map(|&id| digit(firms, id)).collect());
            columns.firm_why = reasons.firms.as_ref().map(|firms| {
                let why = |id: &CellId| firms[id.index()].map_or(-1, place);
                placed.iter().map(why).collect()
            });
        }
        columns.after = after(results, &placed);
        columns
    }

    /// What a cell comes to.
    fn add_result(&mut self, now: &Coverage, id: CellId) {
        let result = now.cell(id);
        let nearest = now.nearest(id);
        self.people.push(number(now.people(id)));
        self.covered.push(number(result.covered));
        if now.parties().len() > 1 {
            self.group.push(deciding(now, id).map_or(-1, place));
        }
        self.verdict.push(digit(now, id));
        self.seconds
            .push(nearest.map_or(-1, |reach| seconds(reach.time)));
        self.site
            .push(nearest.map_or(-1, |reach| place(reach.site.index())));
        self.score.push(now.score(id).map_or(-1, percent));
        self.done.push(result.items_done);
        self.asked.push(result.items_asked);
    }
}

/// The verdicts after the changes of the study; a cell that is not among the changed ones keeps its own.
fn after(results: &Results, placed: &[CellId]) -> Option<String> {
    let change = results.change.as_ref()?;
    let changed = change
        .cells
        .iter()
        .map(|cell| (cell.after.id.as_str(), cell.after.verdict));
    let changed: std::collections::HashMap<&str, VerdictKind> = changed.collect();
    let cells = results.study().cells();
    let verdicts = placed.iter().map(|&id| {
        let verdict = changed.get(cells[id].id.as_str());
        verdict.map_or_else(|| digit(&results.coverage, id), |&kind| digit_of(kind))
    });
    Some(verdicts.collect())
}

impl SiteColumns {
    fn of(results: &Results, frame: &Frame, kinds: &[&str]) -> Self {
        let now = &results.coverage;
        let served = now.by_site();
        let mut columns = Self::default();
        for (id, site) in results.study().sites().iter() {
            let [x, y] = frame.point(site.at);
            columns.x.push(x);
            columns.y.push(y);
            columns.id.push(steady(&site.id));
            columns.name.push(steady(&site.name));
            let kind = kinds.binary_search(&site.kind.as_str());
            columns.kind.push(kind.unwrap_or_default());
            columns.items.push(handled(now, id));
            let served = &served[id.index()];
            columns.people.push(number(served.people));
            columns.people_nearest.push(number(served.people_nearest));
        }
        columns.within = within(now, &served);
        columns
    }
}

/// The cells within the limit of each site, counted among those that have a place.
fn within(now: &Coverage, served: &[Served]) -> Option<Vec<Vec<usize>>> {
    let pairs: u64 = served.iter().map(|served| served.cells).sum();
    if pairs > MOST_PAIRS {
        return None;
    }
    let cells = now.study().cells();
    let mut places = Vec::with_capacity(cells.len());
    let mut placed = 0;
    for (_, cell) in cells.iter() {
        places.push(placed);
        placed += usize::from(cell.at.is_some());
    }
    let runs = |cells: Vec<CellId>| runs(cells.iter().map(|cell| places[cell.index()]));
    Some(now.cells_by_site().into_iter().map(runs).collect())
}

/// Rising places as runs, for neighbours mostly stand side by side in a table: how many are left out, then
/// how many follow each other, and so on.
fn runs(places: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut runs = Vec::new();
    let mut next = 0;
    for place in places {
        match runs.last_mut() {
            Some(length) if place == next => *length += 1,
            _ => runs.extend([place - next, 1]),
        }
        next = place + 1;
    }
    runs
}

fn handled(now: &Coverage, id: SiteId) -> usize {
    let asked = &now.target().items;
    asked.iter().filter(|&&item| now.handles(id, item)).count()
}

fn digit(now: &Coverage, id: CellId) -> char {
    let result = now.cell(id);
    if result.items_asked == 0 {
        return '-';
    }
    digit_of(result.verdict)
}

fn digit_of(kind: VerdictKind) -> char {
    let place = VerdictKind::ALL.iter().position(|known| *known == kind);
    let digit = place.and_then(|place| u32::try_from(place).ok());
    digit
        .and_then(|digit| char::from_digit(digit, 10))
        .unwrap_or('-')
}

/// A number of people as [`whole`](crate::report::layout::whole) shows it; less than one with two decimals,
/// so that it is somebody.
fn number(people: People) -> Number {
    let people = people.as_f64();
    if people < 1.0 {
        Number::of((people * 100.0).round() / 100.0)
    } else {
        Number::of(people.round())
    }
}

fn seconds(time: TravelTime) -> i64 {
    time.ticks().div_ceil(TravelTime::TICKS_PER_SECOND).into()
}

/// A percentage, rounded down, so that 100 is all.
#[expect(clippy::cast_possible_truncation, reason = "a score is one at most")]
fn percent(score: f64) -> i64 {
    (score * 100.0 + 1e-9).floor() as i64
}

fn place(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_make_one_run() {
        let told = |places: &[usize]| runs(places.iter().copied());
        assert_eq!(told(&[]), [0_usize; 0]);
        assert_eq!(told(&[0, 1, 2]), [0, 3]);
        assert_eq!(told(&[3, 4, 9]), [3, 2, 4, 1]);
    }
}
