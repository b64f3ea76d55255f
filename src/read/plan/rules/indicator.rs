//! `[[indicator]]`: the share of sites or items that should have a yes/no property.
//!
//! ```toml
//! [[indicator]]
//! name = "township centres on the network"
//! of = "sites"                  # or "items"
//! kinds = ["township-centre"]   # of these kinds; without it, of any
//! units = ["360429"]            # in these units (id or name) and all within them; without it, anywhere
//! property = "network"          # a column that holds yes and no
//! target = 0.9                  # 90 %; without it, the share is only told
//! by = 2023-12-31
//!
//! [[indicator]]
//! name = "electronic certificates"
//! of = "items"
//! items = "high-frequency"      # or "all" (as without it), or a list of ids
//! property = "e_certificate"
//! ```

use chrono::NaiveDate;
use serde::Deserialize;

use super::wrong::{Wrong, kinds_of};
use crate::model::{Catalogue, Indicator, IndicatorOf, Properties, Severity, Sites, Units};
use crate::read::error::{Place, ReadError};
use crate::read::plan::item_choice::ItemChoice;
use crate::read::plan::study_dates::Written;
use crate::read::row_policy::Door;
use crate::words::text;

/// The keys of the table.
pub(super) const KEYS: &[&str] = &[
    "name", "of", "kinds", "units", "items", "property", "target", "by",
];

/// One such table, as written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct IndicatorTable {
    name: String,
    of: Of,
    kinds: Option<Vec<String>>,
    units: Option<Vec<String>>,
    items: Option<ItemChoice>,
    property: String,
    target: Option<f64>,
    by: Option<Written>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Of {
    Sites,
    Items,
}

/// Whether an indicator has a date, so that days of opening and closing count.
pub(crate) fn dated(tables: &[IndicatorTable]) -> bool {
    tables.iter().any(|table| table.by.is_some())
}

/// The properties of sites that indicators name.
pub(crate) fn of_sites(tables: &[IndicatorTable]) -> Vec<String> {
    properties(tables, Of::Sites)
}

/// The properties of items that indicators name.
pub(crate) fn of_items(tables: &[IndicatorTable]) -> Vec<String> {
    properties(tables, Of::Items)
}

fn properties(tables: &[IndicatorTable], of: Of) -> Vec<String> {
    let mut names: Vec<String> = tables
        .iter()
        .filter(|table| table.of == of)
        .map(|table| table.property.clone())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// What indicators may name.
pub(crate) struct Known<'a> {
    pub sites: &'a Sites,
    pub units: &'a Units,
    pub catalogue: &'a Catalogue,
    /// The target's date.
    pub date: Option<NaiveDate>,
}

/// The study's indicators. Says in a finding where one counts nothing, and where it is not known
/// whether something has the property.
///
/// # Errors
/// When a name stands twice, a property, kind, unit or item is unknown, the target is no share, or
/// the date is none.
pub(crate) fn indicators(
    tables: &[IndicatorTable],
    known: &Known<'_>,
    door: &mut Door<'_>,
) -> Result<Vec<Indicator>, ReadError> {
    let mut indicators: Vec<Indicator> = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("indicator", place + 1, &door.file);
        let taken = indicators.iter().any(|other| other.name == table.name);
        if taken || table.name.trim().is_empty() {
            let found = ("name", table.name.as_str());
            return Err(wrong.value(found, text!(NameOfOneIndicator), text!(GiveItOne)));
        }
        let indicator = indicator(table, known, &wrong)?;
        // A share of nothing, or of what nobody knows, is no error; but it should not surprise.
        doubts(&indicator, known, door);
        indicators.push(indicator);
    }
    Ok(indicators)
}

fn indicator(
    table: &IndicatorTable,
    known: &Known<'_>,
    wrong: &Wrong,
) -> Result<Indicator, ReadError> {
    let of = match table.of {
        Of::Sites => sites(table, known, wrong)?,
        Of::Items => items(table, known, wrong)?,
    };
    let target = table
        .target
        .map(|target| wrong.between("target", target, [0.0, 1.0]))
        .transpose()?;
    Ok(Indicator {
        name: table.name.clone(),
        of,
        property: table.property.clone(),
        target,
        by: by(table, wrong)?,
    })
}

fn sites(
    table: &IndicatorTable,
    known: &Known<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
    if table.items.is_some() {
        return Err(misplaced("items", ["sites", "items"], wrong));
    }
    let properties = known.sites.iter().map(|(_, site)| &site.properties);
    check_property(&table.property, properties, wrong)?;
    // A kind that no site has is a misspelling, not an indicator of nothing.
    let kinds = kinds_of(known.sites);
    for kind in table.kinds.iter().flatten() {
        if !kinds.contains(&kind.as_str()) {
            return Err(wrong.unknown(("kinds", kind), text!(KindOfSites), &kinds));
        }
    }
    let units = table
        .units
        .iter()
        .flatten()
        .map(|name| wrong.unit("units", name, known.units));
    Ok(IndicatorOf::Sites {
        kinds: table.kinds.clone().unwrap_or_default(),
        units: units.collect::<Result<_, _>>()?,
    })
}

