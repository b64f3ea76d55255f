//! What a site does for whom, for a terminal.

use super::head::{clauses, island};
use super::names::{self, named, number, unit};
use super::{hours, names::who};
use crate::assess::register::{SiteItem, Way};
use crate::assess::{CouldTake, Served, SiteView};
use crate::ids::ItemId;
use crate::model::{Audience, ItemReach, Offer, Site, Who};
use crate::report::words;
use crate::text::plain;
use crate::units::People;
use crate::words::{Text, text};

/// How many items of a list are shown.
const MOST: usize = 30;
/// How many items that get done only there are named.
const NAMED: usize = 5;

/// What a site does for whom, for people: a line break after each line.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let now = walkshed::run(&study, &walkshed::Options::default()).unwrap().coverage;
/// let site = study.sites().find("s").unwrap();
/// let view = walkshed::assess::site_view(&now, None, site);
/// let text = walkshed::report::site_view(&view);
/// assert!(text.contains("within the limit of it: 1 person in 1 cell"), "{text}");
/// ```
#[must_use]
pub fn site_view(view: &SiteView) -> String {
    let language = view.study.language();
    let mut lines = head(view);
    for served in &view.served {
        lines.extend(of_served(view, served));
    }
    lines.extend(list(view));
    for served in &view.served {
        lines.extend(could_take(view, served));
    }
    let shown = lines.iter().map(|line| line.in_language(language));
    shown
        .map(|line| line.trim_end().to_owned() + "\n")
        .collect()
}

fn head(view: &SiteView) -> Vec<Text> {
    let site = &view.study.sites()[view.site];
    let name = names::site(&view.study, view.site);
    let head = text!(
        ExplainSite,
        site = name,
        parts = clauses(of_site(view, site))
    );
    let island = view.island.as_ref().map(island);
    [head].into_iter().chain(island).collect()
}

/// What, where and when it is.
fn of_site(view: &SiteView, site: &Site) -> Vec<Text> {
    let mut said = Vec::new();
    if !site.kind.is_empty() {
        said.push(text!(Verbatim, text = plain(&site.kind)));
    }
    said.extend(site.unit.map(|id| {
        let units = view.study.units().upward(id);
        let names: Vec<String> = units.map(|id| unit(&view.study, id)).collect();
        text!(Verbatim, text = names.join(" < "))
    }));
    said.push(words::place(site.at));
    // It is explained all the same, as it would be if it were there.
    if !view.exists {
        said.push(text!(NotThereOnTheDay));
    }
    said.extend(hours_of(view, site));
    said.extend(
        view.study
            .target()
            .date
            .map(|day| text!(OnTheDay, date = day.to_string())),
    );
    let leaving = view.setting.leaving;
    said.extend(leaving.map(|at| text!(LeavingAt, moment = words::moment(at))));
    said
}

/// Its hours, or those of sites that state none; nothing where no hours count and it states none.
fn hours_of(view: &SiteView, site: &Site) -> Option<Text> {
    let of_rule = view.study.time().map(|rule| rule.hours_of(site));
    let week = of_rule.or(site.hours.as_deref())?;
    Some(text!(SiteHours, hours = clauses(hours::of_week(week))))
}

/// Whom it serves, and what gets done only there.
fn of_served(view: &SiteView, served: &Served) -> Vec<Text> {
    let so_many = |count: People| number(&view.study, served.who, count);
    let mut lines = vec![
        Text::default(),
        text!(
            ServedWithin,
            who = whom(view, served.who),
            within = so_many(served.within),
            cells = served.cells,
            nearest = so_many(served.nearest),
        ),
    ];
    if served.closed_to > People::ZERO {
        lines.push(text!(ClosedTo, number = so_many(served.closed_to)));
    }
    // Whatever gets done there gets done elsewhere, too.
    if served.only_there.is_empty() {
        lines.push(text!(NobodyWouldLose));
        return lines;
    }
    let shown = served.only_there.iter().take(NAMED);
    let items = shown.map(|&(item, count)| {
        text!(
            ItemWithNumber,
            item = item_of(view, item),
            number = so_many(count)
        )
    });
    lines.push(text!(
        WouldLose,
        number = so_many(served.would_lose),
        count = served.only_there.len(),
        items = items.collect::<Vec<_>>(),
    ));
    lines
}

/// Whom a part is about: for all people alike it says so.
fn whom(view: &SiteView, of: Who) -> Text {
    match of {
        Who::People => text!(ForPersons),
        Who::Firms => text!(ForFirms),
        Who::Group(_) => who(&view.study, of),
    }
}

fn item_of(view: &SiteView, item: ItemId) -> String {
    let item = &view.study.catalogue()[item];
    named(&item.id, &item.name)
}

/// Its list of items.
fn list(view: &SiteView) -> Vec<Text> {
    let mut lines = vec![Text::default(), text!(SiteList, count = view.items.len())];
    let shown = view.items.iter().take(MOST);
    lines.extend(shown.map(|row| {
        text!(
            SiteListLine,
            item = item_of(view, row.item),
            parts = clauses(of_row(view, row)),
        )
    }));
    if view.items.len() > MOST {
        lines.push(text!(MoreSites, more = view.items.len() - MOST));
    }
    lines
}

/// What one row of the site's list says.
fn of_row(view: &SiteView, row: &SiteItem) -> Vec<Text> {
    let item = &view.study.catalogue()[row.item];
    let done = row.offer.steps.common(item.visits);
    let mut said = vec![text!(SiteListSteps, steps = words::steps(done))];
    said.push(match item.audience {
        Audience::Person => text!(ForPersons),
        Audience::Firm => text!(ForFirms),
        Audience::Both => text!(ForBoth),
    });
    said.push(match row.offer.reach.unwrap_or(item.reach) {
        ItemReach::OwnUnit => text!(ReachOwnUnit),
        ItemReach::Anywhere => text!(ReachAnywhere),
    });
    said.push(way(row.way));
    said.extend(term(&row.offer));
    if row.valid == Some(false) {
        said.push(text!(NotOnTheDay));
    }
    said
}

fn way(way: Way) -> Text {
    let (head, helped) = match way {
        Way::Window { helped } => (text!(WayWindow), helped),
        Way::SelfService { helped } => (text!(DoneByMachine), helped),
        Way::Helper => (text!(DoneByHelper), false),
    };
    if helped {
        text!(WayWithHelper, way = head)
    } else {
        head
    }
}

/// From when until when; nothing where it has neither.
fn term(offer: &Offer) -> Option<Text> {
    if offer.from.is_none() && offer.until.is_none() {
        return None;
    }
    let day =
        |day: Option<chrono::NaiveDate>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    Some(text!(
        OfferTerm,
        from = day(offer.from),
        until = day(offer.until)
    ))
}

/// What it could take on.
fn could_take(view: &SiteView, served: &Served) -> Vec<Text> {
    let mut lines = vec![
        Text::default(),
        text!(CouldTakeHead, who = whom(view, served.who)),
    ];
    if served.could_take.is_empty() {
        lines.push(text!(CouldTakeNothing));
    }
    let rows = served.could_take.iter();
    lines.extend(rows.map(|row| taken(view, served.who, row)));
    lines
}

fn taken(view: &SiteView, who: Who, row: &CouldTake) -> Text {
    let item = item_of(view, row.item);
    let steps = words::steps(row.steps);
    let gain = number(&view.study, who, row.gain);
    if row.renew {
        text!(CouldRenew, item = item, steps = steps, gain = gain)
    } else {
        text!(CouldTakeOn, item = item, steps = steps, gain = gain)
    }
}
