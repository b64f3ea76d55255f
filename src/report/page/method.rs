//! How it was worked out, what it cannot say, and which files it rests on.

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::heads;
use crate::report::manifest::{VERSION, shown_path};
use crate::report::spoken::spoken;
use crate::words::{Text, text};

/// Signs of a hash that are shown: enough to tell two versions of a file apart.
const HASH: usize = 12;

/// Method, limits and inputs.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let told = &subject.summary.parameters;
    let assessed = subject.results.assessment.is_some();
    let mut limits: Vec<Text> = vec![
        text!(PageMethodPoints),
        text!(PageMethodData),
        text!(PageMethodBorder),
        text!(PageMethodCatchments),
    ];
    if !assessed {
        limits.push(text!(PageMethodAssess));
    }
    let walk = text!(
        PageMethodWalk,
        kmh = told.speed_kmh.to_string(),
        rule = told.walk_rule,
        snap = told.max_snap_m.to_string(),
    );
    let search = text!(
        PageMethodVerdicts,
        minutes = told.minutes.to_string(),
        search = told.search_minutes.to_string()
    );
    html! {
        section #method {
            h2 { (subject.say(&text!(PageMethod))) }
            p { (subject.say(&walk)) }
            p { (subject.say(&search)) }
            h3 { (subject.say(&text!(PageLimits))) }
            ul.plain { @for limit in &limits { li { (subject.say(limit)) } } }
            (inputs(subject))
        }
    }
}

fn inputs(subject: &Subject<'_>) -> Markup {
    let sources = subject.study().sources();
    let columns = [
        text!(PageHeadRole),
        text!(PageHeadFile),
        text!(PageHeadDatum),
        text!(PageHeadHash),
    ];
    html! {
        @if !sources.is_empty() {
            h3 { (subject.say(&text!(PageInputs))) }
            div.scroll { table {
                (heads(&columns, &[], subject.language()))
                tbody { @for source in sources { tr {
                    td { (subject.say(&spoken("role", source.role))) }
                    td { (name(shown_path(&source.path))) }
                    td { (name(&source.crs)) }
                    td.hash { (source.sha256.chars().take(HASH).collect::<String>()) }
                } } }
            } }
        }
    }
}

/// The last line: who wrote the page.
pub(super) fn footer(subject: &Subject<'_>) -> Markup {
    html! { footer { (subject.say(&text!(PageFooter, version = VERSION))) } }
}
