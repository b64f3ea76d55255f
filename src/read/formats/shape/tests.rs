use super::*;
use crate::read::error::Place;
use crate::read::formats::sheet::{Merged, Sheet, SheetRow};
use crate::read::formats::table::Value;
use crate::read::formats::values::text;

/// A few known heads: 编号 id, 名称 name, 乡镇 unit, 人口 population, which counts, 经度 lon, 纬度 lat.
struct Few;

impl Heads for Few {
    fn meaning(&self, head: &str) -> Option<String> {
        let open = head.strip_suffix('）');
        let bare = open.map_or(head, |open| open.split('（').next().unwrap_or_default());
        let known = ["编号", "名称", "乡镇", "人口", "常住人口", "经度", "纬度"];
        known.contains(&bare).then(|| bare.replace("常住", ""))
    }

    fn is_counted(&self, head: &str) -> bool {
        head.contains("人口")
    }

    fn in_unit(&self, head: &str, unit: &str) -> Option<String> {
        let counts = self.is_counted(head) && unit.ends_with('人');
        counts.then(|| format!("{head}（{unit}）"))
    }

    fn is_note(&self, said: &str) -> bool {
        said.starts_with('注')
    }
}

const SHAPE: Shape<'static> = Shape {
    heads: &Few,
    sheet: None,
    header_row: None,
    sheet_as: None,
};

/// A sheet of these rows; numbers are such, an empty text is an empty field.
fn sheet(name: &str, number: u32, rows: &[&[&str]]) -> Sheet {
    let value = |said: &&str| match said.parse() {
        Ok(number) => Value::Number(number),
        Err(_) => Value::of_text(said),
    };
    let row = |(number, values): (u64, &&[&str])| SheetRow {
        number,
        values: values.iter().map(value).collect(),
        faults: Vec::new(),
    };
    let all = (1..).zip(rows).map(row);
    Sheet {
        name: name.to_owned(),
        number,
        rows: all.filter(|row| row.filled() > 0).collect(),
        merged: Vec::new(),
    }
}

fn book(sheets: Vec<Sheet>) -> Book {
    Book {
        file: "a.xlsx".to_owned(),
        encoding: "",
        is_text: false,
        bytes: 1000,
        sheets,
    }
}

fn one(rows: &[&[&str]]) -> Book {
    book(vec![sheet("甲", 1, rows)])
}

fn block(rows: [u64; 2], columns: [usize; 2]) -> Merged {
    Merged { rows, columns }
}

/// The table as lines of text, the head first.
fn lines(table: &Table) -> Vec<String> {
    let row = |values: &[Value]| {
        let texts = values.iter().map(|value| text(value).unwrap_or_default());
        texts.collect::<Vec<_>>().join(",")
    };
    let head = table.columns.join(",");
    let records = table.records.iter().map(|record| row(&record.values));
    std::iter::once(head).chain(records).collect()
}

fn codes(table: &Table) -> Vec<&'static str> {
    table.remarks.iter().map(|remark| remark.code).collect()
}

fn read(book: Book) -> Table {
    table(book, &SHAPE).expect("a table")
}

const HEAD: &[&str] = &["乡镇", "编号", "人口"];
const ROW: &[&str] = &["双钟镇", "C1", "100"];

#[test]
fn a_clean_table_is_left_as_it_is() {
    let table = read(one(&[HEAD, ROW, &["", "C2", "120"]]));
    assert_eq!(
        lines(&table),
        ["乡镇,编号,人口", "双钟镇,C1,100", ",C2,120"]
    );
    assert!(table.remarks.is_empty());
    // Values that happen to be names of columns are no head.
    let table = read(one(&[&["a", "编号", "b"], &["c", "经度", "纬度"]]));
    assert_eq!(lines(&table), ["a,编号,b", "c,经度,纬度"]);
    // A head of which nothing is known is the first row.
    let table = read(one(&[&["a", "b"], &["编号", "1"]]));
    assert_eq!(lines(&table), ["a,b", "编号,1"]);
}

