//! Items and offers: which sites handle what.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::nearest;
use super::door::Door;
use super::error::{BadInput, Place, ReadError, plain};
use super::properties::properties;
use super::rows::{Columns, Ids};
use super::sites::SiteRow;
use super::table::{Record, Table};
use super::values::{flag, list, number, shown};
use crate::ids::SiteId;
use crate::model::{Catalogue, HandlerSet, Item, Properties, Severity, Sites};

/// One row of the offers table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offer {
    who: Who,
    item: String,
    place: Place,
}

/// Who makes an offer.
#[derive(Debug, Clone, PartialEq)]
enum Who {
    Site(String),
    Kind(String),
}

const ONE: f64 = 1e6;

/// The items of a table, with those of its yes/no columns that are `asked` for or hold nothing else.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn items(mut table: Table, asked: &[String], door: &mut Door<'_>) -> Result<Vec<Item>, ReadError> {
    let known = ["id", "name", "weight", "high_frequency"];
    let columns = Columns::of(&table, &known, door)?;
    door.reject_unreadable(&mut table)?;
    if !columns.has("weight") {
        door.note("no-weight-column", "weight", "there is no weight column: all items count alike".to_owned());
    }
    let properties = properties(&table, &known, asked, door)?;
    let mut ids = Ids::new(&columns, door);
    let mut items = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        match item(record, &table, &columns, &mut ids, door) {
            Ok(item) => items.push(Item { properties, ..item }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(items)
}

fn item(record: &Record, table: &Table, columns: &Columns, ids: &mut Ids, door: &Door<'_>) -> Result<Item, BadInput> {
    let id = ids.take(columns, record, table, door)?;
    let wrong_in = |name: &'static str| columns.written(table, name);
    let weight = number(columns.value(record, "weight"))
        .map_err(|wrong| door.wrong(wrong, record.place, wrong_in("weight")))?
        .unwrap_or(1.0);
    if !(1e-6..=1e9).contains(&weight) {
        let found = shown(weight);
        let expected = "a number above 0, at most 1,000,000,000";
        return Err(door.bad("bad-weight", record.place, wrong_in("weight"), &found, expected, "correct the weight"));
    }
    let high_frequency = flag(columns.value(record, "high_frequency"))
        .map_err(|wrong| door.wrong(wrong, record.place, wrong_in("high_frequency")))?
        .unwrap_or(false);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to lie in range")]
    let weight = (weight * ONE).round() as u64;
    Ok(Item { name: columns.text(record, "name"), id, weight, high_frequency, properties: Properties::default() })
}

/// The offers of a table.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn offers(mut table: Table, door: &mut Door<'_>) -> Result<Vec<Offer>, ReadError> {
    let columns = Columns::of(&table, &["site", "kind", "item", "depth", "from", "until"], door)?;
    door.reject_unreadable(&mut table)?;
    for needed in [&["item"][..], &["site", "kind"]] {
        if !needed.iter().any(|name| columns.has(name)) {
            let expected =
                format!("there is no column {}; the columns are: {}", needed.join(" or "), table.columns.join(", "));
            let remedy = "offers need item, and site or kind".to_owned();
            return Err(BadInput {
                code: "no-such-column",
                file: door.file.clone(),
                expected,
                remedy,
                ..BadInput::default()
            }
            .into());
        }
    }
    let mut offers = Vec::new();
    let mut in_part = 0;
    for record in &table.records {
        match offer(record, &table, &columns, door) {
            Ok(list) if is_whole(&columns.text(record, "depth")) => offers.extend(list),
            Ok(_) => in_part += 1,
            Err(bad) => door.reject(bad)?,
        }
    }
    if in_part > 0 {
        door.note(
            "offers-in-part",
            "depth",
            format!("{in_part} offers handle an item only in part and do not count as handling it"),
        );
    }
    for unused in ["from", "until"] {
        if table.records.iter().any(|record| !columns.text(record, unused).is_empty()) {
            door.note("not-used", unused, format!("column \"{unused}\" is not used yet: every offer counts as valid"));
        }
    }
    Ok(offers)
}