fn items(
    table: &IndicatorTable,
    known: &Known<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
    for (key, list) in [("kinds", &table.kinds), ("units", &table.units)] {
        if list.is_some() {
            return Err(misplaced(key, ["items", "sites"], wrong));
        }
    }
    let properties = known.catalogue.iter().map(|(_, item)| &item.properties);
    check_property(&table.property, properties, wrong)?;
    let choice = table.items.clone().unwrap_or_default();
    Ok(IndicatorOf::Items(wrong.items(&choice, known.catalogue)?))
}

/// The day by which the target is to be met.
fn by(table: &IndicatorTable, wrong: &Wrong) -> Result<Option<NaiveDate>, ReadError> {
    let Some(written) = &table.by else {
        return Ok(None);
    };
    let key = format!("{}.by", wrong.table);
    Ok(Some(written.day(&key, &wrong.file)?))
}

fn misplaced(key: &str, [of, instead]: [&str; 2], wrong: &Wrong) -> ReadError {
    let expected = text!(NoSuchKeyWithOf, of = of);
    wrong.key(key, expected, text!(RemoveOrWriteOf, of = instead))
}

/// The property must be one of the table's, if the table has any row.
fn check_property<'p>(
    property: &str,
    mut rows: impl Iterator<Item = &'p Properties>,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    // All rows have the same columns: the first knows them.
    let Some(first) = rows.next().filter(|first| !first.knows(property)) else {
        return Ok(());
    };
    let found = ("property", property);
    let known: Vec<&str> = first.iter().map(|(name, _)| name).collect();
    if known.is_empty() {
        return Err(wrong.value(found, text!(YesNoColumn), text!(AddYesNoColumn)));
    }
    Err(wrong.unknown(found, text!(YesNoColumn), &known))
}

/// Says where an indicator counts nothing, or does not know.
fn doubts(indicator: &Indicator, known: &Known<'_>, door: &mut Door<'_>) {
    let counted = counted(indicator, known);
    let unknown = counted.iter().filter(|has| has.is_none()).count();
    let (code, message) = match (counted.len(), unknown) {
        (0, _) => ("indicator-of-nothing", text!(IndicatorOfNothing)),
        // All is known.
        (_, 0) => return,
        (all, unknown) => {
            let property = &indicator.property;
            let message = text!(
                IndicatorNotKnown,
                property = property,
                unknown = unknown,
                all = all
            );
            ("indicator-not-known", message)
        }
    };
    door.say(
        Severity::Suspicious,
        code,
        Place::File,
        &indicator.name,
        message,
    );
}

