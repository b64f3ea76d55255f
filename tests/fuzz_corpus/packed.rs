//! Files around the bytes that count: what a random byte would break first is made right.

use std::io::{Cursor, Write};

use cfb::CompoundFile;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The parts of a shapefile and the like: each has its length before it, in two bytes, and the last has none.
pub fn split<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut rest = bytes;
    let mut parts = [&bytes[..0]; N];
    for part in &mut parts[..N - 1] {
        let Some((length, after)) = rest.split_first_chunk::<2>() else {
            break;
        };
        let length = usize::from(u16::from_le_bytes(*length)).min(after.len());
        (*part, rest) = after.split_at(length);
    }
    parts[N - 1] = rest;
    parts
}

/// A zip file of these members, not packed.
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file(*name, plain).expect("a member");
        zip.write_all(bytes).expect("memory takes all");
    }
    zip.finish().expect("memory takes all").into_inner()
}

/// An `.xlsx` workbook whose only sheet, shared texts and formats are these.
pub fn xlsx([sheet, texts, styles]: [&[u8]; 3]) -> Vec<u8> {
    const TYPES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |targets: &[(&str, &str)]| {
        let mut all = "<Relationships>".to_owned();
        for (number, (kind, target)) in targets.iter().enumerate() {
            let target = format!(r#"Type="{TYPES}/{kind}" Target="{target}""#);
            all.extend([
                r#"<Relationship Id="r"#,
                &number.to_string(),
                "\" ",
                &target,
                "/>",
            ]);
        }
        all + "</Relationships>"
    };
    let book = r#"<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>"#;
    let of_book = [
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ];
    zipped(&[
        ("[Content_Types].xml", b"<Types></Types>"),
        (
            "_rels/.rels",
            relations(&[("officeDocument", "xl/workbook.xml")]).as_bytes(),
        ),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations(&of_book).as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", texts),
        ("xl/styles.xml", styles),
    ])
}

/// An `.ods` workbook of this content.
pub fn ods(content: &[u8]) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    let manifest = b"<manifest:manifest xmlns:manifest='m'></manifest:manifest>";
    zipped(&[
        ("mimetype", kind),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", content),
    ])
}

/// An `.xls` workbook of these records.
pub fn xls(records: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
    let mut workbook = file.create_stream("/Workbook").expect("a stream");
    workbook.write_all(records).expect("memory takes all");
    drop(workbook);
    file.flush().expect("memory takes all");
    file.into_inner().into_inner()
}

/// A PBF map of one block.
pub fn pbf(block: &[u8]) -> Vec<u8> {
    let mut features = Vec::new();
    for name in ["OsmSchema-V0.6", "DenseNodes"] {
        field(&mut features, 4, name.as_bytes());
    }
    [framed("OSMHeader", &features), framed("OSMData", block)].concat()
}

fn framed(kind: &str, block: &[u8]) -> Vec<u8> {
    let mut blob = Vec::new();
    field(&mut blob, 1, block);
    let mut header = Vec::new();
    field(&mut header, 1, kind.as_bytes());
    header.push(3 << 3);
    number(&mut header, blob.len());
    let length = u32::try_from(header.len()).expect("short");
    [&length.to_be_bytes()[..], &header, &blob].concat()
}

/// Writes a field of bytes as protocol buffers do.
fn field(message: &mut Vec<u8>, tag: u8, bytes: &[u8]) {
    message.push(tag << 3 | 2);
    number(message, bytes.len());
    message.extend_from_slice(bytes);
}

fn number(message: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        message.push(u8::try_from(number & 0x7f).expect("seven bits") | 0x80);
        number >>= 7;
    }
    message.push(u8::try_from(number).expect("seven bits"));
}

/// A byte string of `walkshed::scale`, with the checksum that it should have.
pub fn sealed(head: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = [head, body].concat();
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    bytes
}
