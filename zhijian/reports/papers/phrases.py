"""The words of the papers themselves, in both languages; what a regulation says is not among them.

One template serves both languages: what it prints of its own comes from here as ``data.words``.
"""

from __future__ import annotations

from typing import Final

from zhijian.domain.words import Words

#: Words that the templates print.
OF_TEMPLATES: Final = {
    "after_label": Words("　", ": "),
    "key": Words("〔{key}〕", "[{key}]"),
    "page": Words("第 {page} 页　共 {pages} 页", "Page {page} of {pages}"),
    "unconfirmed_foot": Words("　含未确认默认值", "; with unconfirmed default values"),
    "unconfirmed_title": Words(
        "含有未经确认的默认值，本件不得作为审定、奖惩和公布的依据",
        "Contains unconfirmed default values: no basis for approval, money or publication",
    ),
    "unwritten": Words("（本部分尚未填写）", "(This part has not been written yet.)"),
    "colon": Words("：", ":"),
    "item": Words("项目", "Item"),
    "value": Words("数值", "Value"),
    "how": Words("怎样得来", "How it came about"),
    "cites": Words("依据", "Under"),
    "unconfirmed_mark": Words(
        "※ 由未经确认的默认值得来", "※ rests on default values that nobody has confirmed"
    ),
    "no_records": Words("没有记录。", "No records."),
    "limits": Words("虚线：", "Dashed line: "),
    "semicolon": Words("；", "; "),
    "lost_points": Words("失分", "Points lost"),
    "running_share": Words("累计占比（全高为 100 %）", "Running share (full height is 100 %)"),
    "amount_how": Words("金额怎样得来", "How the amount came about"),
}

OF_FIGURES: Final = {
    "rank": Words("序号", "No."),
    "unit": Words("单位", "Unit"),
    "score": Words("得分", "Score"),
    "grade": Words("等次", "Grade"),
    "amount": Words("奖惩金额（元）", "Amount (yuan)"),
    "not_assessed": Words("未评", "Not assessed"),
    "blocked": Words("缺数据，未计算", "Data missing, not computed"),
    "two_places": Words(
        "图中取两位小数，准确数值见计分过程。",
        "Two decimals are shown; the workings-out give the exact figures.",
    ),
    "no_earlier": Words("没有以前各期的结果。", "There are no results of earlier periods."),
    "change": Words("比上期", "Change"),
    "data_of": Words("{title}(数据)", "{title} (data)"),
    "cumulated": Words("累计占比", "Running share"),
    "nothing_lost": Words("没有失分。", "No points were lost."),
    "lost_note": Words(
        "失分 = 各考核形式得分与 {best} 分之差 × 权重，各单位相加。",
        "Points lost = distance of each part from {best} × weight, added over the units.",
    ),
    "reward_or_penalty": Words("奖惩", "Consequence"),
    "yuan": Words("金额（元）", "Amount (yuan)"),
    "capitals": Words("大写", "In capitals"),
    "totals": Words(
        "奖励合计 {rewards} 元，惩罚合计 {penalties} 元。",
        "Rewards {rewards} yuan in all, penalties {penalties} yuan in all.",
    ),
    "totals_awaited": Words("另有 {count} 项待填写。", " {count} more still to be typed."),
    "totals_booked": Words(
        "金额取自奖惩台账，含冲销。", " The amounts are those of the ledger, with reversals."
    ),
    "to_be_typed": Words("待填写", "to be typed"),
    "awaited_said": Words("待填写：{what}", "to be typed: {what}"),
    "matter_said": Words("{title}，{text}", "{title}, {text}"),
    "unit_said": Words("{unit}：{text}。", " {unit}: {text}."),
    "typed_said": Words(
        "{title} {amount} 元（{code}）：{reason}", "{title} {amount} yuan ({code}): {reason}"
    ),
    "no_money": Words("没有奖惩。", "There are no rewards and no penalties."),
    "forms": Words("份数", "Forms"),
    "mean": Words("平均", "Mean"),
    "lowest": Words("最低", "Lowest"),
    "highest": Words("最高", "Highest"),
    "sum": Words("合计", "Total"),
    "lacking": Words("缺什么", "What is missing"),
    "explained": Words("说明", "Explanation"),
    "nothing_missing": Words("没有缺失的数据。", "No data are missing."),
    "unconfirmed_value": Words("未经确认的默认值", "Unconfirmed default value"),
    "all_confirmed": Words(
        "所用数值均有制度依据或已经确认。",
        "Every value that was used rests on the regulation or has been confirmed.",
    ),
    "reward": Words("奖励", "Reward"),
    "penalty": Words("惩罚", "Penalty"),
    "neither": Words("不奖不罚", "Neither"),
    "axis_from": Words("横轴自 {low} 起。", "The axis begins at {low}. "),
    "bars_cut": Words(
        "共 {count} 个，图中为前 {most} 个，其余见表。",
        "{count} in all; the picture shows the first {most}, the table the others.",
    ),
    "measures_of": Words("{part}：所依据的数据", "{part}: the data behind it"),
    "measures_more": Words(
        "{part}：所依据的数据({place}/{count})", "{part}: the data behind it ({place} of {count})"
    ),
    "nothing_measured": Words("没有直接的数据。", "No data of its own."),
}

