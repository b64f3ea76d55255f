//! A strict reader of the page's markup: it takes what the page may hold, and nothing else.

use std::collections::BTreeMap;

/// Elements that have no end.
const VOID: [&str; 3] = ["meta", "br", "input"];
/// All elements that a page may hold.
const KNOWN: [&str; 42] = [
    "html", "head", "meta", "title", "style", "script", "body", "header", "nav", "main", "section",
    "footer", "h1", "h2", "h3", "p", "div", "span", "b", "a", "br", "ul", "li", "table", "thead",
    "tbody", "tr", "th", "td", "bdi", "svg", "rect", "path", "g", "text", "canvas", "button",
    "label", "input", "fieldset", "legend", "circle",
];

/// What the reader found.
#[derive(Debug, Default)]
pub struct Marks {
    /// The elements in their order, each with its attributes.
    pub elements: Vec<(String, BTreeMap<String, String>)>,
    /// The texts between them, of scripts and styles too, by the element that they stand in.
    pub texts: Vec<(String, String)>,
}

impl Marks {
    /// Reads a page.
    ///
    /// # Panics
    /// Where it is not well formed: an unknown element, an attribute without quotes, an end without its
    /// beginning.
    pub fn of(page: &str) -> Self {
        let mut marks = Self::default();
        let mut open: Vec<String> = Vec::new();
        let mut rest = page.strip_prefix("<!DOCTYPE html>").expect("a doctype");
        while !rest.is_empty() {
            // What stands in scripts and styles goes on to their end, whatever it is.
            let raw = open
                .last()
                .filter(|name| *name == "script" || *name == "style");
            let text_end = match raw {
                Some(name) => rest.find(&format!("</{name}>")),
                None => rest.find('<'),
            };
            let (text, after) = rest.split_at(text_end.unwrap_or(rest.len()));
            if !text.trim().is_empty() {
                let inside = open.last().expect("no text stands outside").clone();
                marks.texts.push((inside, text.to_owned()));
            }
            let Some(tag) = after.strip_prefix('<') else {
                break;
            };
            let (tag, after) = tag.split_once('>').expect("a tag ends");
            rest = after;
            match tag.strip_prefix('/') {
                Some(name) => assert_eq!(
                    open.pop().as_deref(),
                    Some(name),
                    "an end without its beginning"
                ),
                None => {
                    let (name, attributes) = element(tag);
                    if !VOID.contains(&name.as_str()) {
                        open.push(name.clone());
                    }
                    marks.elements.push((name, attributes));
                }
            }
        }
        assert!(open.is_empty(), "without an end: {open:?}");
        marks
    }

    /// The names of all elements in their order.
    pub fn names(&self) -> Vec<&str> {
        self.elements
            .iter()
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The texts in elements of this name.
    pub fn within<'m>(&'m self, name: &'m str) -> impl Iterator<Item = &'m str> {
        let texts = self.texts.iter().filter(move |(inside, _)| inside == name);
        texts.map(|(_, text)| text.as_str())
    }
}

fn element(tag: &str) -> (String, BTreeMap<String, String>) {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    assert!(KNOWN.contains(&name), "<{tag}>");
    let mut attributes = BTreeMap::new();
    while !rest.trim().is_empty() {
        let Some((key, after)) = rest.split_once("=\"") else {
            // Attributes without a value stand last.
            attributes.insert(rest.trim().to_owned(), String::new());
            break;
        };
        let (value, after) = after.split_once('"').expect("a value ends");
        let key = key.trim();
        assert!(
            key.chars()
                .all(|sign| sign.is_ascii_alphanumeric() || sign == '-'),
            "attribute {key} in <{tag}>"
        );
        assert!(
            !key.to_lowercase().starts_with("on"),
            "a handler in <{tag}>"
        );
        assert!(key != "style", "a style in <{tag}>: the policy forbids it");
        attributes.insert(key.to_owned(), value.to_owned());
        rest = after;
    }
    (name.to_owned(), attributes)
}

#[test]
#[should_panic(expected = "<img src=x onerror=alert(1)")]
fn the_reader_is_strict() {
    Marks::of("<!DOCTYPE html><html><p><img src=x onerror=alert(1)></p></html>");
}
