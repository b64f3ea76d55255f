//! What coordinate systems are called.

use super::Crs;

/// Spellings, as keys, of the systems that have names.
const KNOWN: [(&str, Crs); 16] = [
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
];

/// Names that are not taken, and what their user may mean.
const MEANT: [(&str, &str); 19] = [
    ("AMAP", "GCJ-02"),
    ("GAODE", "GCJ-02"),
    ("高德", "GCJ-02"),
    ("TENCENT", "GCJ-02"),
    ("腾讯", "GCJ-02"),
    ("MARS", "GCJ-02"),
    ("BAIDU", "BD-09"),
    ("百度", "BD-09"),
    ("天地图", "CGCS2000"),
    ("TIANDITU", "CGCS2000"),
    ("GPS", "WGS84"),
    ("经纬度", "WGS84"),
    ("WEBMERCATOR", "EPSG:3857"),
    ("GOOGLE", "EPSG:3857"),
    ("EPSG:900913", "EPSG:3857"),
    ("UTM", "EPSG:32650 (zone 50N)"),
    (
        "BEIJING",
        "EPSG:2435 (Beijing 1954, 3-degree zone, 114°E) or another of EPSG:2401 to 2442",
    ),
    (
        "北京",
        "EPSG:2435 (Beijing 1954, 3-degree zone, 114°E) or another of EPSG:2401 to 2442",
    ),
    (
        "XIAN",
        "EPSG:2383 (Xi'an 1980, 3-degree zone, 114°E) or another of EPSG:2327 to 2390",
    ),
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
pub(super) fn near(name: &str) -> String {
    let key = key(name);
    if is_number(&key) {
        return format!("did you mean EPSG:{key}?");
    }
    let meant = MEANT
        .iter()
        .find(|(other, _)| key.starts_with(other))
        .map(|(_, crs)| (*crs).to_owned());
    let typo = || {
        KNOWN
            .iter()
            .find(|(known, _)| distance(known, &key) <= 2.min(key.chars().count() / 2))
    };
    match meant.or_else(|| typo().map(|(_, crs)| crs.name())) {
        Some(found) => format!("did you mean {found}?"),
        None => "expected WGS84, CGCS2000, GCJ-02, BD-09 or EPSG:nnnn".into(),
    }
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
        assert_eq!(near("CGCS200"), "did you mean CGCS2000?");
        assert_eq!(near("Baidu map"), "did you mean BD-09?");
        assert!(near("Xi'an 80").contains("EPSG:2383"));
        assert!(near("").starts_with("expected"));
    }
}