OF_REPORTS: Final = {
    "results_report": Words("考核结果报告", "Report on the results"),
    "results": Words("考核结果", "Results"),
    "scores_and_grades": Words("得分与等次", "Scores and grades"),
    "ranking": Words("得分排序", "Ranking"),
    "components": Words("各部分得分", "Scores of the parts"),
    "measures": Words("各部分所依据的数据", "The data behind the parts"),
    "trend": Words("与以前各期比较", "Comparison with earlier periods"),
    "losses": Words("失分与缺失", "Points lost and data missing"),
    "pareto": Words("失分构成", "Where points were lost"),
    "missing": Words("缺失的数据", "Missing data"),
    "unconfirmed": Words("未经确认的默认值", "Unconfirmed default values"),
    "money": Words("奖惩", "Consequences"),
    "amounts": Words("奖惩金额", "Rewards and penalties"),
    "subtitle": Words("{title}　{period}", "{title}, {period}"),
    "trial": Words("试行", "On trial"),
    "sample": Words("示例数据", "Sample data"),
    "foot": Words("依据：{id} {version}　摘要 {digest}", "Under {id} {version}, digest {digest}"),
    "prevailing": Words(
        "与{titles}相抵触的，以该制度为准",
        "Where {titles} contradicts it, that regulation prevails",
    ),
    "table": Words("表 {place}", "Table {place}"),
    "figure": Words("图 {place}", "Figure {place}"),
    "workings": Words(
        "附　各单位计分过程({count} 个)", "Annex: Workings-out of the units ({count})"
    ),
    "workings_cut": Words(
        "共 {count} 个单位，此处印出前 {most} 个，其余见结果工作簿。",
        "{count} units in all; the first {most} are printed, the workbook holds the others.",
    ),
    "working_of": Words("{unit}　{score} 分　{grade}", "{unit}: {score} points {grade}"),
    "period": Words("考核期", "Period"),
    "period_edition": Words(
        "{period}（更正第 {edition} 版）", "{period} (correction, edition {edition})"
    ),
    "version": Words("制度版本", "Version of the regulation"),
    "units": Words("单位", "Units"),
    "units_scored": Words("{count} 个，已评 {scored} 个", "{count}, of which {scored} assessed"),
    "problems": Words(
        "数据中有 {count} 处问题，结果仅供核对",
        "{count} problems in the data: the results serve checking only",
    ),
    "said_above": Words("见上", "see above"),
    "on_the_sheet": Words("见评分表", "see the score sheet"),
    "table_value": Words("（表）", "(table)"),
    "no_input": Words("所依据的数值没有", "what it rests on has no value"),
    "yes": Words("是", "yes"),
    "no": Words("否", "no"),
    "translation": Words(
        "本件由原件译成，以原件为准",
        "Translation of the delivered original in Chinese, which alone counts",
    ),
    "translation_withdrawn": Words(
        "原件已撤回，不再有效；本件由原件译成",
        "The original has been withdrawn and no longer counts; this is a translation of it",
    ),
    "withdrawn_on": Words("撤回日期", "Withdrawn on"),
    "withdrawn_because": Words("撤回理由", "Why it was withdrawn"),
    "draft": Words("草稿", "Draft"),
    "number": Words("报告编号", "Number of the report"),
    "delivered_on": Words("交付日期", "Delivered on"),
    "digest_of_original": Words("原件摘要", "Digest of the original"),
    "written_by": Words("编制", "Written by"),
    "checked_by": Words("审核", "Checked by"),
    "approved_by": Words("批准", "Approved by"),
}

