//! What measures cost: `--budget` and `--costs`.

use clap::ValueEnum;
use walkshed::proposal::{Budget, MeasureCosts};

use crate::args::{Also, Args};
use crate::common::failure::Failure;
use crate::common::said::Said;

/// Nothing costs more: sums stay exact.
const DEAREST: u64 = 1_000_000_000;

/// What has a cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Push,
    Other(Also),
}

/// What a kind of measure costs, as `hours=5`.
pub(crate) fn cost(text: &str) -> Result<(Kind, u64), String> {
    let (name, cost) = text
        .split_once('=')
        .ok_or("expected a kind of measure and its cost, such as hours=5")?;
    let kind = match name.trim() {
        "push" => Kind::Push,
        other => Kind::Other(Also::from_str(other, false).map_err(|_| {
            "expected push, hours, renew, helper or reach before the sign =".to_owned()
        })?),
    };
    let cost = cost.trim().parse().ok();
    let cost = cost.filter(|cost| (1..=DEAREST).contains(cost));
    let cost = cost.ok_or("expected a whole number from 1 to 1000000000 after the sign =")?;
    Ok((kind, cost))
}

/// What may be spent, and what each measure costs; none where pushes are counted.
pub(crate) fn budget(args: &Args) -> Result<Option<Budget>, Failure> {
    let mut costs = MeasureCosts::default();
    let mut named: Vec<Kind> = Vec::new();
    for &(kind, cost) in &args.costs {
        if named.contains(&kind) {
            return Err(Failure::Usage(Said::new(
                "--costs: a measure has two costs – give it one",
                "--costs：同一项措施有两个费用——请只给一个",
            )));
        }
        named.push(kind);
        *of_kind(&mut costs, kind, &args.also)? = cost;
    }
    Ok(args.budget.map(|most| Budget { most, costs }))
}

/// Where the cost of a kind stands, when such measures compete at all.
fn of_kind<'c>(
    costs: &'c mut MeasureCosts,
    kind: Kind,
    also: &[Also],
) -> Result<&'c mut u64, Failure> {
    let Kind::Other(other) = kind else {
        return Ok(&mut costs.push);
    };
    if !also.contains(&other) {
        return Err(Failure::Usage(Said::new(
            "--costs: it names a measure that --also does not – name it there, or leave its cost out",
            "--costs：其中有 --also 没有列出的措施——请在 --also 中列出，或去掉它的费用",
        )));
    }
    Ok(match other {
        Also::Hours => &mut costs.hours,
        Also::Renew => &mut costs.renew,
        Also::Helper => &mut costs.helper,
        Also::Reach => &mut costs.reach,
    })
}
