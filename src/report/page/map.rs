//! The map: what the script draws and lets ask, and the still picture for print and without it.

use maud::{Markup, html};

use super::frame::Frame;
use super::picture;
use super::subject::Subject;
use crate::words::text;

/// The section of the map; it says so where nothing has a place, or there is too much for a page.
pub(super) fn section(subject: &Subject<'_>, frame: Option<&Frame>, is_live: bool) -> Markup {
    html! {
        section #where {
            h2 { (subject.say(&text!(PageMap))) }
            @match frame {
                None => { p { (subject.say(&text!(PageNoMap))) } }
                Some(frame) => {
                    @if is_live { (live(subject)) }
                    @else { p.soft { (subject.say(&text!(PageTooManyCells, cells = subject.study().cells().len()))) } }
                    div.standing { (picture::still(subject, frame)) }
                    p.soft.without { (subject.say(&text!(PageStill))) }
                }
            }
        }
    }
}

/// The elements that the script fills; without it they are not shown.
fn live(subject: &Subject<'_>) -> Markup {
    html! {
        div #map {
            div {
                div #stage {
                    canvas #canvas tabindex="0" role="img" aria-label=(subject.say(&text!(PageMap))) {}
                    div #zoom {
                        button #in type="button" aria-label=(subject.say(&text!(PageZoomIn))) { "+" }
                        button #out type="button" aria-label=(subject.say(&text!(PageZoomOut))) { "−" }
                        button #fit type="button" aria-label=(subject.say(&text!(PageZoomFit))) { "⤢" }
                    }
                    div #tip hidden {}
                }
                p.soft { (subject.say(&text!(PageMapHelp))) @if subject.has_groups() { " " (subject.say(&text!(PageWorstGroupHelp))) } }
            }
            div #side {
                label for="search" { b { (subject.say(&text!(PageSearch))) } }
                input #search type="search" autocomplete="off";
                ul #hits {}
                div #chosen aria-live="polite" {}
                fieldset #layers { legend { (subject.say(&text!(PageColourBy))) } }
                ul #legend {}
                fieldset #marks { legend { (subject.say(&text!(PageAlsoShow))) } }
            }
        }
    }
}
