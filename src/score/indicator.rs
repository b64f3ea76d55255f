//! How far an indicator of the plan is met, and who is lacking.
//!
//! An indicator asks for a share: of the township centres (the *denominator*), so many have the
//! property (the *numerator*). What is not known counts as not having it: it stays in the
//! denominator, and is told apart in the list.
//!
//! The properties are those of the table, as of now; the date says which sites there are. A site that
//! opens later, or has closed by then, does not count.
//!
//! Worked example: four township centres, target 0.9. Two are on the network, one is not, of one it
//! is not known. The share is 2/4 = 50 %. 90 % of 4 is 3.6, so 4 must have it: two are lacking.

use crate::ids::UnitId;
use crate::model::{Indicator, IndicatorOf, Item, Site, Study};
use crate::units::Share;

/// What an indicator comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorResult {
    /// The indicator.
    pub indicator: Indicator,
    /// All sites or items that count, in the order of their ids, with the property and without.
    pub denominator: Vec<Member>,
    /// The share that has the property; none of nothing.
    pub share: Share,
    /// Whether the target is met, inclusive; none without a target. Never met by nothing.
    pub met: Option<bool>,
    /// How many more of the denominator must have the property to meet the target.
    pub short_by: usize,
}

/// A site or an item that an indicator counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The unit of a site.
    pub unit: Option<UnitId>,
    /// Whether it has the property; none when it is not known, which counts as no.
    pub has: Option<bool>,
}

impl IndicatorResult {
    /// Those that have the property.
    pub fn numerator(&self) -> impl Iterator<Item = &Member> {
        self.denominator
            .iter()
            .filter(|member| member.has == Some(true))
    }

    /// Those that do not have it, or of which it is not known.
    pub fn lacking(&self) -> impl Iterator<Item = &Member> {
        self.denominator
            .iter()
            .filter(|member| member.has != Some(true))
    }
}

/// Measures one indicator of a study. O(sites × depth of units), or O(items).
///
/// ```
/// use walkshed::{draw, model::{Indicator, IndicatorOf, Properties, Sites, Study}, score};
/// let study = draw::town("A--s--t--u--B", 100.0, "stu");
/// let study = study.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[0].properties = Properties::of([("network", Some(true))]);
///     parts.sites = Sites::new(sites);
/// }).unwrap();
/// let indicator = Indicator {
///     name: "on the network".to_owned(),
///     of: IndicatorOf::Sites { kinds: vec![], units: vec![] },
///     property: "network".to_owned(),
///     target: Some(0.6),
///     by: None,
/// };
/// let now = score::indicator(&study, &indicator);
/// assert_eq!((now.share.to_string().as_str(), now.met, now.short_by), ("33.3 %", Some(false), 1));
/// assert_eq!(now.lacking().map(|site| &site.id).collect::<Vec<_>>(), ["t", "u"]);
/// ```
#[must_use]
pub fn indicator(study: &Study, indicator: &Indicator) -> IndicatorResult {
    let denominator = match &indicator.of {
        IndicatorOf::Sites { .. } => sites(study, indicator),
        IndicatorOf::Items(items) => items
            .iter()
            .map(|&id| Member::item(&study.catalogue()[id], indicator))
            .collect(),
    };
    let all = denominator.len();
    // What is not known stays in the denominator and counts as not having it.
    let has = denominator
        .iter()
        .filter(|member| member.has == Some(true))
        .count();
    // How many must have it, rounded up: 90 % of 4 are 4.
    let needed = indicator
        .target
        .map(|target| Share::least_part(all as u128, target))
        .map(|needed| usize::try_from(needed).unwrap_or(usize::MAX));
    IndicatorResult {
        share: Share::of(has as u128, all as u128),
        met: needed.map(|needed| all > 0 && has >= needed),
        short_by: needed.map_or(0, |needed| needed.saturating_sub(has)),
        indicator: indicator.clone(),
        denominator,
    }
}

/// The sites that an indicator counts, on the target's day.
fn sites(study: &Study, indicator: &Indicator) -> Vec<Member> {
    let day = study.target().date;
    study
        .sites()
        .iter()
        .map(|(_, site)| site)
        .filter(|site| indicator.counts_site(site, study.units(), day))
        .map(|site| Member::site(site, indicator))
        .collect()
}

impl Member {
    fn site(site: &Site, indicator: &Indicator) -> Self {
        Self {
            id: site.id.clone(),
            name: site.name.clone(),
            unit: site.unit,
            has: site.properties.get(&indicator.property),
        }
    }

