//! The departments of a cell.

/// How the names of offices end.
const OFFICES: [char; 16] = [
    '局', '委', '办', '部', '院', '厅', '所', '站', '会', '府', '署', '处', '队', '行', '社', '心',
];

/// The departments of a cell, in its order, each once.
///
/// 、 ， , ; ； / + and line ends part any names. 和, 及 and 与 stand in names too (发展和改革委员会), and
/// part only what ends like an office.
pub(crate) fn departments(cell: &str) -> Vec<String> {
    let signs = [
        ';', '；', '|', '｜', '、', ',', '，', '/', '／', '+', '＋', '\n',
    ];
    let mut all: Vec<String> = Vec::new();
    for name in cell.split(signs).flat_map(offices) {
        if !name.is_empty() && !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The offices of a part of a cell, parted at 和, 及 and 与 where an office ends there.
fn offices(part: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut start = 0;
    for (place, sign) in part.match_indices(['和', '及', '与']) {
        let before = part[start..place].trim();
        if before.ends_with(OFFICES) {
            names.push(before.to_owned());
            start = place + sign.len();
        }
    }
    names.push(part[start..].trim().to_owned());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn departments_are_parted_where_names_end() {
        for (cell, names) in [
            ("医保局、人社局", &["医保局", "人社局"][..]),
            ("医保局和人社局", &["医保局", "人社局"]),
            ("公安局及发展和改革委员会", &["公安局", "发展和改革委员会"]),
            ("住房和城乡建设局", &["住房和城乡建设局"]),
            ("police; tax+court / police", &["police", "tax", "court"]),
            (" ", &[]),
        ] {
            assert_eq!(departments(cell), names, "{cell}");
        }
    }
}