#[test]
fn titles_stand_above_the_head() {
    let table = read(one(&[
        &["湖口县居民点"],
        &["", "", "单位：万人"],
        &[],
        HEAD,
        ROW,
    ]));
    assert_eq!(lines(&table), ["乡镇,编号,人口（万人）", "双钟镇,C1,100"]);
    assert_eq!(codes(&table), ["rows-above-head", "unit-line"]);
    assert_eq!(table.records[0].place, Place::Row(5));
    // A title alone, over a head of which one name is known.
    let table = read(one(&[&["湖口县"], &["名称", "等级"], &["甲", "3"]]));
    assert_eq!(lines(&table), ["名称,等级", "甲,3"]);
    // In a unit in which no column counts.
    let table = read(one(&[&["单位：亩"], HEAD, ROW]));
    assert_eq!(codes(&table), ["rows-above-head"]);
    let table = read(one(&[&["填报单位：民政局", "单位：万户"], HEAD, ROW]));
    let message = table.remarks[1].message.to_string();
    assert!(
        message.contains("\"万户\"") && message.contains("no column"),
        "{message}"
    );
    // Whoever filled it in is a 单位 too.
    let table = read(one(&[&["填报单位：民政局", "单位：万人"], HEAD, ROW]));
    assert_eq!(lines(&table)[0], "乡镇,编号,人口（万人）");
}

#[test]
fn two_rows_are_one_head() {
    let rows: &[&[&str]] = &[
        &["乡镇", "编号", "位置", "", "人口", ""],
        &["", "", "经度", "纬度", "户籍", "常住人口"],
        &["双钟镇", "C1", "116.2", "29.7", "90", "100"],
    ];
    let said = "乡镇,编号,经度,纬度,人口户籍,常住人口";
    let mut merged = one(rows);
    merged.sheets[0].merged = vec![
        block([1, 2], [0, 0]),
        block([1, 2], [1, 1]),
        block([1, 1], [2, 3]),
        block([1, 1], [4, 5]),
    ];
    for book in [merged, one(rows)] {
        let table = read(book);
        assert_eq!(lines(&table), [said, "双钟镇,C1,116.2,29.7,90,100"]);
        assert_eq!(codes(&table), ["two-row-head"]);
    }
}

#[test]
fn a_lower_name_does_not_lose_what_the_upper_one_says() {
    let head = |upper: &str, lower: &str| {
        let rows: &[&[&str]] = &[
            &["编号", upper, ""],
            &["", lower, "备注"],
            &["C1", "3", "x"],
        ];
        lines(&read(one(rows)))[0].clone()
    };
    assert_eq!(
        head("人口（万人）", "常住人口"),
        "编号,常住人口（万人）,人口（万人）备注"
    );
    assert_eq!(head("脱贫", "人口"), "编号,脱贫人口,脱贫备注");
    assert_eq!(head("基本情况", "人口"), "编号,人口,基本情况备注");
    assert_eq!(head("负责人", "名称"), "编号,负责人名称,负责人备注");
}

#[test]
fn heads_that_are_repeated_are_no_rows() {
    let table = read(one(&[HEAD, ROW, HEAD, &["", "C2", "5"]]));
    assert_eq!(lines(&table).len(), 3);
    assert_eq!(codes(&table), ["repeated-head"]);
}

#[test]
fn numbers_of_columns_are_no_row() {
    let table = read(one(&[HEAD, &["甲", "乙", "（1）"], ROW]));
    assert_eq!(codes(&table), ["column-numbers"]);
    let table = read(one(&[HEAD, &["1", "2", "3"], ROW]));
    assert_eq!(lines(&table), ["乡镇,编号,人口", "双钟镇,C1,100"]);
    assert_eq!(codes(&table), ["column-numbers"]);
}

