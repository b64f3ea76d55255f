//! Rule *one stop*: a whole theme, or stage of a firm's life, at one place.
//!
//! A theme is done *item by item* for a cell when each of its asked items is done within the limit,
//! wherever; it is done at *one stop* when one single site within the limit does every step of all
//! of them. Items that are done online need no site.
//!
//! Worked example: *registering a firm* has three items. The bank terminal (5 minutes) does two, the
//! park's window (9 minutes) all three. At one stop it is done after 9 minutes; without the park's
//! window, with the third item at the tax office, it would be done item by item only.

use std::collections::BTreeMap;
use std::ops::Add;

use rayon::prelude::*;

use super::coverage::Coverage;
use super::providers::Providers;
use super::question::Question;
use super::tree_sums::par_cells;
use crate::ids::{CellId, ItemId};
use crate::units::{People, Share};

/// What a theme comes to.
///
/// ```
/// use walkshed::{People, score::Theme};
/// let birth = Theme {
///     name: "birth".to_owned(),
///     items: Vec::new(),
///     people: People::whole(200),
///     done: People::whole(150),
///     one_stop: People::whole(50),
/// };
/// assert_eq!(
///     [birth.share(), birth.one_stop_share()].map(|share| share.to_string()),
///     ["75.0 %", "25.0 %"]
/// );
/// ```
#[doc(alias = "一件事")]
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Its asked items.
    pub items: Vec<ItemId>,
    /// All of whom one of these items is asked.
    pub people: People,
    /// The people who get every item done within the limit, wherever.
    pub done: People,
    /// The people who get every item done at one site within the limit.
    pub one_stop: People,
}

impl Theme {
    /// The share of people who get every item done, wherever.
    #[must_use]
    pub fn share(&self) -> Share {
        self.done.share_of(self.people)
    }

    /// The share of people who get every item done at one site.
    #[must_use]
    pub fn one_stop_share(&self) -> Share {
        self.one_stop.share_of(self.people)
    }
}

impl Coverage {
    /// Each theme of the asked items, in the order of names; items without a theme are in none.
    ///
    /// O(cells × asked classes of items × sites within the budget).
    #[must_use]
    pub fn by_theme(&self) -> Vec<Theme> {
        let mut themes: BTreeMap<&str, Vec<ItemId>> = BTreeMap::new();
        for &item in self.items() {
            let theme = self.study().catalogue()[item].theme.as_str();
            if !theme.is_empty() {
                themes.entry(theme).or_default().push(item);
            }
        }
        themes
            .into_iter()
            .map(|(name, items)| self.theme(name, items))
            .collect()
    }

    /// The sums of one theme over all parties.
    fn theme(&self, name: &str, items: Vec<ItemId>) -> Theme {
        let mut sums = ThemeSums::default();
        for question in self.parties.all() {
            sums = sums + theme_of_party(question, &items);
        }
        Theme {
            name: name.to_owned(),
            items,
            people: sums.people,
            done: sums.done,
            one_stop: sums.one_stop,
        }
    }
}

/// What a theme comes to for one party; nobody where none of its items concerns them.
fn theme_of_party(question: &Question, items: &[ItemId]) -> ThemeSums {
    let providers = ThemeProviders::of(question, items);
    if providers.item_by_item.is_empty() {
        return ThemeSums::default();
    }
    par_cells(&question.study)
        .map(|cell| providers.cell(question, cell))
        .reduce(ThemeSums::default, ThemeSums::add)
}

/// Who does what for a theme.
struct ThemeProviders<'q> {
    /// Of its items; those that are handled alike share theirs.
    item_by_item: Vec<&'q Providers>,
    /// Of all that needs a site, at one.
    one_stop: Providers,
}

impl<'q> ThemeProviders<'q> {
    fn of(question: &'q Question, items: &[ItemId]) -> Self {
        let catalogue = question.study.catalogue();
        let mut classes: Vec<usize> = items.iter().map(|&item| catalogue.class(item)).collect();
        classes.retain(|&class| question.asks(class));
        // Two items of one class are done at the same sites: once is enough.
        classes.sort_unstable();
        classes.dedup();
        let mut item_by_item = Vec::with_capacity(classes.len());
        for class in classes {
            item_by_item.push(question.providers_of_class(class));
        }
        Self {
            // What is done online is no matter of sites.
            one_stop: Providers::all_in_one(item_by_item.iter().copied()),
            item_by_item,
        }
    }

    /// What one cell brings. O(asked classes × sites within the budget).
    fn cell(&self, question: &Question, cell: CellId) -> ThemeSums {
        let judge = question.judge(cell);
        let people = question.number(cell);
        let is_done = self
            .item_by_item
            .iter()
            .all(|providers| question.is_done(&judge, cell, providers));
        // What is not done item by item is not done at one stop.
        let is_one_stop = is_done && question.is_done(&judge, cell, &self.one_stop);
        ThemeSums {
            people,
            done: people_if(is_done, people),
            one_stop: people_if(is_one_stop, people),
        }
    }
}

/// The people of some cells, as [`Theme`] counts them.
#[derive(Debug, Clone, Copy, Default)]
struct ThemeSums {
    people: People,
    done: People,
    one_stop: People,
}

impl Add for ThemeSums {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            people: self.people + other.people,
            done: self.done + other.done,
            one_stop: self.one_stop + other.one_stop,
        }
    }
}

/// These people where something holds, else nobody.
fn people_if(holds: bool, people: People) -> People {
    if holds { people } else { People::ZERO }
}
