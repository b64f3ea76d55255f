//! The colours of the page, which colour-blind eyes tell apart too.

use crate::score::VerdictKind;

/// The colour of a verdict (after Okabe and Ito 2008).
pub(in crate::report) const fn of_verdict(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Covered => "#009e73",
        VerdictKind::TooFar => "#cc79a7",
        VerdictKind::NotOffered => "#e69f00",
        VerdictKind::OutOfReach => "#b03a00",
        VerdictKind::Stranded => "#000000",
        VerdictKind::Unknown => "#d9d9d9",
    }
}

/// The line around what has a colour that is hard to see on white; none else.
pub(in crate::report) fn outline(kind: VerdictKind) -> Option<&'static str> {
    (kind == VerdictKind::Unknown).then_some("#555555")
}

/// The class of a share in the page's style, from `h0`, a sixth or less, to `h5`.
pub(super) fn of_share(share: f64) -> &'static str {
    const CLASSES: [&str; 6] = ["h0", "h1", "h2", "h3", "h4", "h5"];
    const UP_TO: [f64; 5] = [1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0, 4.0 / 6.0, 5.0 / 6.0];
    CLASSES[UP_TO.iter().filter(|&&most| share > most).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_verdicts_share_a_colour() {
        let mut colours = VerdictKind::ALL.map(of_verdict).to_vec();
        colours.sort_unstable();
        colours.dedup();
        assert_eq!(colours.len(), VerdictKind::ALL.len());
    }

    #[test]
    fn shares_have_a_class_each() {
        assert_eq!(
            [0.0, 0.17, 0.5, 1.0].map(of_share),
            ["h0", "h1", "h2", "h5"]
        );
    }
}
