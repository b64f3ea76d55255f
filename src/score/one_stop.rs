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

use rayon::prelude::*;

use super::desk::Desk;
use super::{Coverage, VerdictKind};
use crate::ids::{CellId, ItemId};
use crate::units::{People, Share};

/// What a theme comes to.
#[doc(alias = "一件事")]
#[derive(Debug, Clone, PartialEq)]
pub struct Theme<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its asked items.
    pub items: Vec<ItemId>,
    /// All people.
    pub people: People,
    /// The people who get every item done within the limit, wherever.
    pub done: People,
    /// The people who get every item done at one site within the limit.
    pub one_stop: People,
}

impl Theme<'_> {
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

impl<'a> Coverage<'a> {
    /// Each theme of the asked items, in the order of names; items without a theme are in none.
    ///
    /// O(cells × asked classes of items × sites within the budget).
    #[must_use]
    pub fn by_theme(&self) -> Vec<Theme<'a>> {
        let mut themes: BTreeMap<&'a str, Vec<ItemId>> = BTreeMap::new();
        for &item in &self.items {
            themes
                .entry(self.study.catalogue()[item].theme.as_str())
                .or_default()
                .push(item);
        }
        themes.remove("");
        themes
            .into_iter()
            .map(|(name, items)| self.theme(name, items))
            .collect()
    }

    fn theme(&self, name: &'a str, items: Vec<ItemId>) -> Theme<'a> {
        let mut classes: Vec<usize> = items
            .iter()
            .map(|&item| self.study.catalogue().class(item))
            .collect();
        classes.sort_unstable();
        classes.dedup();
        let desks: Vec<&Desk> = classes.iter().map(|&class| &self.desks[class]).collect();
        let needs_a_site = |desk: &&&Desk| !(desk.online && self.goes_online());
        let one = Desk::all_in_one(desks.iter().filter(needs_a_site).copied());
        let covered = |cell, desk: &Desk| self.kind_on(cell, desk) == VerdictKind::Covered;
        let told = |cell: usize| {
            let cell = CellId::new(cell);
            let here = self.people(cell);
            let done = desks.iter().all(|desk| covered(cell, desk));
            let at_one = done && covered(cell, &one);
            [
                here,
                if done { here } else { People::ZERO },
                if at_one { here } else { People::ZERO },
            ]
        };
        let none = || [People::ZERO; 3];
        let add = |a: [People; 3], b: [People; 3]| std::array::from_fn(|place| a[place] + b[place]);
        let [people, done, one_stop] = (0..self.study.cells().len())
            .into_par_iter()
            .map(told)
            .reduce(none, add);
        Theme {
            name,
            items,
            people,
            done,
            one_stop,
        }
    }
}