OF_FORMS: Final = {
    "sheet": Words("{title}评分表", "{title}: score sheet"),
    "edition": Words("第 {number} 版", "Edition {number}"),
    "not_approved": Words("未审定", "Not approved"),
    "corrected": Words("已被更正", "Corrected since"),
    "cancelled": Words("更正已取消", "Correction cancelled"),
    "reversed": Words("已冲销", "Reversed"),
    "not_scored": Words("未能评定", "Could not be assessed"),
    "amount_said": Words("{amount}（{capitals}）", "{amount}"),
    "subject": Words("被考核单位", "Unit assessed"),
    "working_group": Words("工作小组", "Working group"),
    "date": Words("日期", "Date"),
    "part": Words("考核形式", "Part"),
    "weight": Words("权重", "Weight"),
    "parts": Words("各考核形式", "The parts"),
    "working": Words("计分过程", "Working-out of the score"),
    "grading": Words("等次判定", "How the grade was found"),
    "proposal": Words("{title}：{amount} 元", "{title}: {amount} yuan"),
    "list": Words("{title}结果", "{title}: results"),
    "units_counted": Words("{count} 个", "{count}"),
    "result_digest": Words("结果摘要", "Digest of the results"),
    "approved_at": Words("审定时间：{day}", "Approved on {day}"),
    "unapproved": Words("结果尚未审定。", "The results have not been approved yet."),
    "edition_no": Words("版次", "Edition"),
    "edition_corrects": Words(
        "第 {number} 版，更正 {day}审定的第 {former} 版",
        "Edition {number}, which corrects edition {former} approved on {day}",
    ),
    "made_by": Words("制表", "Made by"),
    "rechecked_by": Words("复核", "Checked by"),
    "chair": Words("委员会主任", "Chair of the committee"),
    "member": Words("委员", "Member"),
    "notice": Words("{title}结果公示", "{title}: results"),
    "published": Words(
        "根据《{pack}》，{period}考核结果已经审定，现予公示。",
        "The results of {period} under “{pack}” have been approved and are published herewith.",
    ),
    "superseded": Words(
        "本公示的结果已于{day}更正，以更正后的公示为准。",
        "These results were corrected on {day}; the notice of the correction counts.",
    ),
    "corrects": Words(
        "本公示更正{day}公布的结果。", "This notice corrects the results published on {day}."
    ),
    "objections": Words(
        "对结果有异议的，可向{body}书面反映。",
        "Objections may be sent to the {body} in writing.",
    ),
    "decision_reward": Words("奖励决定通知书", "Notice of reward"),
    "decision_penalty": Words("惩罚决定通知书", "Notice of penalty"),
    "decision_measure": Words("整改决定通知书", "Notice of measures"),
    "decision_reversal": Words("奖惩冲销通知书", "Notice of reversal"),
    "result_said": Words(
        "你单位{period}服务质量考核得分 {score} 分，等次为{grade}。",
        "In {period} your unit scored {score} points in the assessment of service quality; "
        "the grade is {grade}.",
    ),
    "decided": Words(
        "根据《{pack}》{cites}，经{approver}审定，对你单位{verb}{amount}。",
        "Under {cites} of “{pack}”, and as approved by the {approver}, your unit {verb}{amount}.",
    ),
    "verb_reward": Words("给予奖励", "is given a reward"),
    "verb_penalty": Words("给予惩罚", "is given a penalty"),
    "verb_measure": Words("责成整改", "is told to put things right"),
    "amount_decided": Words("，金额为人民币{capitals}(¥{amount})", " of {amount} yuan (renminbi)"),
    "order": Words("要求：{text}", "Required: {text} "),
    "limit": Words("完成期限：{day}。", "To be done by {day}."),
    "reversal": Words("本决定冲销{code}：{reason}", "This decision reverses {code}: {reason}"),
    "succession": Words(
        "本决定取代已冲销的{code}。", "This decision takes the place of {code}, which was reversed."
    ),
    "proposed": Words("提出", "Proposed by"),
    "effective": Words("生效日期", "In force from"),
    "evidence": Words("证据", "Evidence"),
    "evidence_said": Words(
        "评分表第 {number} 版及所列记录",
        "Edition {number} of the score sheet and the records on it",
    ),
    "appeal": Words(
        "对本决定有异议的，可自收到之日起向{body}书面提出，写明理由并附证据。",
        "Objections to this decision may be made to the {body} in writing from the day "
        "it is received, with reasons and evidence.",
    ),
    "addressee": Words("{unit}：", "To {unit}:"),
    "minutes": Words("服务质量分析会会议纪要", "Minutes of the service quality meeting"),
    "held_on": Words("召开日期", "Held on"),
    "place": Words("地点", "Place"),
    "attended": Words("出席", "Attended"),
    "minutes_of": Words("纪要", "Minutes"),
    "recorded_by": Words("记录", "Recorded by"),
    "workings_sheet": Words("结果", "Results"),
    "ledger_sheet": Words("奖惩台账", "Ledger"),
    "status": Words("状态", "Status"),
    "assessed": Words("已评定", "Assessed"),
    "unconfirmed_column": Words("未经确认", "Unconfirmed"),
    "remark_unconfirmed": Words(
        "含未经确认的默认值：{names}。", "With unconfirmed default values: {names}. "
    ),
    "remark_cut": Words(
        "共 {count} 个单位，计分过程附前 {most} 个，其余见系统中的评分表。",
        "{count} units in all; the workings-out of the first {most} are attached, "
        "the others are in the system.",
    ),
    "code": Words("编号", "Number"),
    "matter": Words("事项", "Matter"),
    "reverses": Words("冲销", "Reverses"),
}

PHRASES: Final = {**OF_TEMPLATES, **OF_FIGURES, **OF_REPORTS, **OF_FORMS}
