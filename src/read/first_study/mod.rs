//! A first study file, made of a folder of files: what each file is, by what is in it.
//!
//! Nothing is guessed in silence. A file is taken for what most of its known heads, its shapes and its name
//! say; where two files or two roles come out alike, none is taken, and both stand in comments.

mod choice;
mod datum;
mod draft;
mod entry;
mod facts;
mod files;
mod fits;
mod look;
mod map;
mod raster;
mod role;
mod screen;
mod toml_text;
mod written;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::error::ReadError;
use super::study::check_draft;
use crate::model::Checked;
use crate::progress::Progress;
use crate::text::steady;
use crate::words::{Language, Text, text};
use choice::{Choice, choices};
use datum::with_datums;
use draft::{Draft, word};
use entry::Entry;
use facts::is_chinese;
use files::STUDY;
use look::{Look, look};
use role::Role;
use screen::said;

/// What [`first_study`] makes of a folder.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// use walkshed::{Silent, model::Language, read};
/// // A folder with a table of people, and nothing else.
/// std::fs::write(folder.path().join("people.csv"), "id,lon,lat,population\n1,116.24,29.73,120\n")?;
/// let first = read::first_study(folder.path(), Some(Language::English), &Silent)?;
/// assert_eq!(first.taken, [("cells", "people.csv".to_owned())]);
/// assert_eq!(first.missing, ["streets", "sites"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "项目文件初稿")]
#[derive(Debug)]
pub struct FirstStudy {
    /// The folder.
    pub folder: PathBuf,
    /// The language of the study file.
    pub language: Language,
    /// The study file.
    pub text: String,
    /// What is taken for what: the key under `[inputs]`, and the file.
    pub taken: Vec<(&'static str, String)>,
    /// The keys of what cannot be told: of several files one may be meant.
    pub undecided: Vec<&'static str>,
    /// The keys without which there is no study, and for which there is no file.
    pub missing: Vec<&'static str>,
    /// The files that were looked at.
    pub looked_at: Vec<String>,
    /// What is wrong with the study as it stands; nothing was checked where something is missing.
    pub checked: Checked,
    said: Vec<Text>,
}

/// Looks at the files of a folder, and makes a first study file of them; nothing is written.
///
/// The language is that of the files, where none is named: Chinese if a file's name, a head or a text in
/// the first 50 rows holds a Chinese character. Files in folders within are not looked at, nor more than 200 files, nor any above
/// 256 MB, but for maps. O(bytes), and at most five times the time of reading the study, for the datum.
///
/// ```
/// use walkshed::{Silent, read};
/// let first = read::first_study("fixtures/hukou".as_ref(), None, &Silent)?;
/// assert!(first.missing.is_empty() && first.text.contains("streets = \"streets.geojson\""));
/// # Ok::<(), read::ReadError>(())
/// ```
///
/// # Errors
/// When the folder cannot be read.
#[doc(alias = "init")]
pub fn first_study(
    folder: &Path,
    language: Option<Language>,
    progress: &dyn Progress,
) -> Result<FirstStudy, ReadError> {
    let files = files::files(folder)?;
    let mut looks = Vec::new();
    let mut left = Vec::new();
    // One after the other: each may take much memory.
    for file in &files.seen {
        match look(folder, file) {
            Ok(of_file) => looks.extend(of_file),
            Err(why) => left.push((file.clone(), why)),
        }
    }
    let choices = choices(&looks);
    left.extend(unused(&looks, &choices));
    left.extend(files.left);
    let mut draft = Draft {
        name: name_of(folder),
        language: language.unwrap_or_else(|| language_of(&files.seen, &looks)),
        entries: entries(&looks, &choices),
        looks,
        choices,
        left,
    };
    let missing = missing(&draft.choices);
    let checked = if missing.is_empty() {
        let path = folder.join(STUDY);
        with_datums(&mut draft, &|draft: &Draft| {
            check_draft(&path, draft.written().as_bytes(), progress)
        })
    } else {
        Checked::default()
    };
    Ok(first(folder, &draft, (missing, files.seen), checked))
}

impl FirstStudy {
    /// Where the study file belongs.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(STUDY)
    }

