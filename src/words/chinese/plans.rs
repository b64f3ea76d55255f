//! Chinese words of plans: where to open, and what to push down.

/// Adds these words to those before, and hands all of them to the match.
macro_rules! plans {
    ($($before:tt)*) => {
        words! {
            $($before)*
            // 没有方案的原因
            PlanNoSuchClient: "有一对数据指向第 {client} 个需求点（从 0 起计），但没有这个需求点——请给每个需求点一个权重",
            PlanNoSuchCandidate: "没有第 {candidate} 个备选点（从 0 起计）——请指定矩阵中的备选点",
            PlanTwoRoles: "第 {candidate} 个备选点（从 0 起计）同时被列为保留、必建、禁建中的两种——请只保留一种",
            PlanWrongCosts: "有 {candidates} 个备选点，却给了 {costs} 个费用——请每个给一个，或都不给",
            PlanForcedExceedRoom: "必建的需要 {forced}，而上限只有 {room}——请提高上限，或减少必建的备选点",
            PlanTooFew: "只有 {room} 时，无论多远总有人到不了任何服务点：至少需要 {least}——请增加服务点，或扩大搜索范围",
            PlanStopped: "搜索在得到方案之前就被停止——请给更多时间",
            PlanTooLarge: "数字太大，无法精确求和——请用更大的单位给出权重或费用",
            ProposalIdTaken: "备选点的编号 {id} 与某个服务点或另一个备选点相同——请另取编号",
        }
    };
}
