//! `[[indicator]]`: which share of sites, items, departments or units should have a property, or what
//! a number should come to.
//!
//! ```toml
//! [[indicator]]
//! name = "township centres on the network"
//! of = "sites"                  # or "items", "departments", "units"
//! kinds = ["township-centre"]   # of these kinds; without it, of any
//! units = ["360429"]            # in these units (id or name) and all within them; without it, anywhere
//! property = "network"          # a column that holds yes, no or the day since when
//! target = 0.9                  # 90 %; without it, the share is only told
//! by = 2023-12-31
//! lead = "行政审批局"            # who leads (牵头单位), and who is responsible with it (责任单位)
//! responsible = ["各乡镇"]
//!
//! [[indicator]]
//! name = "a helper in every centre"
//! of = "sites"
//! property = "helpers"          # a column of numbers
//! at_least = 1                  # counts when it is 1 or more; at_most = 3: when it is 3 or less
//! target = 1.0
//!
//! [[indicator]]
//! name = "days"
//! of = "items"
//! items = "high-frequency"      # or "all" (as without it), or a list of ids
//! property = "days"
//! measure = "mean"              # "share" (as without it), "mean" or "sum"
//! at_most = 3                   # the mean should be 3 or less
//!
//! [[indicator]]
//! name = "bad ratings settled"
//! of = "sites"
//! property = "settled"
//! out_of = "bad_reviews"        # the sum of the one over the sum of the other
//! target = 0.95                 # at least that; or at_least, at_most
//!
//! [[indicator]]
//! name = "townships with a leading group"
//! of = "units"
//! depth = 1                     # of this level alone, 0 at the top; without it, of any
//! property = "leading_group"
//! ```

use chrono::NaiveDate;
use serde::Deserialize;

use super::charge::charge;
use super::wrong::{Wrong, kinds_of};
use crate::model::{
    Counted, Decimal, Indicator, IndicatorOf, Limits, Measure, Population, Properties, Property,
    PropertyKind, Severity,
};
use crate::read::error::{Place, ReadError, plain};
use crate::read::listed::listed;
use crate::read::plan::item_choice::ItemChoice;
use crate::read::plan::study_dates::Written;
use crate::read::row_policy::Door;
use crate::read::tables::columns::nearest;
use crate::read::tables::properties::{Asked, Form, each_once};
use crate::words::text;

/// The keys of the table.
pub(super) const KEYS: &[&str] = &[
    "name",
    "of",
    "kinds",
    "units",
    "depth",
    "items",
    "property",
    "measure",
    "out_of",
    "at_least",
    "at_most",
    "target",
    "by",
    "lead",
    "responsible",
];

/// One such table, as written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct IndicatorTable {
    name: String,
    of: String,
    kinds: Option<Vec<String>>,
    units: Option<Vec<String>>,
    depth: Option<usize>,
    items: Option<ItemChoice>,
    property: String,
    measure: Option<String>,
    out_of: Option<String>,
    at_least: Option<f64>,
    at_most: Option<f64>,
    target: Option<f64>,
    by: Option<Written>,
    lead: Option<String>,
    responsible: Option<Vec<String>>,
}

/// What an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Sites,
    Items,
    Departments,
    Units,
}

impl Of {
    pub(crate) const ALL: [Self; 4] = [Self::Sites, Self::Items, Self::Departments, Self::Units];

    const fn word(self) -> &'static str {
        match self {
            Self::Sites => "sites",
            Self::Items => "items",
            Self::Departments => "departments",
            Self::Units => "units",
        }
    }
}

/// Whether an indicator has a date, so that days of opening and closing count.
pub(crate) fn dated(tables: &[IndicatorTable]) -> bool {
    tables.iter().any(|table| table.by.is_some())
}

/// The properties of sites, items, departments or units that indicators name, and what they must hold.
pub(crate) fn properties(tables: &[IndicatorTable], of: Of) -> Vec<Asked> {
    let mut asked = Vec::new();
    for table in tables.iter().filter(|table| table.of == of.word()) {
        asked.push(Asked {
            name: table.property.clone(),
            form: table.form(),
        });
        asked.extend(table.out_of.iter().map(|name| Asked {
            name: name.clone(),
            form: Form::Amount,
        }));
    }
    each_once(asked)
}