    /// What was taken for what, what could not be told, and what must be mended: a line each.
    #[must_use]
    pub fn said(&self) -> String {
        let lines = self.said.iter();
        let lines = lines.map(|line| steady(&line.in_language(self.language)) + "\n");
        lines.collect()
    }

    /// What was taken, what could not be told and how much must be mended, as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let is_whole = self.missing.is_empty();
        let inputs: BTreeMap<&str, &String> = self
            .taken
            .iter()
            .map(|(role, file)| (*role, file))
            .collect();
        let sums = serde_json::json!({
            "study": is_whole.then(|| self.path().to_string_lossy().into_owned()),
            "inputs": inputs,
            "undecided": self.undecided,
            "missing": self.missing,
            "looked_at": self.looked_at,
            "faults": self.checked.faults.len(),
        });
        format!("{sums:#}\n")
    }

    /// Writes the study file into its folder, whole or not at all.
    ///
    /// # Errors
    /// `AlreadyExists` where there is one and it may not be replaced; what the system says otherwise.
    pub fn write(&self, overwrite: bool) -> io::Result<()> {
        written::write(&self.path(), &self.text, overwrite)
    }
}

fn entries(looks: &[Look], choices: &[Choice]) -> Vec<Entry> {
    let taken = choices
        .iter()
        .filter_map(|choice| Some(Entry::of(&looks[choice.taken?], choice.role)));
    taken.collect()
}

/// The roles without which there is no study and for which no file comes into question.
fn missing(choices: &[Choice]) -> Vec<Role> {
    let needed = choices
        .iter()
        .filter(|choice| Role::NEEDED.contains(&choice.role) && choice.is_empty());
    needed.map(|choice| choice.role).collect()
}

/// The files that no role names, with what is known of them.
fn unused(looks: &[Look], choices: &[Choice]) -> Vec<(String, Text)> {
    let is_named = |file: &str| {
        let mut places = choices.iter().flat_map(|choice| {
            let taken = choice.taken.iter();
            taken.chain(&choice.rivals).chain(&choice.undecided)
        });
        places.any(|&place| looks[place].file == file)
    };
    let mut unused: Vec<(String, Text)> = Vec::new();
    for look in looks.iter().filter(|look| !is_named(&look.file)) {
        let why = match look.tied() {
            [] => text!(FirstNothingKnown, what = look.what.clone()),
            tied => {
                let roles: Vec<Text> = tied.iter().map(|fit| word(fit.role)).collect();
                text!(FirstTied, what = look.what.clone(), roles = roles)
            }
        };
        // A workbook has a look for each sheet, and is told once.
        if unused.iter().all(|(file, _)| *file != look.file) {
            unused.push((look.file.clone(), why));
        }
    }
    unused
}

/// The folder's own name.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy());
    name.unwrap_or_default().into_owned()
}

/// Chinese where a file's name, a head or a text in the first rows is.
fn language_of(files: &[String], looks: &[Look]) -> Language {
    let is_named = files.iter().any(|file| is_chinese(file));
    if is_named || looks.iter().any(|look| look.facts.is_chinese) {
        Language::Chinese
    } else {
        Language::English
    }
}

fn first(
    folder: &Path,
    draft: &Draft,
    (missing, looked_at): (Vec<Role>, Vec<String>),
    checked: Checked,
) -> FirstStudy {
    let undecided = draft
        .choices
        .iter()
        .filter(|choice| choice.taken.is_none() && !choice.undecided.is_empty());
    let undecided: Vec<Role> = undecided.map(|choice| choice.role).collect();
    let said = said(draft, (&undecided, &missing), &looked_at, &checked);
    let taken = draft.entries.iter();
    FirstStudy {
        folder: folder.to_owned(),
        language: draft.language,
        text: draft.written(),
        taken: taken
            .map(|entry| (entry.role.key(), entry.path.clone()))
            .collect(),
        undecided: undecided.into_iter().map(Role::key).collect(),
        missing: missing.into_iter().map(Role::key).collect(),
        looked_at,
        checked,
        said,
    }
}
