//! A page of a service is an error in every role.

use std::fs;

use super::town::{ROLES, folder, said};
use super::writers;

#[test]
fn a_page_is_refused_in_every_role() {
    let folder = folder();
    let path = folder.path();
    for (role, rows) in ROLES {
        let whole = String::from_utf8(writers::geojson(&rows())).expect("text");
        let esri = String::from_utf8(writers::esri_json(&rows())).expect("text");
        let start = "{\"type\":\"FeatureCollection\",";
        for (page, remedy) in [
            (
                whole.replace(start, &format!("{start}\"exceededTransferLimit\":true,")),
                "resultOffset",
            ),
            (
                whole.replace(
                    start,
                    &format!("{start}\"properties\":{{\"exceededTransferLimit\":true}},"),
                ),
                "resultOffset",
            ),
            (
                whole.replace(
                    start,
                    &format!("{start}\"numberMatched\":900,\"numberReturned\":3,"),
                ),
                "startIndex",
            ),
            (
                // After the features, as some services write it.
                format!(
                    "{},\"links\":[{{\"rel\":\"next\",\"href\":\"x\"}}]}}",
                    whole.strip_suffix('}').expect("an object")
                ),
                "next",
            ),
            (
                esri.replacen('{', "{\"exceededTransferLimit\":true,", 1),
                "resultOffset",
            ),
        ] {
            fs::write(path.join("page.json"), &page).expect("written");
            let told = said(path, role, "'page.json'");
            assert!(
                told.contains("this is only a page") && told.contains(remedy),
                "{role}: {told}"
            );
        }
    }
}
