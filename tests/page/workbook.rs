//! The workbook (`report.xlsx`): what a spreadsheet finds in it.

use std::collections::BTreeSet;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use walkshed::model::{Language, Study, changed};
use walkshed::report::{self, ReportOptions};

use crate::drawn::{plainly, town};
use crate::hostile::hostile;

fn written(study: &Study, folder: &Path) -> Vec<u8> {
    let options = walkshed::Options {
        assessment: true,
        changed: (!study.changes().is_empty()).then(|| changed(study).expect("good changes")),
        ..walkshed::Options::default()
    };
    let results = walkshed::run(study, &options).expect("it has the memory");
    let options = ReportOptions {
        workbook: true,
        ..ReportOptions::default()
    };
    let written = report::write_with(&results, folder, &options).expect("written");
    assert!(written.files.iter().any(|file| file.name == "report.xlsx"));
    std::fs::read(folder.join("report.xlsx")).expect("it is there")
}

fn opened(study: &Study) -> Xlsx<std::io::BufReader<std::fs::File>> {
    let folder = tempfile::tempdir().expect("a folder");
    written(study, folder.path());
    open_workbook(folder.path().join("report.xlsx")).expect("a spreadsheet opens it")
}

fn sheet(book: &mut Xlsx<std::io::BufReader<std::fs::File>>, name: &str) -> Range<Data> {
    book.worksheet_range(name).expect(name)
}

/// The place of a column by its head.
fn column(sheet: &Range<Data>, head: &str) -> usize {
    let heads = sheet.rows().next().expect("heads");
    heads
        .iter()
        .position(|field| *field == Data::String(head.to_owned()))
        .expect(head)
}

#[test]
fn sheets_heads_and_words_are_in_the_language_of_the_study() {
    let mut chinese = opened(&town(plainly, Language::Chinese));
    let names = chinese.sheet_names();
    assert_eq!(names[..4], ["说明", "各单位覆盖率图", "各单位", "居民点"]);
    let cells = sheet(&mut chinese, "居民点");
    let verdict = column(&cells, "判定");
    let verdicts: Vec<String> = cells
        .rows()
        .skip(1)
        .map(|row| row[verdict].to_string())
        .collect();
    assert_eq!(
        verdicts,
        ["已覆盖", "已覆盖", "距离过远", "已覆盖", "未接路网"]
    );
    let mut english = opened(&town(plainly, Language::English));
    let units = sheet(&mut english, "Units");
    let share = column(&units, "share");
    let total = units.rows().next_back().expect("a total");
    let found = total[share].to_string().parse::<f64>().expect("a number");
    assert!((found - 11.0 / 31.0).abs() < 1e-6, "{found}");
}

#[test]
fn codes_stay_texts_and_nothing_is_a_formula() {
    let coded = town(plainly, Language::Chinese).with(|parts| {
        let mut cells = parts.cells.as_slice().to_vec();
        for (place, cell) in cells.iter_mut().enumerate() {
            cell.id = format!("36042900000{place}");
            cell.name = "=HYPERLINK(\"x\",\"y\")".to_owned();
        }
        parts.cells = walkshed::model::Cells::new(cells).with_numeric_ids(true);
    });
    let mut book = opened(&coded.expect("ids are unique"));
    let cells = sheet(&mut book, "居民点");
    assert_eq!(
        cells.get((1, column(&cells, "居民点编号"))),
        Some(&Data::String("360429000000".to_owned()))
    );
    assert_eq!(
        cells.get((1, column(&cells, "名称"))),
        Some(&Data::String("=HYPERLINK(\"x\",\"y\")".to_owned()))
    );
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).expect("readable");
        assert!(formulas.is_empty(), "{name}");
    }
}

#[test]
fn hostile_names_make_no_broken_workbook() {
    let mut book = opened(&town(hostile, Language::English));
    let cells = sheet(&mut book, "Cells");
    let name = cells
        .get((1, column(&cells, "name")))
        .expect("a name")
        .to_string();
    assert!(name.starts_with("cell a</script>"), "{name}");
}

#[test]
fn the_bars_of_the_chart_run_from_nought_to_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = written(&town(plainly, Language::Chinese), folder.path());
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let part = archive.by_name("xl/charts/chart1.xml").expect("a chart");
    let chart = std::io::read_to_string(part).expect("UTF-8");
    let (_, axes) = chart.split_once("<c:catAx>").expect("categories");
    let (categories, values) = axes.split_once("<c:valAx>").expect("values");
    // The first unit stands at the top; shares grow to the right.
    assert!(
        categories.contains("<c:orientation val=\"maxMin\"/>"),
        "{categories}"
    );
    for part in [
        "<c:orientation val=\"minMax\"/>",
        "<c:max val=\"1\"/>",
        "formatCode=\"0%\"",
    ] {
        assert!(values.contains(part), "{values}");
    }
}

