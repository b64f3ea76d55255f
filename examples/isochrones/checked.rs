//! What a check of isochrones found, in words.

use walkshed::isochrone::{Catchments, Checked, check};
use walkshed::model::Language;

use crate::common::said::Said;

/// So many of the worst points are shown.
const MOST_POINTS: usize = 5;

/// What a check found, and how far land may be off.
pub(crate) struct Outcome {
    checked: Checked,
    tolerance_m: f64,
}

/// Compares land with the results for points.
pub(crate) fn against_points(drawn: &Catchments, points: u32) -> Outcome {
    Outcome {
        checked: check(drawn, points),
        tolerance_m: drawn.request.tolerance_m,
    }
}

impl Outcome {
    /// The exit code: 1 where land is wrong.
    pub(crate) fn code(&self) -> u8 {
        u8::from(self.checked.beyond(self.tolerance_m).next().is_some())
    }

    /// What was found.
    pub(crate) fn text(&self, language: Language) -> String {
        let mut lines = vec![self.sums().in_language(language).to_owned()];
        let mut wrong: Vec<_> = self.checked.beyond(self.tolerance_m).collect();
        wrong.sort_by(|one, other| other.off_m.total_cmp(&one.off_m));
        for one in wrong.iter().take(MOST_POINTS) {
            let said = Said::new(
                format!(
                    "  {}: {} by the results, {:.1} m from the border ({})",
                    one.at,
                    if one.within { "within" } else { "outside" },
                    one.off_m,
                    one.limit
                ),
                format!(
                    "  {}：按结果在{}，离边界 {:.1} 米（{}）",
                    one.at,
                    if one.within { "内" } else { "外" },
                    one.off_m,
                    one.limit
                ),
            );
            lines.push(said.in_language(language).to_owned());
        }
        lines.join("\n") + "\n"
    }

    fn sums(&self) -> Said {
        let Checked {
            points,
            cells,
            beyond_reach,
            disagreements,
        } = &self.checked;
        let beyond = self.checked.beyond(self.tolerance_m).count();
        let tolerance = self.tolerance_m;
        let worst = self.checked.worst_m().unwrap_or(0.0);
        let differ = disagreements.len();
        Said::new(
            format!(
                "check: {points} points and {cells} cells asked; {differ} differ at a border, the \
                 farthest {worst:.2} m from it; {beyond} beyond {tolerance} m; {beyond_reach} cells \
                 stand farther off than land is drawn"
            ),
            format!(
                "核对：问了 {points} 个点和 {cells} 个居民点；{differ} 个在边界处不一致，离边界最远 \
                 {worst:.2} 米；超过 {tolerance} 米的 {beyond} 个；{beyond_reach} 个居民点比绘制范围离道路更远"
            ),
        )
    }
}