impl IndicatorTable {
    /// What its property must hold.
    fn form(&self) -> Form {
        let is_of_numbers = self.measure.as_deref().is_some_and(|word| word != SHARE);
        let has_limit = self.at_least.is_some() || self.at_most.is_some();
        if self.out_of.is_some() {
            Form::Amount
        } else if is_of_numbers || has_limit {
            Form::Number
        } else {
            Form::FlagOrDate
        }
    }
}

/// The study's indicators. Says in a finding where one counts nothing, where it names a kind that no
/// site is of, and where it is not known whether something has the property.
///
/// # Errors
/// When a name stands twice, a property, unit or item is unknown, a kind is nearly one that some site
/// is of, the target is no share, a limit is missing or none, or the date is none.
pub(crate) fn indicators(
    tables: &[IndicatorTable],
    known: &Population<'_>,
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
        let counted = known.counted(&indicator);
        check_dates(&indicator, &counted, known, &wrong)?;
        // A share of nothing, or of what nobody knows, is no error; but it should not surprise.
        kinds_nowhere(&indicator, known, door);
        doubts(&indicator, &counted, door);
        indicators.push(indicator);
    }
    tell_missing_departments(&indicators, known, door);
    Ok(indicators)
}

fn indicator(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<Indicator, ReadError> {
    let whom = whom(table, wrong)?;
    check_keys(table, whom, wrong)?;
    let measure = measure(table, wrong)?;
    let of = match whom {
        Of::Sites => sites(table, known, wrong)?,
        Of::Items => items(table, known, wrong)?,
        Of::Departments => IndicatorOf::Departments,
        Of::Units => IndicatorOf::Units {
            units: units(table, known, wrong)?,
            depth: table.depth,
        },
    };
    check_columns(table, &measure, first_of(whom, known, wrong)?, wrong)?;
    // The target of what is no share stands in its limits.
    let share = table.target.filter(|_| measure.is_share());
    let target = share.map(|target| wrong.between("target", target, [0.0, 1.0]));
    Ok(Indicator {
        name: table.name.clone(),
        of,
        property: table.property.clone(),
        measure,
        target: target.transpose()?,
        by: by(table, wrong)?,
        charge: charge(table.lead.as_ref(), table.responsible.as_ref(), wrong)?,
    })
}

/// What it counts.
fn whom(table: &IndicatorTable, wrong: &Wrong) -> Result<Of, ReadError> {
    let known = Of::ALL.map(Of::word);
    let mut all = Of::ALL.into_iter();
    all.find(|of| of.word() == table.of).ok_or_else(|| {
        let expected = text!(TheseWords, words = listed(known));
        wrong.unknown_of(("of", &table.of), expected, &known)
    })
}

/// Whether each key goes with what is counted.
fn check_keys(table: &IndicatorTable, of: Of, wrong: &Wrong) -> Result<(), ReadError> {
    let misplaced = [
        ("kinds", table.kinds.is_some() && of != Of::Sites, "sites"),
        (
            "units",
            table.units.is_some() && !matches!(of, Of::Sites | Of::Units),
            "sites",
        ),
        ("depth", table.depth.is_some() && of != Of::Units, "units"),
        ("items", table.items.is_some() && of != Of::Items, "items"),
    ];
    match misplaced
        .into_iter()
        .find(|(_, is_misplaced, _)| *is_misplaced)
    {
        Some((key, _, instead)) => {
            let expected = text!(NoSuchKeyWithOf, of = of.word());
            Err(wrong.key(key, expected, text!(RemoveOrWriteOf, of = instead)))
        }
        None => Ok(()),
    }
}

const SHARE: &str = "share";
const MEASURES: [&str; 4] = [SHARE, "mean", "sum", "ratio"];

/// What is made of the property.
fn measure(table: &IndicatorTable, wrong: &Wrong) -> Result<Measure, ReadError> {
    let usual = if table.out_of.is_some() {
        "ratio"
    } else {
        SHARE
    };
    let word = table.measure.as_deref().unwrap_or(usual);
    if !MEASURES.contains(&word) {
        let found = ("measure", word);
        let expected = text!(TheseWords, words = listed(MEASURES));
        return Err(wrong.unknown_of(found, expected, &MEASURES));
    }
    let limits = limits(table, wrong)?;
    if let Some(out_of) = &table.out_of {
        return ratio(table, word, out_of, limits, wrong);
    }
    match word {
        "ratio" => Err(wrong.key("out_of", text!(ColumnOfTheWhole), text!(WriteOutOf))),
        SHARE if limits.is_none() => Ok(Measure::Has),
        SHARE => Ok(Measure::Within(limits)),
        _ if table.target.is_some() => {
            let expected = text!(NoTargetWithMeasure, measure = word);
            Err(wrong.key("target", expected, text!(WriteLimit)))
        }
        "mean" => Ok(Measure::Mean(limits)),
        _ => Ok(Measure::Sum(limits)),
    }
}

/// A ratio, whose target is the least that it should be.
fn ratio(
    table: &IndicatorTable,
    word: &str,
    out_of: &str,
    limits: Limits,
    wrong: &Wrong,
) -> Result<Measure, ReadError> {
    if word != "ratio" {
        let expected = text!(NoOutOfWithMeasure, measure = word);
        return Err(wrong.key("out_of", expected, text!(RemoveOrRatio)));
    }
    let target = table.target.map(|target| decimal("target", target, wrong));
    let target = target.transpose()?;
    if target.is_some() && limits.at_least.is_some() {
        let expected = text!(NotBothKeys, first = "target", second = "at_least");
        return Err(wrong.key("at_least", expected, text!(LeaveOneOut)));
    }
    Ok(Measure::Ratio {
        out_of: out_of.to_owned(),
        limits: Limits {
            at_least: target.or(limits.at_least),
            ..limits
        },
    })
}

fn limits(table: &IndicatorTable, wrong: &Wrong) -> Result<Limits, ReadError> {
    let read = |key, value: Option<f64>| value.map(|value| decimal(key, value, wrong)).transpose();
    let limits = Limits {
        at_least: read("at_least", table.at_least)?,
        at_most: read("at_most", table.at_most)?,
    };
    // Nothing lies above the most.
    if let (Some(least), Some(most)) = (limits.at_least, limits.at_most)
        && least > most
    {
        let found = ("at_least", &*least.to_string());
        let expected = text!(AtMostOtherKey, most = most.to_string());
        return Err(wrong.value(found, expected, text!(ChangeNumber)));
    }
    Ok(limits)
}

fn decimal(key: &str, value: f64, wrong: &Wrong) -> Result<Decimal, ReadError> {
    let within = wrong.between(key, value, [-Decimal::MOST, Decimal::MOST])?;
    Ok(Decimal::of(within).unwrap_or_default())
}

fn sites(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
    // A kind that is nearly one that some site is of is a slip of the pen; another may come later.
    let kinds = kinds_of(known.sites);
    for kind in table.kinds.iter().flatten() {
        if !kinds.contains(&kind.as_str()) && !nearest(kind, &kinds).is_empty() {
            return Err(wrong.unknown(("kinds", kind), text!(KindOfSites), &kinds));
        }
    }
    Ok(IndicatorOf::Sites {
        kinds: table.kinds.clone().unwrap_or_default(),
        units: units(table, known, wrong)?,
    })
}

fn units(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<Vec<crate::ids::UnitId>, ReadError> {
    let named = table.units.iter().flatten();
    named
        .map(|name| wrong.unit("units", name, known.units))
        .collect()
}

fn items(
    table: &IndicatorTable,
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<IndicatorOf, ReadError> {
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

/// The properties of the first of those that may count: all rows have the same columns.
fn first_of<'p>(
    of: Of,
    known: &Population<'p>,
    wrong: &Wrong,
) -> Result<Option<&'p Properties>, ReadError> {
    Ok(match of {
        Of::Sites => known.sites.iter().next().map(|(_, site)| &site.properties),
        Of::Items => known
            .catalogue
            .iter()
            .next()
            .map(|(_, item)| &item.properties),
        Of::Units => known.units.iter().next().map(|(_, unit)| &unit.properties),
        Of::Departments => {
            let first = known.departments.iter().next();
            if first.is_none() {
                let found = ("of", "departments");
                return Err(wrong.value(found, text!(DepartmentsTable), text!(AddDepartments)));
            }
            first.map(|entry| &entry.properties)
        }
    })
}

/// The columns must be some of the table's, if the table has any row.
fn check_columns(
    table: &IndicatorTable,
    measure: &Measure,
    first: Option<&Properties>,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    let Some(first) = first else {
        return Ok(());
    };
    check_column(("property", &table.property), measure.kind(), first, wrong)?;
    match &table.out_of {
        Some(out_of) => check_column(("out_of", out_of), PropertyKind::Number, first, wrong),
        None => Ok(()),
    }
}

fn check_column(
    found: (&str, &str),
    kind: PropertyKind,
    first: &Properties,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    if first.knows_as(found.1, kind) {
        return Ok(());
    }
    let known: Vec<&str> = first.names(kind).collect();
    let expected = match kind {
        PropertyKind::YesNo => text!(YesNoColumn),
        PropertyKind::Number => text!(NumberColumn),
    };
    if known.is_empty() {
        let remedy = match kind {
            PropertyKind::YesNo => text!(AddYesNoColumn),
            PropertyKind::Number => text!(AddNumberColumn),
        };
        return Err(wrong.value(found, expected, remedy));
    }
    Err(wrong.unknown(found, expected, &known))
}

/// Where days say since when, a day must be asked.
fn check_dates(
    indicator: &Indicator,
    counted: &[Counted<'_>],
    known: &Population<'_>,
    wrong: &Wrong,
) -> Result<(), ReadError> {
    let mut values = counted.iter().map(|one| one.value.property);
    let since = values.find_map(|value| match value {
        Property::Since(since) => Some(since),
        Property::Unknown | Property::Flag(_) | Property::Number(_) => None,
    });
    match since.filter(|_| indicator.day(known.day).is_none()) {
        Some(since) => {
            let expected = text!(
                DayForDates,
                property = &indicator.property,
                since = since.to_string()
            );
            Err(wrong.key("by", expected, text!(WriteByOrDate)))
        }
        None => Ok(()),
    }
}

/// Says which kinds no site is of.
fn kinds_nowhere(indicator: &Indicator, known: &Population<'_>, door: &mut Door<'_>) {
    let IndicatorOf::Sites { kinds, .. } = &indicator.of else {
        return;
    };
    let there = kinds_of(known.sites);
    for kind in kinds.iter().filter(|kind| !there.contains(&kind.as_str())) {
        let message = text!(IndicatorKindNowhere, kind = plain(kind));
        let name = &indicator.name;
        door.say(
            Severity::Suspicious,
            "kind-nowhere",
            Place::File,
            name,
            message,
        );
    }
}

/// Says which departments items name and the table lacks.
fn tell_missing_departments(indicators: &[Indicator], known: &Population<'_>, door: &mut Door<'_>) {
    if !indicators
        .iter()
        .any(|asked| asked.of == IndicatorOf::Departments)
    {
        return;
    }
    for name in known.departments_missing() {
        let message = text!(DepartmentMissing);
        door.say(
            Severity::Suspicious,
            "department-not-listed",
            Place::File,
            name,
            message,
        );
    }
}

/// Says where an indicator counts nothing, or does not know.
fn doubts(indicator: &Indicator, counted: &[Counted<'_>], door: &mut Door<'_>) {
    let unknown = counted.iter().filter(|one| one.value.has.is_none()).count();
    let (code, message) = match (counted.len(), unknown) {
        (0, _) => ("indicator-of-nothing", text!(IndicatorOfNothing)),
        // All is known.
        (_, 0) => return,
        (all, unknown) => ("indicator-not-known", not_known(indicator, unknown, all)),
    };
    door.say(
        Severity::Suspicious,
        code,
        Place::File,
        &indicator.name,
        message,
    );
}

fn not_known(indicator: &Indicator, unknown: usize, all: usize) -> crate::words::Text {
    let property = &indicator.property;
    match &indicator.measure {
        Measure::Has => text!(
            IndicatorNotKnown,
            property = property,
            unknown = unknown,
            all = all
        ),
        Measure::Within(_) => text!(
            IndicatorNumberNotKnown,
            property = property,
            unknown = unknown,
            all = all
        ),
        Measure::Mean(_) | Measure::Sum(_) | Measure::Ratio { .. } => text!(
            IndicatorLeftOut,
            property = property,
            unknown = unknown,
            all = all
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;
    use crate::ids::{ItemId, UnitId};
    use crate::model::{
        Catalogue, DepartmentEntry, Departments, Findings, Item, Sites, Study, UnitRow, Units,
    };
    use crate::read::row_policy::OnBad;

    /// Two sites, `s` a centre in the town, `t` a terminal nowhere; two items.
    fn study() -> Study {
        let study = draw::town("A-s-t-B", 100.0, "st");
        let number = |value| Property::Number(Decimal::whole(value));
        let since = Property::Since(NaiveDate::from_ymd_opt(2022, 11, 30).expect("a day"));
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
                    site.properties = Properties::of_values([
                        ("network", PropertyKind::YesNo, network.into()),
                        ("helper", PropertyKind::YesNo, Property::Flag(false)),
                        ("since", PropertyKind::YesNo, since),
                        ("helpers", PropertyKind::Number, number(2)),
                        ("settled", PropertyKind::Number, number(0)),
                        (
                            "bad",
                            PropertyKind::Number,
                            number(if network.is_some() { 3 } else { 0 }),
                        ),
                    ]);
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
                let mut items = vec![item("I1", true), item("I2", false)];
                items[0].0.department = "police".to_owned();
                items[1].0.department = "tax".to_owned();
                parts.catalogue = Catalogue::new(items);
                parts.departments = Departments::sorted(vec![DepartmentEntry {
                    id: "D1".to_owned(),
                    name: "police".to_owned(),
                    properties: Properties::of([("e_seal", Some(true))]),
                }]);
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
        let known = study.population();
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
            ..Indicator::default()
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
                .is_err_and(|e| e
                    .contains("expected sites, items, departments, units – did you mean sites"))
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

    fn measure_of(more: &str) -> Result<Measure, String> {
        sites_with(more).map(|(mut list, _)| list.remove(0).measure)
    }

    fn limits(at_least: Option<i64>, at_most: Option<i64>) -> Limits {
        Limits {
            at_least: at_least.map(Decimal::whole),
            at_most: at_most.map(Decimal::whole),
        }
    }

    #[test]
    fn numbers_have_limits_of_their_own() {
        let (one, three) = (Some(1), Some(3));
        let ratio = |limits| Measure::Ratio {
            out_of: "bad".to_owned(),
            limits,
        };
        for (more, expected) in [
            (
                "property = 'helpers'\nat_least = 1",
                Measure::Within(limits(one, None)),
            ),
            (
                "property = 'helpers'\nat_least = 1\nat_most = 3.0\nmeasure = 'share'\ntarget = 0.5",
                Measure::Within(limits(one, three)),
            ),
            (
                "property = 'helpers'\nmeasure = 'mean'\nat_most = 3",
                Measure::Mean(limits(None, three)),
            ),
            (
                "property = 'helpers'\nmeasure = 'sum'",
                Measure::Sum(Limits::default()),
            ),
            (
                "property = 'settled'\nout_of = 'bad'\ntarget = 1.0",
                ratio(limits(one, None)),
            ),
            (
                "property = 'settled'\nout_of = 'bad'\nmeasure = 'ratio'\nat_most = 3",
                ratio(limits(None, three)),
            ),
        ] {
            assert_eq!(measure_of(more), Ok(expected), "{more}");
        }
        // A ratio's target is no share of those that count.
        let (list, _) =
            sites_with("property = 'settled'\nout_of = 'bad'\ntarget = 1.0").expect("good");
        assert_eq!(list[0].target, None);
    }

    #[test]
    fn wrong_numbers_and_dates_are_said_with_their_cure() {
        for (more, expected) in [
            (
                "property = 'helpers'\nmeasure = 'median'",
                "measure\" is \"median\", expected share, mean, sum, ratio – did you mean mean?",
            ),
            (
                "property = 'helpers'\nmeasure = 'mean'\ntarget = 3.0",
                "target\": no target with measure = \"mean\" – write at_least or at_most",
            ),
            (
                "property = 'helpers'\nmeasure = 'ratio'",
                "out_of\": the column that the ratio is out of – write out_of",
            ),
            (
                "property = 'settled'\nout_of = 'bad'\nmeasure = 'sum'",
                "out_of\": no such key with measure = \"sum\" – remove it, or write measure",
            ),
            (
                "property = 'settled'\nout_of = 'bad'\ntarget = 1.0\nat_least = 1",
                "at_least\": target or at_least, not both",
            ),
            (
                "property = 'settled'\nout_of = 'bda'",
                "out_of\" is \"bda\", expected a column of numbers – did you mean bad?",
            ),
            (
                "property = 'helprs'\nat_least = 1",
                "property\" is \"helprs\", expected a column of numbers – did you mean helpers?",
            ),
            (
                "property = 'helpers'\nat_least = 3\nat_most = 1",
                "at_least\" is \"3\", expected at most 1, as at_most says",
            ),
            (
                "property = 'helpers'\nat_least = inf",
                "expected a number from -1000000000000",
            ),
            (
                "property = 'since'",
                "by\": a day: \"since\" holds dates such as 2022-11-30 – write by = 2024-12-31 here",
            ),
            (
                "property = 'network'\ndepth = 1",
                "depth\": no such key with of = \"sites\" – remove it, or write of = \"units\"",
            ),
            (
                "property = 'network'\nlead = ' '",
                "lead\" is \"\"\"\", expected the name of who answers for it",
            ),
        ] {
            let error = sites_with(more).expect_err(more);
            assert!(error.contains(expected), "{more}: {error}");
        }
        assert!(sites_with("property = 'since'\nby = 2022-12-31").is_ok());
    }

    #[test]
    fn a_kind_that_nobody_has_yet_is_found_and_no_error() {
        let (list, findings) =
            sites_with("property = 'helper'\nkinds = ['terminal', '驿站']").expect("no error");
        assert_eq!(
            findings,
            ["kind-nowhere n: no site is of the kind \"驿站\" yet"]
        );
        let IndicatorOf::Sites { kinds, .. } = &list[0].of else {
            panic!("{list:?}")
        };
        assert_eq!(kinds, &["terminal", "驿站"]);
    }

    #[test]
    fn a_ratio_leaves_out_nothing_out_of_nothing() {
        // Of s three are bad and none is settled, of t none is bad.
        let (_, findings) = sites_with("property = 'settled'\nout_of = 'bad'").expect("good");
        assert!(findings.is_empty(), "{findings:?}");
    }

    #[test]
    fn departments_that_the_table_lacks_are_told() {
        let (list, findings) =
            read("[[indicator]]\nname = 'n'\nof = 'departments'\nproperty = 'e_seal'")
                .expect("good");
        assert_eq!(list[0].of, IndicatorOf::Departments);
        assert!(
            findings[0].starts_with("indicator-not-known n: \"e_seal\" is empty for 1 of 2"),
            "{findings:?}"
        );
        assert!(
            findings[1].starts_with("department-not-listed tax: items name this department"),
            "{findings:?}"
        );
    }

    #[test]
    fn units_and_those_in_charge_are_read() {
        let text = "[[indicator]]\nname = 'n'\nof = 'units'\ndepth = 1\nunits = ['1']\nproperty = 'x'\n\
                    lead = '审批局'\nresponsible = ['各乡镇', '工信局']";
        let error = read(text).expect_err("no such column");
        assert!(
            error.contains("the table has none: add the column"),
            "{error}"
        );
        let (list, _) =
            sites_with("property = 'helper'\nlead = '审批局'\nresponsible = ['各乡镇']")
                .expect("good");
        assert_eq!(list[0].charge.lead, "审批局");
        assert_eq!(list[0].charge.responsible, ["各乡镇"]);
    }
}
