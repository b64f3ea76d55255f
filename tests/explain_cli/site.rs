//! What is said of a site.

use crate::street::study;
use crate::{Tested, run};

const VILLAGE: &str = "\
site: v Village: station; East < County; 0.005390 E 0.000000 N; hours Mo-Fr 09:00-17:00; on the day 2024-03-04; leaving Mo 10:00

for persons: within the limit of it: 10 people in 1 cell; of all sites the nearest to 0 people
  if it closed, 10 people would lose some of 1 item: pass Pass (10 people)

its list of items (2):
  card Card: accept; for persons and firms; handled by one's own unit or one above it; at a window, with a helper there
  pass Pass: accept+issue; for persons and firms; handled anywhere; at a window, with a helper there

what it could take on, for persons:
  card Card: handing issue down gets it done for 10 people
";

#[test]
fn a_site_is_told_by_what_it_does_and_could_do() -> Tested {
    let dir = study("en")?;
    for named in ["v", "Village"] {
        let (code, out, err) = run(dir.path(), &["--site", named, "--quiet"])?;
        assert_eq!((code, err.as_str()), (Some(0), ""));
        assert_eq!(out, VILLAGE);
    }
    let (_, out, _) = run(dir.path(), &["--site", "v", "--quiet", "--json"])?;
    let told: serde_json::Value = serde_json::from_str(&out)?;
    assert_eq!(
        (&told["site"]["id"], &told["served"][0]["who"]),
        (&"v".into(), &"people".into())
    );
    assert_eq!(told["served"][0]["only_there"][0]["item"], "pass");
    assert_eq!(told["served"][0]["could_take"][0]["gain"], 10.0);
    assert_eq!(told["items"][0]["steps"], "accept");
    let (_, out, _) = run(
        dir.path(),
        &["--site", "v", "--at", "2024-03-04T20:00", "--quiet"],
    )?;
    assert!(
        out.contains("\n  it is closed when they come to 10 people, for whom"),
        "{out}"
    );
    // What has run out at the bank is renewed; a bank takes on nothing new.
    let (_, out, _) = run(
        dir.path(),
        &[
            "--site",
            "b",
            "--minutes",
            "5",
            "--quiet",
            "--language",
            "zh",
        ],
    )?;
    for line in [
        "  若关闭，无人因此办不成事项\n",
        "  pass Pass：受理+发证；个人和企业；可跨区通办；窗口办；… 至 2023-12-31；当日不办\n",
        "  pass Pass：受理+发证 续期，可使 6 人办成\n",
    ] {
        assert!(out.contains(line), "{line}{out}");
    }
    Ok(())
}

#[test]
fn exit_2_a_site_and_a_cell_at_once() -> Tested {
    let dir = study("en")?;
    let (code, out, err) = run(dir.path(), &["--site", "v", "--cell", "h"])?;
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.contains("'--site <ID>' cannot be used with '--cell <ID>'"),
        "{err}"
    );
    let (code, _, err) = run(dir.path(), &["--site", "Vilage"])?;
    assert_eq!(code, Some(2));
    assert!(
        err.contains("no site is called \"Vilage\" – near to it are Village"),
        "{err}"
    );
    Ok(())
}
