//! Why: the whole reasoning behind one verdict.
//!
//! A verdict is a word; whoever is asked to spend money on it asks for the reasons. An
//! [`Explanation`] holds them for one cell and item: every site within the search and what each rule
//! says of it, for each step the site that does it first, the walk piece by piece, what would cure
//! it, and what there is otherwise.
//!
//! The rules are read afresh from the study, site by site, and not from what the verdict was made
//! of. A law in the tests holds the two together: for any town the verdict that follows from the
//! sites as explained is the verdict that the coverage gives, and a cure that is followed cures.
//!
//! # Worked example
//!
//! ```
//! use walkshed::{Options, assess, draw};
//!
//! // One character is 100 m: s lies 300 m off, t 1,400 m off, and the limit of 15 minutes is 1,000 m.
//! let study = draw::town("A-a--s----------t-B", 100.0, "st");
//! let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
//! let (cell, _) = study.cells().iter().next().unwrap();
//! let why = assess::explain(&now, cell, study.target().items[0]);
//!
//! let seen: Vec<_> = why.sites.iter().map(|seen| (seen.time.to_string(), seen.within)).collect();
//! assert_eq!(seen, [("4 min 30 s".to_owned(), true), ("21 min 00 s".to_owned(), false)]);
//! assert_eq!(why.cures, [assess::Cure::Nothing]);
//! // Were s closed, t would do, but not within the limit.
//! let [assess::Alternative::Without { then: Some(then), within: false, .. }] = why.alternatives[..] else { panic!() };
//! assert_eq!(then.site, why.sites[1].site);
//! assert_eq!(why.walk.unwrap().path.metres().round(), 300.0);
//! ```

mod alternative;
mod case;
mod considered;
mod cure;
mod explanation;
mod island;
mod others;
mod steps;
mod walk;

pub use alternative::{Alternative, Elsewhere};
pub use considered::{Considered, Rule, Standing, Usable};
pub use cure::Cure;
pub use explanation::{Explanation, explain, explain_beside};
pub use island::Island;
pub(super) use island::island_of_site;
pub use others::OtherVerdict;
pub use steps::StepDone;
pub use walk::WalkTo;
