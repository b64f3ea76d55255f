//! The text of a first study file: what was recognised, and in comments why, and what was not.

use super::choice::Choice;
use super::entry::Entry;
use super::fits::{Fit, Why};
use super::look::Look;
use super::role::Role;
use super::toml_text::quoted;
use crate::read::listed::listed;
use crate::text::steady;
use crate::words::{Language, Text, text};

/// All that a study file is written of.
#[derive(Debug)]
pub(super) struct Draft {
    pub name: String,
    pub language: Language,
    pub looks: Vec<Look>,
    pub choices: Vec<Choice>,
    /// What is taken, in the order of the roles.
    pub entries: Vec<Entry>,
    /// Files that are not used, each with the reason.
    pub left: Vec<(String, Text)>,
}

impl Draft {
    /// The study file.
    pub(super) fn written(&self) -> String {
        let mut page = Page {
            language: self.language,
            text: String::new(),
        };
        page.comment(&text!(FirstHead));
        page.line("");
        page.line(&format!("name = {}", quoted(&self.name)));
        page.line(match self.language {
            Language::Chinese => "language = \"zh\"",
            Language::English => "language = \"en\"",
        });
        page.line("");
        page.line("[inputs]");
        for choice in &self.choices {
            self.input(choice, &mut page);
        }
        page.comment(&text!(FirstDefaultCrs));
        page.line("crs = \"WGS84\"");
        page.line("");
        page.line("[walk]");
        page.comment(&text!(FirstSpeed));
        page.line("speed_kmh = 4.0");
        if self.has_heights() {
            page.comment(&text!(FirstSlope));
            page.line("# slope = true");
        }
        page.line("");
        page.line("[target]");
        page.comment(&text!(FirstMinutes));
        page.line("minutes = 15");
        if self.has_frequent_items() {
            page.comment(&text!(FirstHighFrequency));
            page.line("# items = \"high-frequency\"");
        }
        if !self.left.is_empty() {
            page.line("");
            page.comment(&text!(FirstNotUsed));
            for (file, why) in &self.left {
                page.comment(&left_out(file, why));
            }
        }
        page.text
    }

    /// How a role's file is known, where that may mislead.
    pub(super) fn unsure(&self, role: Role) -> Option<&Fit> {
        let mut choices = self.choices.iter();
        let choice = choices.find(|choice| choice.role == role)?;
        let fit = self.looks[choice.taken?].best()?;
        fit.is_unsure().then_some(fit)
    }

    /// What is taken for a role, and what else could be.
    fn input(&self, choice: &Choice, page: &mut Page) {
        let mut entries = self.entries.iter();
        let entry = entries.find(|entry| entry.role == choice.role);
        if let (Some(place), Some(entry)) = (choice.taken, entry) {
            self.taken(place, entry, page);
        } else if choice.is_empty() {
            if Role::NEEDED.contains(&choice.role) {
                page.comment(&text!(FirstNotFound, role = word(choice.role)));
            }
            return;
        } else {
            page.comment(&text!(FirstUndecided, role = word(choice.role)));
            for &place in &choice.undecided {
                self.possible(place, choice.role, page);
            }
        }
        for &place in &choice.rivals {
            self.rival(place, page);
        }
        page.line("");
    }

    fn taken(&self, place: usize, entry: &Entry, page: &mut Page) {
        let look = &self.looks[place];
        if let Some(fit) = look.best() {
            let (role, what) = (word(fit.role), look.what.clone());
            let (why, score) = (why(fit), fit.score);
            page.comment(&text!(
                FirstTaken,
                role = role,
                what = what,
                why = why,
                score = score,
            ));
        }
        for (name, head) in &entry.columns {
            page.comment(&text!(FirstColumn, head = quoted(head), column = *name));
        }
        if entry.is_buildings {
            page.comment(&text!(FirstBuildings));
        }
        if let Some(crs) = entry.crs {
            page.comment(&text!(FirstCrs, crs = crs));
        }
        page.line(&entry.line());
        // Of heads that mean the same column one is to be chosen, so each stands in a line of its
        // own.
        let doubled = look.facts.doubled.iter();
        for doubled in doubled.filter(|(name, _)| entry.role.reads(name)) {
            page.comment(&text!(FirstDoubled, column = doubled.0));
            for named in entry.with_each_of(doubled) {
                page.line(&format!("# {}", named.line()));
            }
        }
        if let Some(named) = entry.with_lookalikes(look) {
            page.comment(&text!(FirstLookalike));
            page.line(&format!("# {}", named.line()));
        }
    }