fn is_whole(depth: &str) -> bool {
    matches!(depth, "" | "whole" | "全程" | "全部" | "整件")
}

fn offer(record: &Record, table: &Table, columns: &Columns, door: &Door<'_>) -> Result<Vec<Offer>, BadInput> {
    let items = list(columns.value(record, "item"))
        .map_err(|wrong| door.wrong(wrong, record.place, columns.written(table, "item")))?;
    if items.is_empty() {
        return Err(door.bad("no-item", record.place, "item", "", "it is empty", "name the item that is offered"));
    }
    let who = match (columns.text(record, "site"), columns.text(record, "kind")) {
        (site, kind) if !site.is_empty() && kind.is_empty() => Who::Site(site),
        (site, kind) if site.is_empty() && !kind.is_empty() => Who::Kind(kind),
        (site, _) if site.is_empty() => {
            return Err(door.bad(
                "nobody-offers",
                record.place,
                "site",
                "",
                "neither a site nor a kind is named",
                "name one of them",
            ));
        }
        (site, _) => {
            return Err(door.bad(
                "two-offer",
                record.place,
                "site",
                &site,
                "a site or a kind of site, not both",
                "empty one of them",
            ));
        }
    };
    Ok(items.into_iter().map(|item| Offer { who: who.clone(), item, place: record.place }).collect())
}

/// What the catalogue is put together from.
pub(crate) struct Sources<'a> {
    /// The items table, when there is one.
    pub items: Option<Vec<Item>>,
    pub offers: &'a [Offer],
    pub site_rows: &'a [SiteRow],
    pub sites: &'a Sites,
}

/// Puts together items, offers and what the sites say of themselves.
///
/// A site whose own row lists items handles those, and what offers name it for; any other handles
/// what offers name it or its kind for. Without items anywhere, every site handles the one
/// implicit item.
///
/// # Errors
/// When an offer or a site names an item, a site or a kind that does not exist.
pub(crate) fn catalogue(
    sources: &Sources<'_>,
    sites_door: &mut Door<'_>,
    offers_file: &str,
) -> Result<Catalogue, ReadError> {
    let known: Option<BTreeSet<&str>> =
        sources.items.as_ref().map(|items| items.iter().map(|item| item.id.as_str()).collect());
    let mut handlers =
        Handlers { by_item: BTreeMap::new(), by_kind: by_kind(sources), kinds_nowhere: BTreeSet::new(), known };
    for row in sources.site_rows {
        let site = sources.sites.find(&row.site.id);
        for item in row.items.iter().flatten() {
            if let Err(bad) = handlers.add(item, site, (row.place, "items"), sites_door) {
                sites_door.reject(bad)?;
            }
        }
    }
    let mut door = Door { file: offers_file.to_owned(), on_bad: sites_door.on_bad, findings: sites_door.findings };
    for offer in sources.offers {
        if let Err(bad) = handlers.add_offer(offer, sources, &mut door) {
            door.reject(bad)?;
        }
    }
    handlers.catalogue(sources, &mut door)
}

fn by_kind<'a>(sources: &Sources<'a>) -> BTreeMap<&'a str, Vec<SiteId>> {
    let mut by_kind: BTreeMap<&str, Vec<SiteId>> = BTreeMap::new();
    for row in sources.site_rows {
        let sites = by_kind.entry(row.site.kind.as_str()).or_default();
        sites.extend(sources.sites.find(&row.site.id).filter(|_| row.items.is_none()));
    }
    by_kind
}

struct Handlers<'a> {
    by_item: BTreeMap<String, BTreeSet<SiteId>>,
    /// For each kind, its sites that do not list items of their own.
    by_kind: BTreeMap<&'a str, Vec<SiteId>>,
    /// Kinds that offers name and no site has, said once each.
    kinds_nowhere: BTreeSet<String>,
    known: Option<BTreeSet<&'a str>>,
}

