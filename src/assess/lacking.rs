//! What is lacking for the people who are not covered, what brings the most first.
//!
//! Each verdict names its remedy. Here the verdicts of all cells of a unit are put together: so many
//! people need a site, for so many a step of an item should be handed down to that site. Items that
//! are handled alike share a row. A person counts at most once in a row, but may count in many rows:
//! the rows do not add up to the people left out.
//!
//! Each row says what it *gains*: the people of the unit who get an item done that they do not get done
//! now, when this row is carried out and nothing else. [`Lacking::changes`] carries it out.
//!
//! Worked example: 30 people reach the village station, which takes in papers of item X and does not
//! issue the certificate; the township centre that does is 20 minutes away. The row reads: hand down,
//! items X, steps issue, site the village station, 30 people. Were the station closed when they come, it
//! would read: hand down *and* longer hours.

use std::cmp::Reverse;

use super::classes::Class;
use super::gains::Gains;
use super::needs::{Count, Need, NeedSums};
use super::remedies::Remedies;
use crate::ids::{CellId, ItemId, SiteId};
use crate::model::Steps;
use crate::score::Remedy;
use crate::units::People;

/// How many rows a unit's list shows.
const SHOWN: usize = 5;

/// One thing that is lacking.
///
/// ```
/// use walkshed::ids::SiteId;
/// use walkshed::model::{Catalogue, Item, Offer};
/// use walkshed::{Options, People, draw};
/// // The station s does nothing; the far hall t issues the permit.
/// let town = draw::town("A-a-s-B----------------------t-C", 100.0, "st");
/// let study = town.with(|parts| {
///     parts.catalogue =
///         Catalogue::new(vec![(Item::plain("permit"), vec![Offer::whole(SiteId::new(1))])]);
/// })?;
/// let options = Options { assessment: true, ..Options::default() };
/// let card = walkshed::run(&study, &options).unwrap().assessment.unwrap().people.cards.remove(0);
/// let first = &card.lacking.gravest[0];
/// // Handed down to s, it is done for the one person.
/// assert_eq!(
///     (first.remedies.to_string().as_str(), first.site, first.gain),
///     ("hand-down", Some(SiteId::new(0)), Some(People::whole(1)))
/// );
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What would cure it, all of it together.
    pub remedies: Remedies,
    /// The items it concerns, handled alike, in the order of their ids; empty when it is not about
    /// items but about a site ([`Remedy::Helper`], [`Remedy::LongerHours`]) or the whole cell
    /// ([`Remedy::BuildSite`], [`Remedy::MendData`]).
    pub items: Vec<ItemId>,
    /// The steps of these items that are handed down; none when nothing is.
    pub steps: Steps,
    /// The site to hand down to, to open to others or for longer, or to give a helper; none when it
    /// concerns the whole cell.
    pub site: Option<SiteId>,
    /// Where a site is to be built ([`Remedy::BuildSite`]): at the cell with the most people in need of
    /// one.
    pub place: Option<CellId>,
    /// The people for whom it is the easiest cure, each counted once.
    pub people: People,
    /// Their cells.
    pub cells: u64,
    /// The people who get an item done that they do not get done now, when this alone is carried out;
    /// none where that cannot be known, because it is the data that are to be mended.
    pub gain: Option<People>,
}

/// What is lacking, by what it gains, most first.
///
/// ```
/// use walkshed::{Silent, assess, draw, score, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let lacking = &assess::cards(&score::coverage(&walks))[0].lacking;
/// // b is too far: a site is to be built there, for 2 people.
/// let first = &lacking.gravest[0];
/// assert_eq!((first.place, first.people), (Some(walkshed::ids::CellId::new(1)), walkshed::People::whole(2)));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LackingList {
    /// At most five: the greatest gain first, then most people, then by remedy, items, steps and site.
    pub gravest: Vec<Lacking>,
    /// How many further rows there would be.
    pub further: usize,
}

impl LackingList {
    /// The list of these sums, where a new site would stand at a place and gain so much.
    /// O(needs).
    pub(super) fn of(
        sums: &NeedSums,
        gains: &Gains,
        new_site: Option<(CellId, Count)>,
        classes: &[Class],
    ) -> Self {
        let mut rows: Vec<Lacking> = Vec::with_capacity(sums.needs.len());
        for (need, count) in &sums.needs {
            let mut row = Lacking::of(need, *count, classes);
            if row.remedies.contains(Remedy::BuildSite) {
                row.place = new_site.map(|(place, _)| place);
                row.gain = new_site.map(|(_, gain)| gain.people);
            } else if need.mend.is_some() {
                row.gain = Some(gains.of(need).people);
            }
            rows.push(row);
        }
        let further = rows.len().saturating_sub(SHOWN);
        if further > 0 {
            // The rows that are not shown are not sorted either.
            rows.select_nth_unstable_by(SHOWN, |a, b| gravity(a).cmp(&gravity(b)));
            rows.truncate(SHOWN);
        }
        rows.sort_unstable_by(|a, b| gravity(a).cmp(&gravity(b)));
        Self {
            gravest: rows,
            further,
        }
    }
}

impl Lacking {
    /// A need as a row; its place and its gain are put in by whoever knows them.
    fn of(need: &Need, count: Count, classes: &[Class]) -> Self {
        let items = match need.class {
            Some(class) => classes[class].items.clone(),
            // Hours or a helper are lacking whatever the item.
            None => Vec::new(),
        };
        Self {
            remedies: need.remedies,
            items,
            steps: need.mend.map_or(Steps::NONE, |mend| mend.hand_down),
            site: need.mend.map(|mend| mend.site),
            place: None,
            people: count.people,
            cells: count.cells,
            gain: None,
        }
    }
}

/// What rows are sorted by. No two rows share it, so that the order does not rest on the hash table's.
type Gravity<'l> = (
    Reverse<People>,
    Reverse<People>,
    Remedies,
    Option<&'l ItemId>,
    Steps,
    Option<SiteId>,
);

fn gravity(row: &Lacking) -> Gravity<'_> {
    (
        // Data that are to be mended hide whom they concern.
        Reverse(row.gain.unwrap_or(row.people)),
        Reverse(row.people),
        row.remedies,
        // Classes are told apart by their first item, as readers of the list do.
        row.items.first(),
        row.steps,
        row.site,
    )
}