#[test]
fn merged_fields_are_filled_down_and_merged_numbers_refused() {
    let mut book = one(&[
        HEAD,
        ROW,
        &["", "C2", "120"],
        &["", "C3", ""],
        &["流泗镇", "C4", "90"],
    ]);
    book.sheets[0].merged = vec![block([2, 4], [0, 0]), block([3, 4], [2, 2])];
    let table = read(book);
    assert_eq!(
        lines(&table),
        ["乡镇,编号,人口", "双钟镇,C1,100", "流泗镇,C4,90"]
    );
    let bad: Vec<String> = table.bad.examples.iter().map(ToString::to_string).collect();
    assert_eq!(bad.len(), 2);
    assert!(
        bad[0]
            .starts_with("a.xlsx, row 3: column \"人口\" is \"120\", expected a number of its own")
    );
    assert!(
        bad[1].starts_with("a.xlsx, row 4: column \"人口\""),
        "{}",
        bad[1]
    );
}

#[test]
fn sheets_of_the_same_head_are_one_table() {
    let other: &[&str] = &["编号", "乡镇", "人口", "备注"];
    let sheets = || {
        book(vec![
            sheet("说明", 1, &[&["填表说明"]]),
            sheet("双钟镇", 2, &[HEAD, ROW]),
            sheet("流泗镇", 3, &[other, &["C9", "流泗镇", "7", "山上"]]),
            sheet("汇总", 4, &[&["乡镇", "户数"], &["双钟镇", "3"]]),
            sheet("空", 5, &[]),
        ])
    };
    let table = read(sheets());
    assert_eq!(
        lines(&table),
        ["乡镇,编号,人口,备注", "双钟镇,C1,100,", "流泗镇,C9,7,山上"]
    );
    assert_eq!(table.records[1].place, Place::SheetRow { sheet: 3, row: 2 });
    assert_eq!(codes(&table), ["sheets-joined", "sheets-left-out"]);
    let left = table.remarks[1].message.to_string();
    assert!(left.contains("1 \"说明\", 4 \"汇总\""), "{left}");
    // One that is named, and the names as a column.
    let shape = Shape {
        sheet: Some("流泗镇"),
        sheet_as: Some("镇名"),
        ..SHAPE
    };
    let table = super::table(sheets(), &shape).expect("a table");
    assert_eq!(lines(&table)[1], "C9,流泗镇,7,山上,流泗镇");
    assert!(table.remarks.is_empty());
    let shape = Shape {
        sheet: Some("九江"),
        ..SHAPE
    };
    let error = super::table(sheets(), &shape).expect_err("no such sheet");
    assert!(
        error
            .to_string()
            .contains("the sheets are \"说明\", \"双钟镇\""),
        "{error}"
    );
}

#[test]
fn the_row_of_the_head_may_be_named() {
    let rows: &[&[&str]] = &[HEAD, &["a", "b", "c"], ROW];
    let shape = |row| Shape {
        header_row: Some(row),
        ..SHAPE
    };
    let table = super::table(one(rows), &shape(2)).expect("a table");
    assert_eq!(lines(&table), ["a,b,c", "双钟镇,C1,100"]);
    let error = super::table(one(rows), &shape(9)).expect_err("no such row");
    assert!(error.to_string().contains("correct header_row"), "{error}");
}

#[test]
fn a_note_in_a_text_needs_no_further_fields() {
    let text = |note: &str| Book {
        is_text: true,
        ..one(&[HEAD, ROW, &[note]])
    };
    assert_eq!(read(text("注：常住")).records.len(), 2);
    let table = read(text("C2"));
    assert_eq!(table.bad.examples[0].code, "wrong-field-count");
}

#[test]
fn blocks_without_end_are_bounded() {
    let mut book = one(&[HEAD, ROW, &["", "C2", "1"]]);
    book.sheets[0].merged = vec![block([2, u64::MAX], [0, usize::MAX]); 3];
    assert_eq!(lines(&read(book))[2], "双钟镇,C2,1");
}