    /// A file that may be meant, for the user to take.
    fn possible(&self, place: usize, role: Role, page: &mut Page) {
        let look = &self.looks[place];
        let entry = Entry::of(look, role);
        let entry = entry.with_lookalikes(look).unwrap_or(entry);
        let mut fits = look.fits.iter();
        let fit = fits.find(|fit| fit.role == role);
        page.comment(&match fit {
            Some(fit) => text!(
                FirstPossible,
                what = look.what.clone(),
                why = why(fit),
                score = fit.score,
            ),
            None => text!(FirstPossibleUnknown, what = look.what.clone()),
        });
        page.line(&format!("# {}", entry.line()));
    }

    fn rival(&self, place: usize, page: &mut Page) {
        let look = &self.looks[place];
        let Some(fit) = look.best() else { return };
        page.comment(&text!(
            FirstRival,
            what = look.what.clone(),
            why = why(fit),
            score = fit.score,
        ));
        page.line(&format!("# {}", Entry::of(look, fit.role).line()));
    }

    /// Whether there is, or may be, an elevation model, which changes nothing unless slopes are asked for.
    fn has_heights(&self) -> bool {
        let mut choices = self.choices.iter();
        choices.any(|choice| choice.role == Role::Elevation && !choice.is_empty())
    }

    /// Whether the items say which of them are asked for often.
    fn has_frequent_items(&self) -> bool {
        let mut choices = self.choices.iter();
        let items = choices.find(|choice| choice.role == Role::Items);
        let taken = items.and_then(|choice| choice.taken);
        taken.is_some_and(|place| self.looks[place].facts.head_of("high_frequency").is_some())
    }
}

/// A file that is not used.
pub(super) fn left_out(file: &str, why: &Text) -> Text {
    text!(FirstNotUsedFile, file = quoted(file), why = why.clone())
}

/// What is in a role, in words.
pub(super) fn word(role: Role) -> Text {
    match role {
        Role::Streets => text!(FirstStreets),
        Role::Sites => text!(FirstSites),
        Role::Cells => text!(FirstCells),
        Role::Units => text!(FirstUnits),
        Role::Items => text!(FirstItems),
        Role::Offers => text!(FirstOffers),
        Role::Departments => text!(FirstDepartments),
        Role::Links => text!(FirstLinks),
        Role::Barriers => text!(FirstBarriers),
        Role::Boundary => text!(FirstBoundary),
        Role::Elevation => text!(FirstElevation),
    }
}

/// By what a file is known.
pub(super) fn why(fit: &Fit) -> Text {
    let says_name = matches!(fit.why, Why::Name | Why::Pixels { .. });
    let why = by_itself(&fit.why);
    if fit.is_named && !says_name {
        text!(FirstAndByName, why = why)
    } else {
        why
    }
}

/// The same, whatever the file is called.
fn by_itself(why: &Why) -> Text {
    match why {
        Why::Map => text!(FirstByMap),
        Why::Lines => text!(FirstByLines),
        Why::InTheWay => text!(FirstByNamesInTheWay),
        Why::OneArea => text!(FirstByOneArea),
        Why::Ticks => text!(FirstByTicks),
        Why::Heads(heads) => {
            let heads: Vec<String> = heads.iter().map(|head| quoted(head)).collect();
            let heads = listed(heads.iter().map(String::as_str));
            text!(FirstByHeads, heads = heads)
        }
        Why::Name => text!(FirstByName),
        Why::Pixels { is_sure: true } => text!(FirstByPixels),
        Why::Pixels { is_sure: false } => text!(FirstByPixelsAlone),
    }
}

/// A text that grows by lines.
struct Page {
    language: Language,
    text: String,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    /// A comment; whatever stands in it, it stays one line.
    fn comment(&mut self, said: &Text) {
        let said = steady(&said.in_language(self.language));
        self.line(&format!("# {said}"));
    }
}
