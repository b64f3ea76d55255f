//! Small shapefiles, made byte by byte, for the tests here and those of whole studies.

#![allow(dead_code, reason = "each test takes what it needs")]

/// A column of a table: its name, its type, its width.
pub type Column<'a> = (&'a [u8], u8, u8);

/// A `.dbf`; each value is filled up with blanks.
pub fn dbf(columns: &[Column<'_>], rows: &[&[&[u8]]]) -> Vec<u8> {
    let width: usize = columns
        .iter()
        .map(|(_, _, width)| usize::from(*width))
        .sum();
    let header = u16::try_from(32 * columns.len() + 33).expect("few columns");
    let mut bytes = vec![0x03, 124, 3, 1];
    bytes.extend(u32::try_from(rows.len()).expect("few rows").to_le_bytes());
    bytes.extend(header.to_le_bytes());
    bytes.extend(u16::try_from(width + 1).expect("narrow").to_le_bytes());
    bytes.resize(32, 0);
    for (name, kind, width) in columns {
        let start = bytes.len();
        bytes.extend(&name[..name.len().min(10)]);
        bytes.resize(start + 11, 0);
        bytes.push(*kind);
        bytes.resize(start + 16, 0);
        bytes.push(*width);
        bytes.resize(start + 32, 0);
    }
    bytes.push(0x0d);
    for row in rows {
        bytes.push(b' ');
        for (value, (_, _, width)) in row.iter().zip(columns) {
            let start = bytes.len();
            bytes.extend(&value[..value.len().min(usize::from(*width))]);
            bytes.resize(start + usize::from(*width), b' ');
        }
    }
    bytes.push(0x1a);
    bytes
}

/// A `.shp` of shapes of one type.
pub fn shp(kind: u32, shapes: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = 9994_u32.to_be_bytes().to_vec();
    bytes.resize(24, 0);
    let length: usize = 100 + shapes.iter().map(|shape| shape.len() + 8).sum::<usize>();
    let words = |length: usize| {
        u32::try_from(length / 2)
            .expect("a small file")
            .to_be_bytes()
    };
    bytes.extend(words(length));
    bytes.extend(1000_u32.to_le_bytes());
    bytes.extend(kind.to_le_bytes());
    bytes.resize(100, 0);
    for (number, shape) in (1_u32..).zip(shapes) {
        bytes.extend(number.to_be_bytes());
        bytes.extend(words(shape.len()));
        bytes.extend(shape);
    }
    bytes
}

/// No shape.
pub fn null() -> Vec<u8> {
    vec![0; 4]
}

/// A point, with whatever numbers follow x and y.
pub fn point(kind: u32, numbers: &[f64]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    bytes
}

/// Several points, without more than x and y.
pub fn points(places: &[[f64; 2]]) -> Vec<u8> {
    let mut bytes = 8_u32.to_le_bytes().to_vec();
    bytes.resize(36, 0);
    bytes.extend(u32::try_from(places.len()).expect("few").to_le_bytes());
    bytes.extend(numbers(places));
    bytes
}

/// Lines (3, 13, 23) or an area (5, 15, 25); `more` are the ranges and numbers behind the vertices.
pub fn parts(kind: u32, parts: &[Vec<[f64; 2]>], more: &[f64]) -> Vec<u8> {
    let count = |count: usize| u32::try_from(count).expect("few").to_le_bytes();
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.resize(36, 0);
    bytes.extend(count(parts.len()));
    bytes.extend(count(parts.iter().map(Vec::len).sum()));
    let mut first = 0;
    for part in parts {
        bytes.extend(count(first));
        first += part.len();
    }
    bytes.extend(parts.iter().flat_map(|part| numbers(part)));
    bytes.extend(more.iter().flat_map(|number| number.to_le_bytes()));
    bytes
}

fn numbers(places: &[[f64; 2]]) -> Vec<u8> {
    let all = places.iter().flatten();
    all.flat_map(|number| number.to_le_bytes()).collect()
}
