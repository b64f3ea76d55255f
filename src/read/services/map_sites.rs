//! Sites of a map: its banks, halls and stations, each at its entrance where one is mapped.
//!
//! ```text
//!   +------E--+     A building stands at its main entrance, else at any other that visitors use, and
//!   |         |     only without one at its middle. A node stands where it is.
//!   |    o    |
//!   +---------+
//! ```

use std::collections::BTreeMap;

use geo::{BoundingRect, Centroid, Contains, Geometry, InteriorPoint, Point};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::map_tags::MapTags;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::input::Input;
use crate::read::listed::listed;
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::read::streets::osm::{Feature, Wanted, features, without_outlines};
use crate::words::{Text, text};

/// What a map tells of a site beside its name, kind and hours, where it does.
const FURTHER: [&str; 4] = ["operator", "brand", "phone", "wheelchair"];
/// By which tags sites are named, the best first.
const NAMES: [&str; 6] = [
    "name",
    "name:zh",
    "official_name",
    "name:en",
    "brand",
    "operator",
];
/// Entrances that visitors do not use.
const NO_ENTRANCES: [&str; 7] = [
    "no",
    "exit",
    "emergency",
    "service",
    "staircase",
    "garage",
    "private",
];

/// The sites of a map (PBF, or XML that `Input` holds), as a table; `asked` are further tags that the
/// study asks for.
///
/// # Errors
/// When the map is cut or damaged, has no such site, or the study names what is no tag.
pub(crate) fn table(
    (input, entry): (&Input, &InputFile),
    bytes: &[u8],
    asked: &[String],
    (study, door): (&str, &mut Door<'_>),
) -> Result<Table, ReadError> {
    let tags = MapTags::of(&entry.tags, study)?;
    let wanted = Wanted {
        key: &|key| tags.has_key(key),
        object: &|object| tags.is_site(object),
    };
    let found = features(bytes, &input.file, input.memory, wanted)?;
    // A way that outlines an area of its own kind is the same site, mapped twice.
    let kind = |site: &Feature| tags.kind_of(site).map(|(kind, _)| kind.to_owned());
    let (found, outlines) = without_outlines(found, |way, area| kind(way) == kind(area));
    let mut sites = Sites {
        tags: &tags,
        columns: columns(&found, asked),
        told: Told {
            outlines,
            ..Told::default()
        },
    };
    let records: Vec<Record> = found.iter().filter_map(|site| sites.record(site)).collect();
    let Sites {
        columns, mut told, ..
    } = sites;
    told.twice = twice(&found, &tags);
    if records.is_empty() {
        return Err(told.nothing(&tags, &input.file).into());
    }
    told.say(door);
    let own = ["id", "name", "kind", "opening_hours", "tag"];
    let own = own.iter().map(|&name| name.to_owned());
    // Numbered as rows of this table: objects that are no site have left gaps.
    let places = (1..).map(Place::Feature);
    let records = records.into_iter().zip(places);
    Ok(Table {
        file: input.file.clone(),
        columns: own.chain(columns).collect(),
        records: records
            .map(|(record, place)| Record { place, ..record })
            .collect(),
        declared_crs: Some("WGS84".to_owned()),
        ..Table::default()
    })
}

/// The further tags that some site has, each once.
fn columns(sites: &[Feature], asked: &[String]) -> Vec<String> {
    let mut columns: Vec<String> = FURTHER.iter().map(|&tag| tag.to_owned()).collect();
    for tag in asked {
        if !columns.contains(tag) {
            columns.push(tag.clone());
        }
    }
    columns.retain(|tag| sites.iter().any(|site| site.tag(tag).is_some()));
    columns
}

/// The sites of a map, being made.
struct Sites<'a> {
    tags: &'a MapTags,
    columns: Vec<String>,
    told: Told,
}

impl Sites<'_> {
    /// The site that an object is; none where it is closed for the public, lies in part beyond the
    /// file, or is no area.
    fn record(&mut self, site: &Feature) -> Option<Record> {
        let (kind, tag) = self.tags.kind_of(site)?;
        // What is closed for good, or for the public, serves nobody.
        if is_given_up(site) {
            self.told.closed += 1;
            return None;
        }
        let Some((at, is_entrance)) = place(site) else {
            // One that the file cuts off is whole elsewhere; any other is drawn wrong in the map
            // itself.
            let lost = if site.is_cut {
                &mut self.told.cut
            } else {
                &mut self.told.open
            };
            lost.0 += 1;
            lost.1.get_or_insert_with(|| site.id());
            return None;
        };
        *self.told.kinds.entry(kind.to_owned()).or_default() += 1;
        self.told.entrances += usize::from(is_entrance);
        let name = NAMES.iter().find_map(|key| site.tag(key));
        self.told.nameless += usize::from(name.is_none());
        let text = |told: Option<&str>| told.map_or(Value::Empty, Value::of_text);
        let own = [
            Value::of_text(&site.id()),
            text(name),
            Value::of_text(kind),
            text(site.tag("opening_hours")),
            Value::of_text(&tag),
        ];
        let further = self.columns.iter().map(|tag| text(site.tag(tag)));
        Some(Record {
            place: Place::File,
            geometry: Some(Geometry::Point(at)),
            flaw: None,
            values: own.into_iter().chain(further).collect(),
        })
    }
}

/// Whether a site is no longer used, or not for the public.
fn is_given_up(site: &Feature) -> bool {
    let says = |key: &str, values: &[&str]| {
        let value = site.tag(key);
        value.is_some_and(|value| values.contains(&value))
    };
    says("disused", &["yes"]) || says("abandoned", &["yes"]) || says("access", &["no", "private"])
}

