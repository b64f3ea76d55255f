//! Degrees as people write them: with minutes and seconds, with the side of the globe before or behind.

use crate::text::formula::{half_width, is_hidden};

/// The side of the globe that an angle names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Longitude,
    Latitude,
}

/// Words and letters for a side, with its axis and its sign.
const SIDES: [(&str, Axis, f64); 10] = [
    ("东经", Axis::Longitude, 1.0),
    ("西经", Axis::Longitude, -1.0),
    ("北纬", Axis::Latitude, 1.0),
    ("南纬", Axis::Latitude, -1.0),
    ("经度", Axis::Longitude, 1.0),
    ("纬度", Axis::Latitude, 1.0),
    ("E", Axis::Longitude, 1.0),
    ("W", Axis::Longitude, -1.0),
    ("N", Axis::Latitude, 1.0),
    ("S", Axis::Latitude, -1.0),
];

/// The degrees that a text means, and the axis where it names one: `116°12′36″E`, `东经116度12分36秒`,
/// `116.21°`. None where anything else stands there, or a part is out of its range.
pub(super) fn degrees(text: &str) -> Option<(f64, Option<Axis>)> {
    let (bare, side) = without_side(&narrow(text));
    let digits = bare.trim_start_matches(['-', '+']);
    let mut rest = digits.trim();
    let mut parts = Vec::new();
    // Degrees, then minutes, then seconds: each ends with its mark, and none comes without those
    // before.
    for marks in [
        &['°', '度', 'º', '˚'][..],
        &['′', '\'', '’', '分', '´'],
        &['″', '"', '”', '秒'],
    ] {
        let Some(at) = rest.find(marks) else { break };
        parts.push(
            rest[..at]
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|part| *part >= 0.0)?,
        );
        let mark = rest[at..].chars().next().map_or(0, char::len_utf8);
        rest = rest[at + mark..].trim_start();
    }
    // Behind a side one number needs no mark: `E116.21`.
    if parts.is_empty() && side.is_some() {
        parts.push(rest.parse().ok()?);
        rest = "";
    }
    let [whole, minutes, seconds] = [0, 1, 2].map(|place| parts.get(place).copied());
    let [minutes, seconds] = [minutes, seconds].map(Option::unwrap_or_default);
    if !rest.is_empty() || minutes >= 60.0 || seconds >= 60.0 {
        return None;
    }
    let sign = if bare.starts_with('-') { -1.0 } else { 1.0 };
    // A minus beside a side says the side twice, or its opposite: nobody knows which.
    if sign < 0.0 && side.is_some() {
        return None;
    }
    let value = sign * (whole? + minutes / 60.0 + seconds / 3600.0);
    let (axis, side) = side.map_or((None, 1.0), |(axis, sign)| (Some(axis), sign));
    Some((value * side, axis)).filter(|(value, _)| value.is_finite())
}

fn narrow(text: &str) -> String {
    let shown = text.chars().filter(|&c| !is_hidden(c)).map(half_width);
    // Two strokes are one mark of seconds.
    let narrow = shown
        .collect::<String>()
        .replace("''", "\"")
        .replace("′′", "″");
    narrow.trim().to_uppercase()
}

/// A text without the side that stands before or behind it.
fn without_side(text: &str) -> (String, Option<(Axis, f64)>) {
    for (word, axis, sign) in SIDES {
        let bare = text.strip_prefix(word).or_else(|| text.strip_suffix(word));
        if let Some(bare) = bare {
            let bare = bare.trim().trim_start_matches([':', ' ']);
            return (bare.to_owned(), Some((axis, sign)));
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_read_as_people_write_them() {
        let east = Some(Axis::Longitude);
        for (written, value, axis) in [
            ("116°12′36″", 116.21, None),
            ("116°12'36\"E", 116.21, east),
            ("东经116度12分36秒", 116.21, east),
            ("E116.21°", 116.21, east),
            ("116.21 E", 116.21, east),
            ("１１６°１２′", 116.2, None),
            ("北纬29°43′48″", 29.73, Some(Axis::Latitude)),
            ("43°30'0''W", -43.5, east),
            ("-30°30′", -30.5, None),
            ("116.21度", 116.21, None),
        ] {
            let (read, side) = degrees(written).expect(written);
            assert!((read - value).abs() < 1e-9, "{written}: {read}");
            assert_eq!(side, axis, "{written}");
        }
        for written in [
            "116.21",
            "116°72′",
            "116°12′36",
            "°",
            "E",
            "村",
            "116°x",
            "",
            "东经",
            "-29.5°S",
            "S-29.5",
        ] {
            assert_eq!(degrees(written), None, "{written}");
        }
    }
}
