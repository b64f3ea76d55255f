//! Which cells are worth asking about: those not covered with the most people or firms.

use std::cmp::Reverse;

use serde_json::json;
use walkshed::ids::{CellId, ItemId};
use walkshed::model::{Audience, Language};
use walkshed::score::{Coverage, VerdictKind};
use walkshed::text::plain;

/// How many cells are listed to ask about.
const LISTED: usize = 8;

/// The asked item with the gravest verdict, the first of equal ones.
pub(crate) fn gravest(now: &Coverage, cell: CellId) -> ItemId {
    let grave = |item: &&ItemId| (now.verdict(cell, **item).kind(), Reverse(**item));
    now.items()
        .iter()
        .max_by_key(grave)
        .copied()
        .unwrap_or_else(|| ItemId::new(0))
}

/// Some cells that are not covered, or, with an item, some that do not get it done; any cells if there are none.
pub(crate) struct CellsToAsk<'a> {
    now: &'a Coverage,
    item: Option<ItemId>,
    /// How many there are.
    lacking: usize,
    listed: Vec<CellId>,
}

impl<'a> CellsToAsk<'a> {
    pub(crate) fn of(now: &'a Coverage, item: Option<ItemId>) -> Self {
        let all = now.study().cells().iter().map(|(id, _)| id);
        let mut told = Self {
            now,
            item,
            lacking: 0,
            listed: all.clone().take(LISTED).collect(),
        };
        let mut lacking: Vec<CellId> = all
            .filter(|&cell| told.verdict(cell) != VerdictKind::Covered)
            .collect();
        if !lacking.is_empty() {
            told.lacking = lacking.len();
            lacking.sort_by_key(|&cell| (Reverse(now.people(cell)), cell));
            lacking.truncate(LISTED);
            told.listed = lacking;
        }
        told
    }

    fn verdict(&self, cell: CellId) -> VerdictKind {
        match self.item {
            Some(item) => self.now.verdict(cell, item).kind(),
            None => self.now.cell(cell).verdict,
        }
    }

    /// Whether the cells are judged by their firms.
    fn of_firms(&self) -> bool {
        let who = self.now.setting().who;
        self.now.study().audience(who) == Audience::Firm
    }

    /// Who is counted.
    fn who(&self) -> &'static str {
        if self.of_firms() { "firms" } else { "people" }
    }

    /// What the verdict on the item to ask about is called.
    fn reason(&self, cell: CellId, language: Language) -> String {
        let item = self.item.unwrap_or_else(|| gravest(self.now, cell));
        self.now.verdict(cell, item).name().in_language(language)
    }

    /// The id of the item to ask about.
    fn item(&self, cell: CellId) -> &str {
        let item = self.item.unwrap_or_else(|| gravest(self.now, cell));
        &self.now.study().catalogue()[item].id
    }

    /// For a terminal: each line with the arguments that explain it.
    pub(crate) fn to_text(&self) -> String {
        let chinese = self.now.study().language() == Language::Chinese;
        let [most, most_chinese] = if self.of_firms() {
            ["most firms are in", "其中企业最多的是"]
        } else {
            ["most people live in", "其中人口最多的是"]
        };
        let head = match (self.lacking, chinese) {
            (0, false) => "every cell is covered; any may be asked about".to_owned(),
            (0, true) => "全部居民点均已覆盖；可任选一个：".to_owned(),
            (1, false) => "1 cell is not covered".to_owned(),
            (count, false) => format!("{count} cells are not covered; {most}"),
            (count, true) => format!("{count} 个居民点未覆盖；{most_chinese}"),
        };
        let mut text = head + "\n";
        for &id in &self.listed {
            let cell = &self.now.study().cells()[id];
            let arguments = format!("--cell {} --item {}", plain(&cell.id), plain(self.item(id)));
            let number = self.now.people(id);
            let told = if chinese {
                let verdict = self.reason(id, Language::Chinese);
                let number = if self.of_firms() {
                    format!("企业 {number} 家")
                } else {
                    format!("{number} 人")
                };
                format!("{number}，{verdict}，{}", plain(&cell.name))
            } else {
                let verdict = self.reason(id, Language::English);
                let who = self.who();
                format!("{number} {who}, {verdict}, {}", plain(&cell.name))
            };
            // The same in both languages, to be copied to the command line.
            let line = format!(
                "  {arguments}   {}\n",
                told.trim_end_matches([' ', ',', '，'])
            );
            text += &line;
        }
        text
    }

    /// For programs: an array of cells.
    pub(crate) fn to_json(&self) -> String {
        let cell = |&id: &CellId| {
            let cell = &self.now.study().cells()[id];
            json!({
                "cell": plain(&cell.id),
                "name": plain(&cell.name),
                "item": plain(self.item(id)),
                self.who(): self.now.people(id).as_f64(),
                "verdict": self.verdict(id).word(),
            })
        };
        let cells: Vec<_> = self.listed.iter().map(cell).collect();
        format!("{:#}\n", json!(cells))
    }
}
