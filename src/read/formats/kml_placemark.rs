//! A placemark of KML: its geometry as GeoJSON would write it, its names and data as properties.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::feature::{Feature, repeated};
use super::json_coordinates::Coordinates;
use super::json_parts::Part;
use super::nesting::position;
use super::shapes::twice;
use super::table::Value;
use super::values::Problem;
use crate::words::{Text, text};

/// An element inside of a placemark.
#[derive(Debug, Default)]
pub(super) struct Element {
    name: String,
    /// Its attribute `name`, of data, or else `id`.
    label: Option<String>,
    pub text: String,
    pub children: Vec<Element>,
}

impl Element {
    /// An element that begins.
    pub(super) fn of(element: &BytesStart<'_>) -> Result<Self, Text> {
        let attribute = |name: &str| -> Result<Option<String>, Text> {
            let found = element.try_get_attribute(name);
            let found = found.map_err(|error| text!(NotWellFormed, error = error.to_string()))?;
            let value = found.map(|attribute| {
                attribute
                    .normalized_value(XmlVersion::Implicit1_0)
                    .map(|value| value.trim().to_owned())
                    .map_err(|error| text!(NotWellFormed, error = error.to_string()))
            });
            value.transpose()
        };
        Ok(Self {
            name: element.local_name().as_ref().to_owned(),
            label: attribute("name")?.or(attribute("id")?),
            ..Self::default()
        })
    }

    fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn is_shape(&self) -> bool {
        let shapes = [
            "Point",
            "LineString",
            "LinearRing",
            "Polygon",
            "MultiGeometry",
        ];
        shapes.contains(&self.name.as_str())
    }

    /// How many shapes inside are of a kind that is not read.
    pub(super) fn unread_shapes(&self) -> u64 {
        let own = ["Model", "Track", "MultiTrack"].contains(&self.name.as_str());
        let inside: u64 = self.children.iter().map(Self::unread_shapes).sum();
        u64::from(own) + inside
    }

    /// The positions of a point, a line or a ring. A height counts where it is one above the sea:
    /// others are above the ground, or mean nothing.
    fn positions(&self) -> Vec<Coordinates> {
        let mode = self.child("altitudeMode").map(|mode| mode.text.trim());
        let has_heights = mode == Some("absolute");
        let coordinates = self.child("coordinates");
        let written = coordinates.map(|coordinates| coordinates.text.as_str());
        joined(written.unwrap_or_default())
            .split_whitespace()
            .map(|tuple| of_tuple(tuple, has_heights))
            .collect()
    }

    fn rings(&self) -> Coordinates {
        let outer = self.all("outerBoundaryIs");
        let boundaries = outer.chain(self.all("innerBoundaryIs"));
        let rings = boundaries.flat_map(|boundary| boundary.all("LinearRing"));
        Coordinates::List(
            rings
                .map(|ring| Coordinates::List(ring.positions()))
                .collect(),
        )
    }

    /// The shape, as GeoJSON would write it.
    fn part(&self) -> Part {
        match self.name.as_str() {
            "Point" => match <[Coordinates; 1]>::try_from(self.positions()) {
                Ok([only]) => Part::geometry("Point", only),
                Err(none) if none.is_empty() => Part::Null,
                Err(_) => Part::geometry("Point", Coordinates::Other),
            },
            "LineString" | "LinearRing" => {
                Part::geometry("LineString", Coordinates::List(self.positions()))
            }
            "Polygon" => Part::geometry("Polygon", self.rings()),
            _ => several(self.children.iter().filter(|child| child.is_shape())),
        }
    }
}

/// Several shapes: of one kind where they are, else a collection.
fn several<'a>(shapes: impl Iterator<Item = &'a Element> + Clone) -> Part {
    let all = |name: &str| shapes.clone().all(|shape| shape.name == name);
    let mut count = shapes.clone();
    match (count.next(), count.next()) {
        (None, _) => Part::Null,
        (Some(only), None) => only.part(),
        _ if all("LineString") => {
            let lines = shapes.map(|line| Coordinates::List(line.positions()));
            Part::geometry("MultiLineString", Coordinates::List(lines.collect()))
        }
        _ if all("Polygon") => {
            let areas = shapes.map(Element::rings);
            Part::geometry("MultiPolygon", Coordinates::List(areas.collect()))
        }
        _ if all("Point") => {
            let points = shapes.flat_map(Element::positions);
            Part::geometry("MultiPoint", Coordinates::List(points.collect()))
        }
        _ => Part::geometries(shapes.map(Element::part).collect()),
    }
}

/// Coordinates without blanks around their commas, as some programs write them against the format.
fn joined(written: &str) -> String {
    let pieces: Vec<&str> = written.split(',').map(str::trim_start).collect();
    match pieces.as_slice() {
        [before @ .., last] => {
            let mut text: String = before
                .iter()
                .flat_map(|one| [one.trim_end(), ","])
                .collect();
            text.push_str(last);
            text
        }
        [] => String::new(),
    }
}

/// `longitude,latitude` or `longitude,latitude,height`.
fn of_tuple(tuple: &str, has_heights: bool) -> Coordinates {
    let mut numbers = tuple.split(',').map(|number| number.parse::<f64>().ok());
    let (Some(Some(x)), Some(Some(y))) = (numbers.next(), numbers.next()) else {
        return Coordinates::Short;
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are good to a millimetre"
    )]
    let height = match numbers.next().flatten() {
        Some(height) if has_heights => height as f32,
        Some(_) | None => f32::NAN,
    };
    position([x, y], height)
}

/// The feature of a placemark in these folders.
pub(super) fn feature(placemark: &Element, folder: &str) -> Result<Feature, Problem> {
    let mut properties = Vec::new();
    for data in placemark.all("ExtendedData") {
        extended(data, &mut properties);
    }
    if let Some(name) = repeated(&properties) {
        return Err(twice(name));
    }
    // What the office itself named comes first; a placemark's own names fill what is left.
    for own in ["name", "description", "address", "phoneNumber"] {
        let text = placemark.child(own).map(|child| child.text.as_str());
        fill(&mut properties, own, text.unwrap_or_default());
    }
    fill(&mut properties, "folder", folder);
    let id = placemark
        .label
        .as_deref()
        .map_or(Value::Empty, Value::of_text);
    Ok(Feature {
        id,
        properties,
        ..Feature::of(several(
            placemark.children.iter().filter(|child| child.is_shape()),
        ))
    })
}

/// The data of a placemark: `Data` with a value, `SimpleData` of a schema, or elements of one's own.
fn extended(data: &Element, properties: &mut Vec<(String, Value)>) {
    for child in &data.children {
        let label = child.label.clone();
        match child.name.as_str() {
            "Data" => {
                let text = child.child("value").map(|value| value.text.as_str());
                let named = label.map(|label| (label, Value::of_text(text.unwrap_or_default())));
                properties.extend(named);
            }
            "SchemaData" => extended(child, properties),
            "SimpleData" => {
                properties.extend(label.map(|label| (label, Value::of_text(&child.text))));
            }
            own if child.children.is_empty() => {
                properties.push((own.to_owned(), Value::of_text(&child.text)));
            }
            _ => {}
        }
    }
}

fn fill(properties: &mut Vec<(String, Value)>, name: &str, text: &str) {
    let is_there = properties.iter().any(|(own, _)| own == name);
    if !is_there && !text.trim().is_empty() {
        properties.push((name.to_owned(), Value::of_text(text)));
    }
}
