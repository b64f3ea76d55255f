//! What one site does for whom, what gets done only there, and what it could take on.
//!
//! ```
//! use walkshed::{Options, People, assess, draw};
//!
//! // One character is 100 m, the limit 1,000 m: a (1 person) reaches s alone, b (2 people) both.
//! let study = draw::town("A-a--s-----b--t-B", 100.0, "st");
//! let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
//! let s = study.sites().find("s").unwrap();
//! let [people] = &assess::site_view(&now, None, s).served[..] else { panic!() };
//! assert_eq!((people.within, people.cells), (People::whole(3), 2));
//! // To b the site t is nearer; without s only a would lose what is done there.
//! assert_eq!((people.nearest, people.would_lose), (People::whole(1), People::whole(1)));
//! ```

mod could_take;
mod served;

pub use could_take::CouldTake;
pub use served::Served;

use super::explain::{Island, island_of_site};
use super::register::{SiteItem, site_items};
use crate::ids::SiteId;
use crate::model::Study;
use crate::score::{Coverage, Setting};

/// What a site does for whom, and what it could do.
///
/// ```
/// use walkshed::assess::site_view;
/// use walkshed::{Options, People, draw};
/// let study = draw::town("A-a--s-b-------------t-B", 100.0, "st");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let s = site_view(&now, None, study.sites().find("s").unwrap());
/// assert_eq!((s.exists, s.items.len()), (true, 1));
/// // Both cells are near s; without it both would lose the item.
/// let people = &s.served[0];
/// assert_eq!((people.within, people.would_lose), (People::whole(3), People::whole(3)));
/// ```
#[doc(alias = "服务点说明")]
#[derive(Debug, Clone)]
pub struct SiteView {
    /// The study.
    pub study: Study,
    /// The site.
    pub site: SiteId,
    /// How it is judged: by which channels, and when.
    pub setting: Setting,
    /// Whether it is there on the target's day.
    pub exists: bool,
    /// The island that it hangs on or has left, if it has to do with one.
    pub island: Option<Island>,
    /// Whom it serves: people, then firms where they are asked for something; or one group.
    pub served: Vec<Served>,
    /// Its list of items, in the order of the study; those too that do not hold on the target's day,
    /// and none where the site is not there then.
    pub items: Vec<SiteItem>,
}

/// What a site does for those of a coverage and, where one is given, of another beside it.
///
/// O(cells × classes × sites within the budget) for each party of either, in parallel.
///
/// ```
/// use walkshed::{Options, assess, draw};
/// let study = draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&study, &Options::default()).unwrap();
/// let s = study.sites().find("s").unwrap();
/// let view = assess::site_view(&results.coverage, results.firms.as_ref(), s);
/// assert_eq!((view.site, view.served[0].cells), (s, 1));
/// ```
///
/// # Panics
/// When the study has no such site.
#[must_use]
pub fn site_view(now: &Coverage, beside: Option<&Coverage>, site: SiteId) -> SiteView {
    let study = now.study();
    let mut items = site_items(study);
    items.retain(|row| row.offer.site == site);
    let coverages = [now].into_iter().chain(beside);
    SiteView {
        study: study.clone(),
        site,
        setting: now.setting(),
        exists: now.exists(site),
        island: island_of_site(now.times().links(), site),
        served: coverages.map(|of| Served::of(of, site)).collect(),
        items,
    }
}
