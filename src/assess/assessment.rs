//! Everything that is assessed about a coverage, at once.

use super::advice::Advice;
use super::card::{self, Card};
use super::department::{self, Department};
use super::marks::{mark_firms, mark_people};
use super::phase::{PhaseResult, phases};
use super::red_list::{self, RED_LIST, RedCell, RedItem, red_cells};
use super::tasks::{MissedPhase, Tasks};
use super::trend::EarlierRun;
use crate::model::{Study, Who};
use crate::score::{Coverage, IndicatorResult, indicator};
use crate::search::Walks;

/// Everything that is assessed about a coverage.
///
/// ```
/// use walkshed::{Options, draw};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let options = Options { assessment: true, ..Options::default() };
/// let assessed = walkshed::run(&study, &options).unwrap().assessment.unwrap();
/// // No unit is named, so that one card is of all cells; b is on the red list.
/// assert_eq!(assessed.people.cards.iter().map(|card| card.share.to_string()).collect::<Vec<_>>(), ["33.3 %"]);
/// assert_eq!(assessed.people.red_cells.iter().map(|cell| cell.id.as_str()).collect::<Vec<_>>(), ["b"]);
/// assert!(assessed.firms.is_none() && assessed.phases.is_empty());
/// ```
#[doc(alias = "考核")]
#[derive(Debug, Clone)]
pub struct Assessment {
    /// How the people stand.
    pub people: Standings,
    /// How the firms stand; none where the study says of no firms, or asks nothing of them.
    pub firms: Option<Standings>,
    /// The indicators of the plan, in the order of the study file.
    pub indicators: Vec<IndicatorResult>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<PhaseResult>,
}

/// How the people, or the firms, stand: no sum mixes them.
///
/// ```
/// use walkshed::{Options, draw};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let options = Options { assessment: true, ..Options::default() };
/// let people = walkshed::run(&study, &options).unwrap().assessment.unwrap().people;
/// assert_eq!(people.red_items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["service"]);
/// // The item names no department.
/// assert_eq!(people.departments.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), [""]);
/// ```
#[derive(Debug, Clone)]
pub struct Standings {
    /// One card a unit, in the order of the tree, then the cells without a unit.
    pub cards: Vec<Card>,
    /// The departments, the one with the most undone first.
    pub departments: Vec<Department>,
    /// The gravest cells, at most [`RED_LIST`].
    pub red_cells: Vec<RedCell>,
    /// The gravest items, at most [`RED_LIST`].
    pub red_items: Vec<RedItem>,
}

/// Assesses the coverage of the people of a study, and that of its firms where there are any.
///
/// The walks are those of the coverage. Phases ask of everybody, so a coverage of one group has none
/// here ([`phases`] takes the walks alone).
///
/// O(cells × classes of items × sites within the budget) for each party, and once more for each
/// phase, in parallel over the cells.
///
/// ```
/// use walkshed::{Silent, assess, draw, score, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// let assessed = assess::assess(&walks, &now, None);
/// assert_eq!(assessed.people.cards[0].covered, now.total().covered());
/// ```
#[must_use]
pub fn assess(walks: &Walks, people: &Coverage, firms: Option<&Coverage>) -> Assessment {
    let study = people.study();
    let asked = study.indicators().iter();
    let is_everybody = people.setting().who == Who::People;
    let mut assessment = Assessment {
        people: Standings::of(people),
        firms: firms.map(Standings::of),
        indicators: asked.map(|asked| indicator(study, asked)).collect(),
        phases: if is_everybody {
            phases(walks)
        } else {
            Vec::new()
        },
    };
    // Tasks before marks: cards and departments are complete when they are marked.
    assessment.add_tasks(study);
    assessment.mark(study, None);
    assessment
}

impl Assessment {
    /// Tells each card and department which tasks of the plan it is asked and misses.
    fn add_tasks(&mut self, study: &Study) {
        let missed: Vec<MissedPhase<'_>> = self.phases.iter().map(MissedPhase::of).collect();
        for card in &mut self.people.cards {
            card.tasks = Tasks::of_unit(card.unit, &self.indicators, &missed);
        }
        let firms = self
            .firms
            .iter_mut()
            .flat_map(|firms| &mut firms.departments);
        // Phases are judged by units: departments miss indicators alone.
        for row in self.people.departments.iter_mut().chain(firms) {
            row.tasks = Tasks::of_department(&row.name, study, &self.indicators);
        }
    }

    /// Gives each unit and department its mark, its trend against an earlier run where there is one;
    /// nothing when the study states no rule for marks.
    fn mark(&mut self, study: &Study, latest: Option<&EarlierRun>) {
        let people = &mut self.people;
        mark_people((&mut people.cards, &mut people.departments), study, latest);
        // Departments that answer for items of firms alone have their mark of these.
        if let Some(firms) = &mut self.firms {
            mark_firms(&mut firms.departments, study, latest);
        }
    }

    /// Gives the marks again, with a trend against an earlier run.
    pub(crate) fn mark_since(&mut self, study: &Study, latest: &EarlierRun) {
        self.mark(study, Some(latest));
    }
}

impl Assessment {
    /// How the people stand, and then the firms, each with the word that files use for them.
    pub fn sides(&self) -> impl Iterator<Item = (&'static str, &Standings)> {
        let firms = self.firms.iter().map(|firms| ("firms", firms));
        std::iter::once(("people", &self.people)).chain(firms)
    }
}

impl Standings {
    fn of(coverage: &Coverage) -> Self {
        // The same passes over the cells serve cards, departments and red items.
        let advice = Advice::of(coverage, &[]);
        let total = advice.needs.total();
        Self {
            cards: card::of(coverage, &advice),
            departments: department::of(coverage, &total),
            red_cells: red_cells(coverage, RED_LIST),
            red_items: red_list::items_of(coverage, &total, RED_LIST),
        }
    }
}
