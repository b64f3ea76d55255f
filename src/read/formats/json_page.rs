//! Whether JSON is only a page of what a map service has: ArcGIS, WFS and OGC API say so.

use super::json_node::Node;
use crate::read::error::BadInput;
use crate::words::{Text, text};

/// The members of a collection that say so.
const MEMBERS: [&str; 6] = [
    "exceededTransferLimit",
    "numberMatched",
    "numberReturned",
    "totalFeatures",
    "links",
    "next",
];

/// Whether a member of this name may say so.
pub(crate) fn is_member(name: &str) -> bool {
    MEMBERS.contains(&name)
}

/// Refuses a page, by what a collection says of itself and how many features it holds. ArcGIS says
/// it among the collection's properties, or at the top.
///
/// # Errors
/// Code `only-a-page`.
pub(crate) fn refuse(
    members: &[(String, Node)],
    properties: &Node,
    count: u64,
    file: &str,
) -> Result<(), BadInput> {
    let own: &[(String, Node)] = match properties {
        Node::Object(own) => own,
        Node::Null | Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => &[],
    };
    let told = what(members, count).or_else(|| what(own, count));
    told.map_or(Ok(()), |(expected, remedy)| {
        Err(BadInput {
            code: "only-a-page",
            file: file.to_owned(),
            expected,
            remedy,
            ..BadInput::default()
        })
    })
}

/// What says so, and how the whole is to be had.
fn what(members: &[(String, Node)], count: u64) -> Option<(Text, Text)> {
    let member = |name: &str| {
        let mut named = members.iter().rev();
        named.find(|(own, _)| own == name).map(|(_, node)| node)
    };
    if member("exceededTransferLimit").is_some_and(is_true) {
        return Some((text!(PageOfArcgis), text!(FetchAllOfArcgis)));
    }
    let matched = member("numberMatched").or_else(|| member("totalFeatures"));
    if let Some(matched) = matched.and_then(whole_number) {
        // Some services offer a next page even after the last one: the numbers know better.
        let more = matched > count;
        return more.then(|| {
            let expected = text!(PageOfWfs, count = count, matched = matched);
            (expected, text!(FetchAllOfWfs))
        });
    }
    let next = member("links").is_some_and(leads_on) || member("next").is_some_and(is_address);
    next.then(|| (text!(PageWithNext), text!(FetchAllOfWfs)))
}

fn is_true(node: &Node) -> bool {
    match node {
        Node::Bool(flag) => *flag,
        Node::Text(text) => text.eq_ignore_ascii_case("true"),
        Node::Number(number) => *number != 0.0,
        Node::Null | Node::List(_) | Node::Object(_) => false,
    }
}

/// A count; none where a service writes "unknown".
fn whole_number(node: &Node) -> Option<u64> {
    match node {
        Node::Number(number) => number.to_string().parse().ok(),
        Node::Text(text) => text.trim().parse().ok(),
        Node::Null | Node::Bool(_) | Node::List(_) | Node::Object(_) => None,
    }
}

/// Whether a list of links has one to the next page.
fn leads_on(links: &Node) -> bool {
    let Node::List(links) = links else {
        return false;
    };
    let rel = |link: &Node| link.get("rel").and_then(Node::as_text).map(str::to_owned);
    links
        .iter()
        .any(|link| rel(link).as_deref() == Some("next"))
}

fn is_address(node: &Node) -> bool {
    node.as_text().is_some_and(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(top: &str, count: u64) -> Option<String> {
        let node: Node = serde_json::from_str(top).expect("JSON");
        let Node::Object(members) = &node else {
            panic!("an object")
        };
        let properties = node.get("properties").cloned().unwrap_or_default();
        let refused = refuse(members, &properties, count, "a.json");
        refused.err().map(|bad| bad.to_string())
    }

    #[test]
    fn a_page_is_known_by_what_the_service_says() {
        for page in [
            r#"{"exceededTransferLimit": true}"#,
            r#"{"exceededTransferLimit": "true"}"#,
            r#"{"properties": {"exceededTransferLimit": true}}"#,
            r#"{"numberMatched": 11, "numberReturned": 10}"#,
            r#"{"totalFeatures": 11}"#,
            r#"{"properties": {"numberMatched": "11"}}"#,
            r#"{"links": [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}]}"#,
            r#"{"next": "https://example.org/items?page=2"}"#,
        ] {
            assert!(said(page, 10).is_some(), "{page}");
        }
        for whole in [
            "{}",
            r#"{"exceededTransferLimit": false, "properties": {"exceededTransferLimit": null}}"#,
            r#"{"numberMatched": 10, "links": [{"rel": "next", "href": "b"}]}"#,
            r#"{"numberMatched": "unknown", "numberReturned": 10}"#,
            r#"{"links": [{"rel": "self", "href": "a"}], "next": null}"#,
        ] {
            assert_eq!(said(whole, 10), None, "{whole}");
        }
        assert_eq!(
            said(r#"{"exceededTransferLimit": true}"#, 10).as_deref(),
            Some(
                "a.json: \"exceededTransferLimit\" says that the service had more features than it sent: this is only a page – fetch the others with resultOffset and join them in one file"
            )
        );
    }
}
