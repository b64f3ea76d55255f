//! What coordinate systems are called.

use super::Crs;
use crate::words::{Text, text};

/// What the user of a name that is not taken may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meant {
    /// One system.
    One(&'static str),
    /// One of the zones of UTM.
    Utm,
    /// One of the zones of Beijing 1954.
    Beijing,
    /// One of the zones of Xi'an 1980.
    Xian,
}

impl Meant {
    fn text(self) -> Text {
        match self {
            Self::One(name) => text!(Verbatim, text = name),
            Self::Utm => text!(MeantUtm),
            Self::Beijing => text!(MeantBeijing),
            Self::Xian => text!(MeantXian),
        }
    }
}

/// Spellings, as keys, of the systems that have names.
const KNOWN: [(&str, Crs); 17] = [
    ("WGS84", Crs::Wgs84),
    ("CRS84", Crs::Wgs84),
    ("OGC:CRS84", Crs::Wgs84),
    ("URN:OGC:DEF:CRS:OGC:1.3:CRS84", Crs::Wgs84),
    ("URN:OGC:DEF:CRS:OGC::CRS84", Crs::Wgs84),
    ("CGCS2000", Crs::Cgcs2000),
    ("国家2000", Crs::Cgcs2000),
    ("2000国家大地坐标系", Crs::Cgcs2000),
    ("GCJ02", Crs::Gcj02),
    ("火星坐标", Crs::Gcj02),
    ("火星坐标系", Crs::Gcj02),
    ("BD09", Crs::Bd09),
    ("BD09LL", Crs::Bd09),
    ("百度坐标", Crs::Bd09),
    ("百度坐标系", Crs::Bd09),
    ("百度经纬度", Crs::Bd09),
    ("ESRI:54009", Crs::Mollweide),
];

/// Names that are not taken, and what their user may mean.
const MEANT: [(&str, Meant); 20] = [
    ("AMAP", Meant::One("GCJ-02")),
    ("GAODE", Meant::One("GCJ-02")),
    ("高德", Meant::One("GCJ-02")),
    ("TENCENT", Meant::One("GCJ-02")),
    ("腾讯", Meant::One("GCJ-02")),
    ("MARS", Meant::One("GCJ-02")),
    ("BAIDU", Meant::One("BD-09")),
    ("百度", Meant::One("BD-09")),
    ("天地图", Meant::One("CGCS2000")),
    ("TIANDITU", Meant::One("CGCS2000")),
    ("GPS", Meant::One("WGS84")),
    ("经纬度", Meant::One("WGS84")),
    ("WEBMERCATOR", Meant::One("EPSG:3857")),
    ("GOOGLE", Meant::One("EPSG:3857")),
    ("EPSG:900913", Meant::One("EPSG:3857")),
    ("MOLLWEIDE", Meant::One("ESRI:54009")),
    ("UTM", Meant::Utm),
    ("BEIJING", Meant::Beijing),
    ("北京", Meant::Beijing),
    ("XIAN", Meant::Xian),
];

/// A name without case, spaces and dashes.
pub(super) fn key(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '–' | '—' | '\'' | '\u{feff}'));
    kept.map(|c| if c == '：' { ':' } else { c })
        .flat_map(char::to_uppercase)
        .collect()
}

/// The system of this key, if it has a name.
pub(super) fn known(key: &str) -> Option<Crs> {
    KNOWN
        .iter()
        .find(|(name, _)| *name == key)
        .map(|&(_, crs)| crs)
}

/// The digits of `EPSG:4547`, `EPSG4547` or `URN:OGC:DEF:CRS:EPSG::4547`.
pub(super) fn epsg_digits(key: &str) -> Option<&str> {
    let urn = key
        .strip_prefix("URN:OGC:DEF:CRS:EPSG:")
        .and_then(|rest| rest.rsplit(':').next());
    let short = || {
        key.strip_prefix("EPSG")
            .map(|rest| rest.trim_start_matches(':'))
    };
    urn.or_else(short).filter(|digits| is_number(digits))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A remedy for an unknown name: the near names, or all of them.
pub(super) fn near(name: &str) -> Text {
    let key = key(name);
    if is_number(&key) {
        return did_you_mean(text!(Verbatim, text = format!("EPSG:{key}")));
    }
    if let Some((_, meant)) = MEANT.iter().find(|(other, _)| key.starts_with(other)) {
        return did_you_mean(meant.text());
    }
    // Two slips of the pen, and of a short name half its letters.
    let slips = 2.min(key.chars().count() / 2);
    match KNOWN
        .iter()
        .find(|(known, _)| distance(known, &key) <= slips)
    {
        Some((_, crs)) => did_you_mean(text!(Verbatim, text = crs.name())),
        None => text!(KnownCrs),
    }
}

fn did_you_mean(name: Text) -> Text {
    text!(DidYouMean, names = name)
}

/// How many letters must be changed, added or removed to make one text of the other.
fn distance(a: &str, b: &str) -> usize {
    // Only the start of a long text counts: no known name is longer.
    let b: Vec<char> = b.chars().take(40).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_forget_case_spaces_and_dashes() {
        assert_eq!(key(" gcj - 02 "), "GCJ02");
        assert_eq!(epsg_digits(&key("epsg：4547")), Some("4547"));
        assert_eq!(epsg_digits("EPSG:45x7"), None);
        assert_eq!(epsg_digits("EPSG:"), None);
    }

    #[test]
    fn near_names() {
        assert_eq!(distance("WGS84", "WSG84"), 2);
        assert_eq!(near("CGCS200").to_string(), "did you mean CGCS2000?");
        assert_eq!(near("Baidu map").to_string(), "did you mean BD-09?");
        assert!(near("Xi'an 80").to_string().contains("EPSG:2383"));
        assert!(near("").to_string().starts_with("expected"));
    }
}