/// Whether each site or item that an indicator counts has its property, as far as that is known.
fn counted(indicator: &Indicator, known: &Known<'_>) -> Vec<Option<bool>> {
    match &indicator.of {
        IndicatorOf::Sites { .. } => known
            .sites
            .iter()
            .map(|(_, site)| site)
            .filter(|site| indicator.counts_site(site, known.units, known.date))
            .map(|site| site.properties.get(&indicator.property))
            .collect(),
        IndicatorOf::Items(items) => items
            .iter()
            .map(|&item| known.catalogue[item].properties.get(&indicator.property))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::ids::{ItemId, UnitId};
    use crate::model::{Findings, Item, Study, UnitRow};
    use crate::read::row_policy::OnBad;

    /// Two sites, `s` a centre in the town, `t` a terminal nowhere; two items.
    fn study() -> Study {
        let study = draw::town("A-s-t-B", 100.0, "st");
        study
            .with(|parts| {
                let row = |id: &str, name: &str, parent: Option<&str>| UnitRow {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    parent: parent.map(str::to_owned),
                };
                let rows = vec![
                    row("1", "湖口县", None),
                    row("2", "双钟镇", Some("1")),
                    row("3", "流泗镇", Some("1")),
                ];
                parts.units = Units::new(rows).expect("a tree");
                let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
                (sites[0].kind, sites[0].unit) =
                    ("township-centre".to_owned(), parts.units.find("2"));
                sites[1].kind = "terminal".to_owned();
                for (site, network) in sites.iter_mut().zip([Some(true), None]) {
                    site.properties =
                        Properties::of([("network", network), ("helper", Some(false))]);
                }
                parts.sites = Sites::new(sites);
                let item = |id: &str, high_frequency| {
                    let properties = Properties::of([("certificate", Some(high_frequency))]);
                    (
                        Item {
                            high_frequency,
                            properties,
                            ..Item::plain(id)
                        },
                        Vec::new(),
                    )
                };
                parts.catalogue = Catalogue::new(vec![item("I1", true), item("I2", false)]);
            })
            .expect("still a study")
    }

    fn read(text: &str) -> Result<(Vec<Indicator>, Vec<String>), String> {
        #[derive(Deserialize)]
        struct File {
            indicator: Vec<IndicatorTable>,
        }
        let file: File = toml::from_str(text).map_err(|e| e.message().to_owned())?;
        let study = study();
        let known = Known {
            sites: study.sites(),
            units: study.units(),
            catalogue: study.catalogue(),
            date: study.target().date,
        };
        let mut findings = Findings::default();
        let mut door = Door {
            file: "study.toml".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
        };
        let indicators =
            indicators(&file.indicator, &known, &mut door).map_err(|e| e.to_string())?;
        Ok((
            indicators,
            findings
                .iter()
                .map(|f| format!("{} {}: {}", f.code, f.subject, f.message))
                .collect(),
        ))
    }

    fn sites_with(more: &str) -> Result<(Vec<Indicator>, Vec<String>), String> {
        read(&format!("[[indicator]]\nname = 'n'\nof = 'sites'\n{more}"))
    }

    #[test]
    fn all_keys_are_read() {
        let (indicators, findings) = sites_with(
            "kinds = ['township-centre']\nunits = ['湖口县', '3']\nproperty = 'network'\ntarget = 0.9\nby = 2024-12-31",
        )
        .expect("valid");
        let expected = Indicator {
            name: "n".to_owned(),
            of: IndicatorOf::Sites {
                kinds: vec!["township-centre".to_owned()],
                units: vec![UnitId::new(0), UnitId::new(2)],
            },
            property: "network".to_owned(),
            target: Some(0.9),
            by: NaiveDate::from_ymd_opt(2024, 12, 31),
        };
        assert_eq!((indicators, findings), (vec![expected], vec![]));
        let items = |choice: &str| {
            let text = "[[indicator]]\nname = 'n'\nof = 'items'\nproperty = 'certificate'\nby = '2024-12-31'\n";
            read(&format!("{text}{choice}")).map(|(mut list, _)| list.remove(0).of)
        };
        let (first, second) = (ItemId::new(0), ItemId::new(1));
        assert_eq!(items(""), Ok(IndicatorOf::Items(vec![first, second])));
        assert_eq!(
            items("items = 'high-frequency'"),
            Ok(IndicatorOf::Items(vec![first]))
        );
        assert_eq!(
            items("items = ['I2', 'I1', 'I2']"),
            Ok(IndicatorOf::Items(vec![first, second]))
        );
        assert!(items("kinds = ['terminal']").is_err_and(|e| e.contains("write of = \"sites\"")));
        assert!(items("items = ['I3']").is_err_and(|e| e.contains("did you mean I1 or I2?")));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_cure() {
        let cases = [
            (
                "property = 'network'\ntarget = 90.0",
                "target\" is \"90\", expected a number from 0 to 1 – write 0.9 for 90 %",
            ),
            (
                "property = 'network'\ntarget = 66.7",
                "write 0.667 for 66.7 %",
            ),
            ("property = 'network'\ntarget = -1.0", "write 0.2 for 20 %"),
            ("property = 'network'\ntarget = nan", "a number from 0 to 1"),
            (
                "property = 'net work s'",
                "expected a column that holds yes and no – did you mean network?",
            ),
            ("property = 'rating'", "there are: network, helper"),
            (
                "property = 'network'\nkinds = ['terminals']",
                "a kind that some site has – did you mean terminal?",
            ),
            (
                "property = 'network'\nunits = ['双钟']",
                "a unit of the units table – did you mean 双钟镇?",
            ),
            (
                "property = 'network'\nitems = 'all'",
                "no such key with of = \"sites\" – remove it, or write of = \"items\"",
            ),
            (
                "property = 'network'\nby = 'end of 2024'",
                "by\" is \"end of 2024\", expected a date – write it as 2024-12-31",
            ),
            (
                "property = 'network'\n[[indicator]]\nname = 'n'\nof = 'items'\nproperty = 'certificate'",
                "no other indicator",
            ),
        ];
        for (more, expected) in cases {
            let error = sites_with(more).expect_err(more);
            assert!(error.contains(expected), "{more}: {error}");
            assert!(error.starts_with("study.toml: key \"indicator["), "{error}");
        }
        assert!(
            sites_with("property = 'network'\nby = 2024")
                .is_err_and(|e| e.contains("not a TOML integer"))
        );
        assert!(
            read("[[indicator]]\nname = 'n'\nof = 'site'\nproperty = 'x'")
                .is_err_and(|e| e.contains("`sites`"))
        );
    }

    #[test]
    fn nothing_counted_and_nothing_known_are_found() {
        let (_, findings) = sites_with("property = 'network'").expect("valid");
        assert_eq!(
            findings,
            [
                "indicator-not-known n: \"network\" is empty for 1 of 2: they count as not having it – fill in yes or no"
            ]
        );
        let (_, findings) =
            sites_with("property = 'network'\nkinds = ['terminal']\nunits = ['1']").expect("valid");
        assert_eq!(
            findings,
            [
                "indicator-of-nothing n: it counts nothing: there is no share, and its target is not met"
            ]
        );
        assert!(sites_with("property = 'helper'").is_ok_and(|(_, findings)| findings.is_empty()));
    }
}