#[test]
fn the_same_results_make_the_same_workbook() {
    let study = town(plainly, Language::Chinese);
    let [one, two] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    assert!(written(&study, one.path()) == written(&study, two.path()));
}

/// The columns that hold words of ours, or a kind of sites that the manual names.
const WORDS: [&str; 15] = [
    "类型",
    "程度",
    "判定",
    "办法",
    "环节",
    "缺少环节",
    "办理方式",
    "通办范围",
    "状态",
    "对象",
    "算法",
    "评价对象",
    "口径",
    "渠道",
    "出发时刻",
];

/// The columns that hold ids and names of the data, or name findings by their code.
const OF_THE_DATA: [&str; 3] = ["人群编号", "代码", "属性"];

/// Whether a field is a word of ours that a reader of Chinese is not told: letters in a column of words, or, in any
/// column that does not hold what the data call things, a code.
fn is_code((sheet, head): (&str, &str), field: &str) -> bool {
    // Of findings the object is the thing itself.
    if sheet == "数据问题" && head == "对象" {
        return false;
    }
    let is_letter = |sign: char| sign.is_ascii_alphabetic();
    if WORDS.contains(&head) && field.contains(is_letter) {
        return true;
    }
    let has_letters_alone = |sign: char| sign.is_ascii_lowercase() || "-+; ".contains(sign);
    !OF_THE_DATA.contains(&head)
        && field.contains(is_letter)
        && field.chars().all(has_letters_alone)
}

#[test]
fn codes_are_told_from_words() {
    // The whole is a row among the ids of units and groups.
    assert!(is_code(("单位", "编号"), "total"));
    assert!(is_code(("居民点", "判定"), "too-far"));
    assert!(is_code(("居民点", "判定"), "附近 not-offered"));
    assert!(is_code(("新的一张表", "新的一列"), "hand-down+renew"));
    assert!(!is_code(("居民点", "判定"), "距离过远"));
    assert!(!is_code(("人群", "人群编号"), "elderly"));
    assert!(!is_code(("居民点", "编号"), "c0101"));
    assert!(!is_code(("数据问题", "对象"), "boundary"));
}

#[test]
fn no_word_of_a_chinese_workbook_is_a_code() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/whatif.toml");
    let (study, _) = walkshed::read::study(fixture).expect("the study is valid");
    let study = study.with(|parts| parts.language = Language::Chinese);
    let mut book = opened(&study.expect("the same study"));
    let mut seen = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for name in book.sheet_names() {
        let sheet = sheet(&mut book, &name);
        let heads = sheet.rows().next().expect("heads").iter();
        let heads: Vec<String> = heads.map(ToString::to_string).collect();
        for row in sheet.rows().skip(1) {
            for (head, field) in heads.iter().zip(row) {
                let field = field.to_string();
                if is_code((&name, head), &field) {
                    codes.insert(format!("{name} {head}: {field}"));
                }
                if !field.is_empty() {
                    seen.extend(WORDS.into_iter().filter(|word| word == head));
                }
            }
        }
    }
    assert!(codes.is_empty(), "{codes:#?}");
    // Each of these columns is there, and says something.
    assert_eq!(seen, BTreeSet::from(WORDS));
}

#[test]
fn a_chart_shows_the_units_below_the_top_the_least_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes = written(&town(plainly, Language::English), folder.path());
    let mut book = opened(&town(plainly, Language::English));
    let shown: Vec<Vec<String>> = sheet(&mut book, "Coverage by unit")
        .rows()
        .map(|row| row.iter().map(ToString::to_string).collect())
        .collect();
    // Of unit 12 (c, d and e: 4, 8 and 16 people) d alone is covered; unit 1 is the whole.
    assert_eq!(shown[0], ["unit", "residents"]);
    assert_eq!(shown[2], ["unit 11", "1"]);
    assert_eq!(shown[1][0], "unit 12");
    let share: f64 = shown[1][1].parse().expect("a number");
    assert!((share - 8.0 / 28.0).abs() < 1e-9, "{share}");
    assert_eq!(shown.len(), 3);
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut chart = String::new();
    let mut part = archive.by_name("xl/charts/chart1.xml").expect("a chart");
    std::io::Read::read_to_string(&mut part, &mut chart).expect("UTF-8");
    assert!(chart.contains("<c:barDir val=\"bar\"/>"));
    assert!(chart.contains("'Coverage by unit'!$B$2:$B$3"), "{chart}");
}
