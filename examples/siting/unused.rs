//! Flags of which a question takes no notice: whoever gives one expects that it counts, so it is refused.

use crate::args::{Args, Which};
use crate::common::failure::Failure;
use crate::common::said::Said;

/// That every flag that is given counts for the problem.
pub(crate) fn refuse(args: &Args) -> Result<(), Failure> {
    if let Some(flag) = unused(args) {
        let problem = args.problem.wanted().word();
        return Err(Failure::Usage(Said::new(
            format!("{flag}: --problem {problem} takes no notice of it – leave it out"),
            format!("{flag}：--problem {problem} 不使用这个参数——请去掉"),
        )));
    }
    Ok(())
}

/// The first flag that is given in vain.
fn unused(args: &Args) -> Option<&'static str> {
    use Which::{Close, Fair, Link, Lscp, Merge, PCenter};
    let is = |problems: &[Which]| problems.contains(&args.problem);
    let flags = [
        // It opens what it takes.
        ("--p", args.sites.is_some(), is(&[Lscp])),
        // How far the farthest are is what it finds.
        ("--limit", args.limit.is_some(), is(&[PCenter])),
        (
            "--budget",
            args.budget.is_some(),
            is(&[Close, Link, Merge, Lscp]),
        ),
        (
            "--candidates",
            args.candidates.is_some(),
            is(&[Close, Link]),
        ),
        ("--map", args.map.is_some(), !names_a_map(args)),
        ("--like", args.like.is_some(), is(&[Close, Link, Merge])),
        (
            "--min-share",
            args.min_share.is_some(),
            is(&[Close, Link, Merge, Fair]),
        ),
        ("--kind", args.kind.is_some(), is(&[Link])),
        ("--at", args.at.is_some(), !is(&[Merge])),
        ("--within", args.within.is_some(), !is(&[Merge])),
        ("--longest", args.longest.is_some(), !is(&[Link])),
        ("--tried", args.tried.is_some(), !is(&[Link])),
    ];
    let mut in_vain = flags.into_iter().filter(|(_, given, vain)| *given && *vain);
    in_vain.next().map(|(flag, _, _)| flag)
}

/// Whether the candidates are those of a map.
fn names_a_map(args: &Args) -> bool {
    let candidates = args.candidates.as_deref();
    candidates.is_some_and(|named| named.starts_with("map:"))
}