    fn item(item: &Item, indicator: &Indicator) -> Self {
        Self {
            id: item.id.clone(),
            name: item.name.clone(),
            unit: None,
            has: item.properties.get(&indicator.property),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::draw;
    use crate::ids::ItemId;
    use crate::model::{Catalogue, Properties, Sites, UnitRow, Units};

    /// A county with two towns; centres `c`, `d`, `e` in the towns, a terminal `t` and the county's hall `h`.
    fn county(network: [Option<bool>; 5]) -> Study {
        let study = draw::town("A-c-d-e-h-t-B", 100.0, "cdeht");
        study
            .with(|parts| {
                let row = |id: &str, parent: Option<&str>| UnitRow {
                    id: id.to_owned(),
                    name: String::new(),
                    parent: parent.map(str::to_owned),
                };
                let towns = vec![
                    row("county", None),
                    row("east", Some("county")),
                    row("west", Some("county")),
                ];
                parts.units = Units::new(towns).expect("a tree");
                let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
                let units = ["west", "west", "east", "county", "east"];
                let kinds = ["centre", "centre", "centre", "hall", "terminal"];
                for (place, site) in sites.iter_mut().enumerate() {
                    site.unit = parts.units.find(units[place]);
                    site.kind = kinds[place].to_owned();
                    site.properties = Properties::of([("network", network[place])]);
                }
                parts.sites = Sites::new(sites);
            })
            .expect("still a study")
    }

    fn of(study: &Study, kinds: &[&str], units: &[&str], target: Option<f64>) -> Indicator {
        let units = units
            .iter()
            .filter_map(|unit| study.units().find(unit))
            .collect();
        Indicator {
            name: "network".to_owned(),
            of: IndicatorOf::Sites {
                kinds: kinds.iter().map(|&kind| kind.to_owned()).collect(),
                units,
            },
            property: "network".to_owned(),
            target,
            by: None,
        }
    }

    type Asked = (
        &'static [&'static str],
        &'static [&'static str],
        Option<f64>,
    );
    type Answer = (Option<f64>, Option<bool>, usize);

    #[test]
    fn which_sites_count_and_what_is_said_of_them() {
        let (yes, no) = (Some(true), Some(false));
        let study = county([yes, no, None, yes, yes]);
        // (kinds, units, target): denominator, numerator, (share, met, short by)
        let cases: [(Asked, &str, &str, Answer); 7] = [
            ((&[], &[], None), "cdeht", "cht", (Some(0.6), None, 0)),
            (
                (&[], &[], Some(0.6)),
                "cdeht",
                "cht",
                (Some(0.6), Some(true), 0),
            ),
            (
                (&[], &[], Some(0.61)),
                "cdeht",
                "cht",
                (Some(0.6), Some(false), 1),
            ),
            (
                (&["centre"], &[], Some(1.0)),
                "cde",
                "c",
                (Some(1.0 / 3.0), Some(false), 2),
            ),
            (
                (&["centre", "hall"], &["west"], Some(0.5)),
                "cd",
                "c",
                (Some(0.5), Some(true), 0),
            ),
            (
                (&[], &["county"], None),
                "cdeht",
                "cht",
                (Some(0.6), None, 0),
            ),
            (
                (&["hall"], &["east"], Some(0.0)),
                "",
                "",
                (None, Some(false), 0),
            ),
        ];
        for ((kinds, units, target), denominator, numerator, answer) in cases {
            let asked = of(&study, kinds, units, target);
            let now = indicator(&study, &asked);
            let ids: String = now.denominator.iter().map(|member| &*member.id).collect();
            assert_eq!(ids, denominator, "{asked:?}");
            assert_eq!(
                now.numerator()
                    .map(|member| member.id.as_str())
                    .collect::<String>(),
                numerator,
                "{asked:?}"
            );
            assert_eq!(
                (now.share.value(), now.met, now.short_by),
                answer,
                "{asked:?}"
            );
        }
    }

    #[test]
    fn items_count_by_their_own_properties() {
        let study = draw::town("A-s-B", 100.0, "s");
        let study = study
            .with(|parts| {
                let item = |(id, certificate)| {
                    let properties = Properties::of([("certificate", certificate)]);
                    let item = Item {
                        properties,
                        ..Item::plain(id)
                    };
                    (item, Vec::new())
                };
                let items = [("a", Some(true)), ("b", Some(false)), ("c", Some(true))];
                parts.catalogue = Catalogue::new(items.into_iter().map(item).collect());
            })
            .expect("still a study");
        let asked = Indicator {
            name: "certificates".to_owned(),
            of: IndicatorOf::Items(vec![ItemId::new(0), ItemId::new(1)]),
            property: "certificate".to_owned(),
            target: Some(0.6),
            by: None,
        };
        let now = indicator(&study, &asked);
        assert_eq!(
            (now.share.value(), now.met, now.short_by),
            (Some(0.5), Some(false), 1)
        );
        assert_eq!(
            now.lacking()
                .map(|member| member.id.as_str())
                .collect::<String>(),
            "b"
        );
    }

    #[test]
    fn shares_are_decimal() {
        let needed = |share, all| Share::least_part(all, share);
        assert_eq!(
            [
                needed(0.07, 100),
                needed(0.9, 10),
                needed(0.9, 11),
                needed(0.0, 5)
            ],
            [7, 9, 10, 0]
        );
        assert_eq!(
            [needed(1.0, 7), needed(0.333_333, 3), needed(0.333_334, 3)],
            [7, 1, 2]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn parts_add_up_and_mending_what_is_short_meets_the_target(
            network in prop::array::uniform5(prop::option::of(any::<bool>())),
            percent in 0_u8..=100,
        ) {
            let mut network = network;
            let study = county(network);
            let asked = of(&study, &[], &[], Some(f64::from(percent) / 100.0));
            let now = indicator(&study, &asked);
            prop_assert_eq!(now.numerator().count() + now.lacking().count(), 5);
            prop_assert_eq!(now.met, Some(now.short_by == 0));
            network.iter_mut().filter(|has| **has != Some(true)).take(now.short_by).for_each(|has| *has = Some(true));
            let mended = county(network);
            let asked = of(&mended, &[], &[], Some(f64::from(percent) / 100.0));
            prop_assert_eq!(indicator(&mended, &asked).met, Some(true));
        }
    }
}
