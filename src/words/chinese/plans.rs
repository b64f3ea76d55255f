//! Chinese words of plans: where to open, and what to push down.

/// Adds these words to those before, and hands all of them to the match.
macro_rules! plans {
    ($($before:tt)*) => {
        page! {
            $($before)*
            // 没有方案的原因
            PlanNoSuchClient: "有一对数据指向第 {client} 个需求点（从 0 起计），但没有这个需求点——请给每个需求点一个权重",
            PlanNoSuchCandidate: "没有第 {candidate} 个备选点（从 0 起计）——请指定矩阵中的备选点",
            PlanTwoRoles: "第 {candidate} 个备选点（从 0 起计）同时被列为保留、必建、禁建中的两种——请只保留一种",
            PlanWrongCosts: "有 {candidates} 个备选点，却给了 {costs} 个费用——请每个给一个，或都不给",
            PlanForcedExceedRoom: "必建的需要 {forced}，而上限只有 {room}——请提高上限，或减少必建的备选点",
            PlanTooFew: "只有 {room} 时，无论多远总有人到不了任何服务点：至少需要 {least}——请增加服务点，或扩大搜索范围",
            PlanNeedOutOfReach: "第 {unit} 个单位（从 0 起计）需要覆盖 {need}，而全部备选点合起来只能覆盖 {most}——请降低要求，或增加备选点",
            PlanNeedsExceedRoom: "上限 {room} 之内没有任何方案能满足每个单位的要求：已证明——请提高上限，或降低要求",
            PlanNeedsExceedGroups: "分组上限之内没有任何方案能满足要求：已证明——请提高某个分组的上限，或降低要求",
            PlanSidesOnlyCover: "覆盖率下限、备份覆盖、接待能力和分组上限只适用于覆盖问题——请用 lscp 或 mclp",
            PlanBackupWithCapacity: "已分配到一个服务点的人无法再算备份覆盖——备份覆盖与接待能力请只取其一",
            PlanNestedUnitsWithCapacity: "有接待能力限制时不能同时要求上下级单位的覆盖率——请只对同一级单位提出要求",
            PlanWrongCapacities: "有 {candidates} 个备选点，却给了 {capacities} 个接待能力——请每个给一个，或都不给",
            PlanWrongUnits: "有 {clients} 个需求点，却给了 {units} 个单位——请每个给一个，或都不给",
            PlanOtherCandidates: "各阶段的备选点个数不同——请给各阶段同样的备选点",
            PlanMixedRooms: "有的阶段限定服务点数，有的限定费用——请统一一种",
            PlanNoUnits: "没有任何单位的人能被备选点覆盖——请给出需求点所属单位，或增加备选点",
            PlanStopped: "搜索在得到方案之前就被停止——请给更多时间",
            PlanTooLarge: "数字太大，无法精确求和——请用更大的单位给出权重或费用",
            ProposalShareOutOfReach: "即使所有备选点都开设，{unit} 也只能覆盖 {most}，达不到要求的比例：这些备选点没有可行方案——请增加备选点，或降低要求",
            ProposalNoPhases: "项目没有面向群众的阶段——请在项目文件中加上 [[phase]]",
            ProposalIdTaken: "备选点的编号 {id} 与某个服务点或另一个备选点相同——请另取编号",
            // 备选点与矩阵
            WholeCost: "应为 0 到 1,000,000,000,000 的整数",
            WriteWholeCost: "请换用使费用为整数的单位，或留空（按 1 计）",
            NoColumnThere: "没有 {column} 列；现有的列：{columns}",
            NameThatColumn: "请把其中一列命名为 {column}",
            StatusWords: "应为 candidate（备选）、kept（保留）、forced（必建）、forbidden（禁建），或留空",
            PlaceStatusWords: "应为 candidate（备选）、forced（必建）、forbidden（禁建），或留空；已有的服务点应写在项目的服务点表中",
            WriteStatus: "请写其中一个词",
            CostInRange: "应为 0 到 7,158 的分钟数，或 0 到 4,294,967 的米数",
            CorrectCost: "请改正；无法到达的，请删去这一行",
            IdOfOtherTable: "应为另一张表中的编号",
            AddOrCorrectId: "请在那张表中加上这个编号的行，或在此改正",
            // 方案的说明
            PlanTomlHead: "{study} 的方案，每步一项调整。请把这些表接在项目文件之后（替换其中原有的 [[change]]），再运行 coverage --changed",
            PlanLscp: "凡能覆盖的都已覆盖：费用 {cost}",
            PlanMclp: "届时覆盖 {people} 人，共 {of} 人",
            PlanShares: "每个单位都达到要求的覆盖率：费用 {cost}",
            PlanFair: "覆盖率最低的单位达到 {share}；届时共覆盖 {people} 人，共 {of} 人",
            PlanPhases: "各阶段合计覆盖 {sum} 人次",
            PlanPhase: "{name}：共 {people} 人，覆盖 {after} 人，原为 {before} 人；比单独规划本阶段少 {price} 人",
            PlanClosing: "关闭 {sites} 个服务点：届时覆盖 {people} 人，共 {of} 人，原为 {before} 人",
            PlanPivots: "有 {count} 个服务点不可缺少：其中任何一个单独关闭后谁失去服务，见 pivotal.csv；影响最大的是 {site}，{people} 人",
            PlanClosingGap: "尚未证明：关闭这么多服务点后最多能覆盖 {bound} 人，相差 {gap} %——此上界只逐个考虑服务点",
            PlanLinks: "新建 {links} 条连接：届时覆盖 {people} 人，共 {of} 人，原为 {before} 人",
            PlanLinksGap: "尚未证明：只试算了最有希望的连接，除总人数之外没有已知的上界",
            PlanPMedian: "所有人单程合计 {sum}",
            PlanPCenter: "最远者相距 {most}",
            PlanPushes: "下放 {pushes} 项：届时 {done} 人·事项可办，原为 {before} 人·事项",
            PlanProved: "已证明：在这些备选点中没有更好的选择",
            PlanGap: "尚未证明：在这些备选点中最好不过 {bound}，相差 {gap} %——请给更多时间（--seconds）",
            PlanUnserved: "有 {count} 个从任何备选点都无法服务：{names}",
            PlanHeadSite: "服务点",
            PlanHeadGain: "新增",
            PlanHeadTotal: "累计",
            PlanHeadCost: "费用",
            PlanMore: "  ……另有 {more} 步，见 plan.csv",
        }
    };
}
