//! GeoJSON's coordinates as read: positions without a heap of their own, wrong types kept.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A `coordinates` member: positions in lists in lists.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Coordinates {
    /// A list whose first two values are finite numbers; and its third, or NaN where that is no number.
    Position([f64; 2], f32),
    /// A list of lists, or an empty one.
    List(Vec<Coordinates>),
    /// A list that begins with a number and is no position.
    Short,
    /// No list.
    Other,
}

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_any(CoordinatesVisitor)
            .map(|one| match one {
                One::Number(_) => Self::Other,
                One::Coordinates(coordinates) => coordinates,
            })
    }
}

/// What may stand in a list of coordinates.
enum One {
    Number(f64),
    Coordinates(Coordinates),
}

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CoordinatesVisitor)
    }
}

/// The rest of a list that begins with a number: a position, or too short for one.
fn position<'de, A: SeqAccess<'de>>(x: f64, seq: &mut A) -> Result<Coordinates, A::Error> {
    let y: Option<One> = seq.next_element()?;
    let Some(y) = y else {
        return Ok(Coordinates::Short);
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are good to a millimetre"
    )]
    let height = match seq.next_element()? {
        Some(One::Number(z)) => z as f32,
        Some(One::Coordinates(_)) | None => f32::NAN,
    };
    // Whatever stands after the height means nothing, but must be read past.
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    match y {
        One::Number(y) if x.is_finite() && y.is_finite() => {
            Ok(Coordinates::Position([x, y], height))
        }
        One::Number(_) | One::Coordinates(_) => Ok(Coordinates::Short),
    }
}

struct CoordinatesVisitor;

impl<'de> Visitor<'de> for CoordinatesVisitor {
    type Value = One;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_unit<E>(self) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    fn visit_bool<E>(self, _: bool) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    fn visit_str<E>(self, _: &str) -> Result<One, E> {
        Ok(One::Coordinates(Coordinates::Other))
    }

    #[expect(clippy::cast_precision_loss, reason = "no coordinate is that large")]
    fn visit_u64<E>(self, number: u64) -> Result<One, E> {
        Ok(One::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "no coordinate is that large")]
    fn visit_i64<E>(self, number: i64) -> Result<One, E> {
        Ok(One::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<One, E> {
        Ok(One::Number(number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<One, A::Error> {
        // A list that begins with a number is a position, any other a list of lists.
        let mut next: Option<One> = seq.next_element()?;
        if let Some(One::Number(x)) = next {
            let position = position(x, &mut seq)?;
            return Ok(One::Coordinates(position));
        }
        let mut list = Vec::new();
        while let Some(one) = next {
            list.push(match one {
                One::Number(_) => Coordinates::Other,
                One::Coordinates(inner) => inner,
            });
            next = seq.next_element()?;
        }
        Ok(One::Coordinates(Coordinates::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<One, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(One::Coordinates(Coordinates::Other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coordinates(text: &str) -> Coordinates {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn positions_need_two_numbers_and_ignore_all_past_the_third() {
        assert_eq!(
            coordinates("[1, 2, 3, null, {}]"),
            Coordinates::Position([1.0, 2.0], 3.0)
        );
        for no_height in ["[1, 2]", "[1, 2, null]", "[1, 2, \"3\", 4]", "[1, 2, [3]]"] {
            let found = coordinates(no_height);
            assert!(
                matches!(found, Coordinates::Position([1.0, 2.0], z) if z.is_nan()),
                "{found:?}"
            );
        }
        assert_eq!(coordinates("[1]"), Coordinates::Short);
        assert_eq!(coordinates("[1, \"2\"]"), Coordinates::Short);
        assert_eq!(coordinates("[1, [2, 3]]"), Coordinates::Short);
        assert_eq!(coordinates("[]"), Coordinates::List(vec![]));
        assert_eq!(coordinates("\"1,2\""), Coordinates::Other);
        assert_eq!(coordinates("7"), Coordinates::Other);
        let mixed = Coordinates::List(vec![
            Coordinates::Position([1.0, 2.0], 3.0),
            Coordinates::Other,
        ]);
        assert_eq!(coordinates("[[1, 2, 3], 3]"), mixed);
    }

    #[test]
    fn a_vertex_takes_no_heap_of_its_own() {
        assert!(std::mem::size_of::<Coordinates>() <= 32);
    }
}
