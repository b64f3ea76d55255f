//! Who can reach public services on foot in 15 minutes, who cannot, and what should be done about it.
//!
//! A study names streets, sites (where services are offered), cells (where people live), and what
//! is asked. For every cell and every asked item walkshed answers: can it be done within the limit,
//! and if not, why not. The reason is a [`score::Verdict`], and it splits the remedy: build a site,
//! push an item down, or mend the data.
//!
//! ```
//! use walkshed::{Options, People, draw};
//!
//! // One character is 100 m; `s` is a site; the cells a, b, c, d hold 1, 2, 4, 8 people.
//! let study = draw::town("
//!     A--a--B-----b------c---C
//!           |
//!           s
//!           |
//!           D          .  .  .   d
//! ", 100.0, "s");
//! let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
//! assert_eq!(now.total().covered(), People::whole(1 + 2));
//! let why: Vec<_> = study.cells().iter().map(|(id, _)| now.cell(id).verdict.word()).collect();
//! assert_eq!(why, ["covered", "covered", "too-far", "stranded"]);
//! ```
//!
//! A study is made of your own vectors as well, of GeoJSON in memory (`read::geojson`), or read from
//! files (`read::study`):
//!
//! ```
//! use walkshed::geo_types::{LineString, Point};
//! use walkshed::model::{Cell, Network, Site, Study, StudyParts};
//! use walkshed::People;
//!
//! # fn main() -> Result<(), walkshed::Error> {
//! let street = LineString::from(vec![(116.24, 29.73), (116.25, 29.73)]);
//! let hall = Site::at("hall", Point::new(116.241, 29.7301).try_into()?);
//! let home = Cell::at(Point::new(116.249, 29.7301).try_into()?, People::whole(120));
//! let network = Network::from_lines(&[street])?;
//! let parts = StudyParts::new(network, [hall].into_iter().collect(), [home].into_iter().collect());
//! let study = Study::new(parts)?;
//! assert_eq!(study.target().to_string(), "1 item within 15 min 00 s");
//! # Ok(())
//! # }
//! ```
//!
//! # The data's way
//!
//! ```text
//!  study.toml · streets · heights · sites · cells · units · items · offers · barriers · boundary
//!         │
//!      [ read ] ── Findings (doubtful rows, rejected rows) ────────────┐
//!         │  Study = Network + Sites + Cells + Catalogue + Units,       │
//!         │          and the rules: groups, zones, time, phases,        │
//!         │          indicators, changes; a rule not asked for is off   │
//!      ( model )   frozen and validated: nothing in it can be wrong     │
//!         │                                                             │
//!      [ snap ]    every point → Snapped | Stranded       → Linkage     │
//!         │                                                             │
//!      [ search ]  bounded walks, in parallel, one scratch a thread;    │
//!         │        one search for all groups who walk alike → Walks     │
//!         │  TravelTimes: sparse rows cell → [(site, time)]             │
//!         │  or in tiles, on many machines: [ scale ]                   │
//!         │                                                             │
//!      [ score ]   Target and Setting → one Verdict per cell and item → Coverage
//!         │        by group, channel, theme, hour, with bounds → Breakdown
//!         │                                                             │
//!      [ assess ]  phases, score cards, departments, red lists,         │
//!         │        what is lacking → Assessment; two runs → Difference; │
//!         │        one cell and item → Explanation                      │
//!         │                                                             │
//!      [ run ]     all of that in one call                    → Results │
//!         │                                                             │
//!      [ proposal ] where to open, what to push down → Proposal, with   │
//!         │         a bound, by [ plan ], which sees a matrix alone     │
//!         │                                                             │
//!      [ report ]  GeoJSON · CSV · summary · manifest · explanation  ◄──┘
//! ```
//!
//! A noun for each room: [`model::Study`] → [`snap::Linkage`] → [`search::TravelTimes`] →
//! [`score::Coverage`] → [`assess::Assessment`]. Each holds the study that it is of, so none can be
//! handed in with another one; a copy of a study is O(1). The usual way goes through them in one
//! call, [`run`](fn@run), which is [`search::try_walks`] → [`score::coverage`] →
//! [`score::breakdown`], [`assess::assess`].
//!
//! Some modules hold no code. The [`manual`] (in Chinese: [`manual_zh`]) shows the study file, all
//! columns, all results, and what is not modelled; the [`guide`] (in Chinese: [`guide_zh`]) is the page
//! on the rules of a plan, for planners. Whoever begins has the tutorial ([`pages::tutorial`]), the
//! gallery of commands ([`pages::gallery`]), a page for who comes from another tool
//! ([`pages::others`]), the reasons ([`pages::why`]) and the words ([`pages::glossary`]).
//!
//! Imports run one way only, and a test proves it: a room uses none that stands after it in
//! `units < ids < words < text < progress < plane < model < draw < snap < search < scale < score < plan < isochrone < assess < run < proposal < read < report < error < lib`.
//! `read` and `report` stand near the end because they alone touch the outside world.
//!
//! # What always holds
//!
//! | | |
//! |---|---|
//! | A | Only `read`, `report` and the examples touch files, bytes and serde; `scale` makes byte strings and reads them. |
//! | B | Lengths are geodesic on WGS 84, taken once when a street is read. Snapping chooses its street on a conformal plane ([`plane`]), never in raw degrees. |
//! | C | Only `score`, `plan`, and `assess` and `proposal` for phases, knows a limit. `search` takes a budget and has no default. "Within" is ≤ everywhere: 15 min 00.0000 s is in. |
//! | D | Cells in = verdicts out. Nothing is dropped, nothing is faked: `Stranded`, `OutOfReach`, `NotOffered`, `Unknown` are verdicts, never numbers. |
//! | E | The model is frozen once it is built. Something otherwise about it ([`model::Study::with`]) or a what-if change ([`model::apply`]) makes another study, and the change says what it touched. What changes during a search lives in a scratch object, one a thread. |
//! | F | Output is byte-identical for any number of threads. The order of input rows changes the order of the rows of cells, and no result. |
//! | G | `score` sees travel times and people, never the streets; `plan` sees costs and weights alone. Of `assess` only the explanation of one walk sees them. |
//! | H | No printing, no logging, no global state. Progress goes through a small trait ([`Progress`]). |
//! | I | No unsafe code but in one file, the feature `c-abi`; no `unwrap`; `expect` only where the sentence in it is true. |
//! | J | Fallible doors, infallible rooms: `read`, [`model::Study::new`] and [`model::apply`] let in what cannot be wrong; `snap`, `search`, `score` and `assess` return no `Result`. |
//! | K | A rule is off until a study asks for it, and then costs nothing; one that changes nothing changes no byte. |
//! | L | `assess` decides nothing anew: it sums the verdicts of `score`, as integers. The explanation reads the rules afresh from the study, and a law holds it to the verdict. |
//! | M | A plan is called proved only where its bound is met, and the bound is exact: integers, whatever led there. What a proposal promises is counted by `score` on the changed study, step by step. |
//!
//! # Features
//!
//! | | | |
//! |---|---|---|
//! | `read` | on by default | studies from files: the module `read` |
//! | `report` | on by default | results to files: the module `report` |
//! | `scale` | on by default | walks in tiles, for many machines: the module `scale` |
//! | `c-abi` | off | `scale::score_tile` as a C function, for Python and whatever else calls shared libraries |
//! | `proj` | off | every EPSG code, through a bundled PROJ; needs cmake, sqlite3 and a C++ compiler |
//! | `flatgeobuf` | off | inputs from FlatGeobuf, and isochrones as it, for maps |
//! | `geopackage` | off | inputs from GeoPackage, through a bundled SQLite; needs a C compiler |
//! | `geoparquet` | off | isochrones as GeoParquet, for data frames; needs Rust 1.95 |
//! | `png` | off | pictures as PNG beside SVG, with the fonts of the machine |
//! | `pdf` | off | the map as PDF beside SVG, with the fonts of the machine; needs Rust 1.92 |
//!
//! Without `read` and `report` a program gets everything from the model to the assessment, and
//! carries a quarter of the crates.
//!
//! # Words
//!
//! | word | means | 中文 |
//! |---|---|---|
//! | study | one analysis: inputs, walking, target, rules | 分析项目 |
//! | site | a point that handles items | 服务点 |
//! | item | one service item | 事项 |
//! | step | a part of handling an item, such as *accept* or *issue*; those that need a visit are asked | 环节 |
//! | theme | items that belong together, or a stage of a firm's life; done at *one stop* at a single site | 主题、一件事 |
//! | offer | a site, or a kind of site, handles an item, wholly or some steps of it, from a day, until a day | 进驻、下沉、委托 |
//! | cell | a residential area with people | 居民点、网格 |
//! | unit | an administrative area, in a tree | 单位(县、乡镇、村(社区)、园区) |
//! | group | people who walk and are served alike; *apart* when it is counted by itself | 人群 |
//! | zone | cells with their own minutes or their own way of getting about | 分区 |
//! | channel | at sites, or also online | 办理渠道 |
//! | phase | what a plan asks by a day, of some units, for some items | 阶段 |
//! | indicator | the share of sites or items that have a property | 指标 |
//! | change | what if: a site, an offer or a street were otherwise | 情景、假设的调整 |
//! | lack | why no site within the limit does a step | 缺口 |
//! | candidate | a place where a site could open, or a push that could be made | 备选点 |
//! | bound | what no plan of these candidates can better; a plan that meets it is *proved* | 界 |
//! | LSCP, MCLP, *p*-median, *p*-center | the field's own problems of where to open ([`plan`]) | 选址问题 |
//! | limit | what the policy asks, 15 minutes | 时限 |
//! | search budget | how far the search looks | 搜索范围 |
//! | gap | straight metres from a point to its street | 离路距离 |