impl Handlers<'_> {
    fn add(
        &mut self,
        item: &str,
        sites: impl IntoIterator<Item = SiteId>,
        (place, column): (Place, &str),
        door: &Door<'_>,
    ) -> Result<(), BadInput> {
        if let Some(known) = self.known.as_ref().filter(|known| !known.contains(item)) {
            let ids: Vec<&str> = known.iter().copied().collect();
            return Err(unknown(door, place, column, item, "an item of the items table", &ids));
        }
        self.by_item.entry(item.to_owned()).or_default().extend(sites);
        Ok(())
    }

    fn add_offer(&mut self, offer: &Offer, sources: &Sources<'_>, door: &mut Door<'_>) -> Result<(), BadInput> {
        let sites: Vec<SiteId> = match &offer.who {
            Who::Site(id) => {
                let Some(site) = sources.sites.find(id) else {
                    let ids: Vec<&str> = sources.sites.iter().map(|(_, site)| site.id.as_str()).collect();
                    return Err(unknown(door, offer.place, "site", id, "a site of the sites file", &ids));
                };
                vec![site]
            }
            Who::Kind(kind) => match self.by_kind.get(kind.as_str()) {
                Some(sites) => sites.clone(),
                None => return self.kind_nowhere(kind, offer.place, door),
            },
        };
        self.add(&offer.item, sites, (offer.place, "item"), door)
    }

    /// A kind that no site has is a slip of the pen when it is near to one that some site has, and
    /// else a kind that this place does without.
    fn kind_nowhere(&mut self, kind: &str, place: Place, door: &mut Door<'_>) -> Result<(), BadInput> {
        let kinds: Vec<&str> = self.by_kind.keys().copied().collect();
        if !nearest(kind, &kinds).is_empty() {
            return Err(unknown(door, place, "kind", kind, "a kind that some site has", &kinds));
        }
        if self.kinds_nowhere.insert(kind.to_owned()) {
            let message = format!("no site is of the kind \"{}\": its offers count for nobody", plain(kind));
            door.say(Severity::Suspicious, "kind-nowhere", place, kind, message);
        }
        Ok(())
    }

    fn catalogue(mut self, sources: &Sources<'_>, door: &mut Door<'_>) -> Result<Catalogue, ReadError> {
        let Some(items) = &sources.items else {
            if self.by_item.is_empty() {
                return Ok(Catalogue::implicit(sources.sites.len()));
            }
            let properties = Properties::default;
            let plain = |id: String| Item {
                name: id.clone(),
                id,
                weight: 1_000_000,
                high_frequency: false,
                properties: properties(),
            };
            let named = self.by_item.into_iter().map(|(id, sites)| (plain(id), HandlerSet::of(sites)));
            return Ok(Catalogue::new(named.collect()));
        };
        if self.by_item.is_empty() {
            let expected =
                format!("{} items are listed, but neither the offers nor the sites say who handles them", items.len());
            let remedy = "add offers = \"offers.csv\" to the study, or an items column to the sites".to_owned();
            return Err(BadInput {
                code: "no-offers",
                file: door.file.clone(),
                expected,
                remedy,
                ..BadInput::default()
            }
            .into());
        }
        let with_handlers = items.iter().map(|item| {
            let sites = self.by_item.remove(&item.id).unwrap_or_default();
            (item.clone(), HandlerSet::of(sites))
        });
        Ok(Catalogue::new(with_handlers.collect()))
    }
}

fn unknown(door: &Door<'_>, place: Place, column: &str, found: &str, expected: &str, known: &[&str]) -> BadInput {
    let near = nearest(found, known);
    let remedy =
        if near.is_empty() { "check the spelling".to_owned() } else { format!("did you mean {}?", near.join(" or ")) };
    door.bad("unknown-name", place, column, found, expected, &remedy)
}