/// Where one goes to a site, and whether that is a mapped entrance.
fn place(site: &Feature) -> Option<(Point, bool)> {
    let usable = site.entrances.iter();
    let usable = usable.filter(|(kind, _)| !NO_ENTRANCES.contains(&kind.as_str()));
    // Of several equally good ones the first along the outline.
    let best = usable.min_by_key(|(kind, _)| kind != "main");
    if let Some((_, [x, y])) = best {
        return Some((Point::new(*x, *y), true));
    }
    let at = match site.shape.as_ref()? {
        Geometry::Point(at) => Some(*at),
        Geometry::Polygon(area) => middle(area),
        Geometry::MultiPolygon(areas) => middle(areas),
        Geometry::LineString(line) => line.interior_point(),
        _ => None,
    };
    at.map(|at| (at, false))
}

/// The centroid of an area if that lies inside, else a place that does.
fn middle<A>(area: &A) -> Option<Point>
where
    A: Centroid<Output = Option<Point>> + InteriorPoint<Output = Option<Point>> + Contains<Point>,
{
    let centroid = area.centroid().filter(|at| area.contains(at));
    centroid.or_else(|| area.interior_point())
}

/// Nodes that stand in an area of the same kind: likely one site mapped twice. How many there are,
/// with the first and its area. O(n log n), and one look at each area around a node.
fn twice(sites: &[Feature], tags: &MapTags) -> Option<(usize, [String; 2])> {
    let in_use = || sites.iter().filter(|site| !is_given_up(site));
    let areas = in_use().filter_map(|site| {
        let shape = site.shape.as_ref()?;
        let is_area = matches!(shape, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
        let around = shape.bounding_rect().filter(|_| is_area)?;
        let [low, high] = [around.min(), around.max()].map(|at| [at.x, at.y]);
        Some(GeomWithData::new(Rectangle::from_corners(low, high), site))
    });
    let areas = RTree::bulk_load(areas.collect());
    let mut found = in_use().filter_map(|site| {
        let Some(Geometry::Point(at)) = &site.shape else {
            return None;
        };
        let kind = tags.kind_of(site)?.0;
        let near = areas.locate_in_envelope_intersecting(AABB::from_point([at.x(), at.y()]));
        let around = near.map(|area| area.data).filter(|area| {
            let holds = area.shape.as_ref().is_some_and(|area| area.contains(at));
            holds && tags.kind_of(area).is_some_and(|(other, _)| other == kind)
        });
        // The first by its id, in whatever order the tree finds them.
        let around = around.min_by_key(|area| (area.kind, area.number))?;
        Some([site.id(), around.id()])
    });
    let first = found.next()?;
    Some((1 + found.count(), first))
}

/// What is told of the sites of a map.
#[derive(Default)]
struct Told {
    /// Sites that are likely mapped twice.
    twice: Option<(usize, [String; 2])>,
    kinds: BTreeMap<String, usize>,
    entrances: usize,
    nameless: usize,
    closed: usize,
    /// Ways that are outlines of a site, and none themselves.
    outlines: usize,
    cut: Lost,
    open: Lost,
}

/// How many sites have no place for the same reason, and the first of them.
type Lost = (usize, Option<String>);

impl Told {
    fn say(&self, door: &mut Door<'_>) {
        let all: usize = self.kinds.values().sum();
        let message = text!(
            MapSites,
            count = all,
            kinds = counted(&self.kinds),
            entrances = self.entrances,
            nameless = self.nameless,
        );
        door.note("map-sites", "sites", message);
        if let Some((count, [one, other])) = &self.twice {
            let message = text!(MapSitesTwice, count = *count, one = one, other = other);
            let severity = Severity::Suspicious;
            door.say(severity, "map-sites-twice", Place::File, "sites", message);
        }
        if self.closed > 0 {
            let message = text!(MapSitesClosed, count = self.closed);
            door.note("map-sites-closed", "sites", message);
        }
        if self.outlines > 0 {
            let message = text!(MapSitesOutlines, count = self.outlines);
            door.note("map-sites-outlines", "sites", message);
        }
        let mut doubt = |code, message| {
            door.say(Severity::Suspicious, code, Place::File, "sites", message);
        };
        if let (count, Some(id)) = &self.cut {
            let message = text!(MapSitesCut, count = *count, id = id);
            doubt("map-sites-cut", message);
        }
        if let (count, Some(id)) = &self.open {
            let message = text!(MapSitesOpen, count = *count, id = id);
            doubt("map-sites-open", message);
        }
    }

    /// Why there is no site at all.
    fn nothing(&self, tags: &MapTags, file: &str) -> BadInput {
        let written = tags.written();
        let list = listed(written.iter().map(String::as_str));
        let lost = self.closed + self.cut.0 + self.open.0;
        let expected = if lost == 0 {
            text!(MapWithoutSites, tags = list)
        } else {
            text!(
                MapSitesAllLost,
                tags = list,
                cut = self.cut.0,
                closed = self.closed,
                open = self.open.0,
            )
        };
        BadInput {
            code: "no-map-sites",
            file: file.to_owned(),
            expected,
            remedy: text!(NameOtherTags),
            ..BadInput::default()
        }
    }
}

/// Names with how many there are of each: `bank 43, police 2`.
pub(super) fn counted(names: &BTreeMap<String, usize>) -> Vec<Text> {
    let each = names.iter().map(|(name, count)| format!("{name} {count}"));
    let each: Vec<String> = each.collect();
    listed(each.iter().map(String::as_str))
}