pub mod assess;
pub mod codes;
pub mod codes_zh;
pub mod draw;
mod error;
pub mod guide;
pub mod guide_zh;
pub mod ids;
pub mod isochrone;
pub mod manual;
pub mod manual_zh;
pub mod model;
pub mod pages;
pub mod plan;
pub mod plane;
pub mod progress;
pub mod proposal;
#[cfg(feature = "read")]
pub mod read;
#[cfg(feature = "report")]
pub mod report;
mod run;
#[cfg(feature = "scale")]
pub mod scale;
pub mod score;
pub mod search;
pub mod snap;
pub mod text;
pub mod units;
#[cfg_attr(
    not(all(
        feature = "read",
        feature = "report",
        feature = "scale",
        feature = "geopackage",
        feature = "flatgeobuf"
    )),
    allow(
        unused,
        reason = "most words are those of reading and reporting, some of a format"
    )
)]
pub mod words;

pub use error::Error;
pub use geo_types;
#[cfg(any(feature = "read", feature = "report"))]
pub use geojson;
pub use progress::{Progress, Silent, Stage};
pub use run::{Options, Results, run, run_on};
pub use units::{People, Share, Speed, TravelTime};

#[cfg(all(doctest, feature = "read", feature = "report"))]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(all(doctest, feature = "read", feature = "report"))]
#[doc = include_str!("../README.zh-CN.md")]
struct ReadmeInChinese;
