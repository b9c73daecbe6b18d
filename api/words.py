"""Words of the screens and reports in both languages."""

from __future__ import annotations

from verify.model import Say

WORDS = {
    "score": Say("风险评分", "Risk score"), "coverage": Say("核查覆盖率", "Coverage"), "as_of": Say("核查日", "As of"), "findings": Say("疑点", "Findings"),
    "severity": Say("严重程度", "Severity"), "rule": Say("规则", "Rule"), "finding": Say("疑点", "Finding"), "evidence": Say("佐证", "Evidence"),
    "title": Say("核查报告", "Verification report"), "waterfall": Say("得分构成", "How the score adds up"), "ask": Say("询问", "Ask"),
    "paper": Say("可索取的材料", "Paper to ask for"), "innocent": Say("可能的善意解释", "Innocent explanations"), "expected": Say("应为", "Expected"),
    "observed": Say("实为", "Observed"), "difference": Say("相差", "Difference"), "confidence": Say("识别置信度", "Confidence"),
    "reconciliation": Say("勾稽对照", "Reconciliation"), "source": Say("来源", "Source"), "value": Say("金额（元）", "Amount (yuan)"), "note": Say("说明", "Note"),
    "tolerance": Say("容差", "Tolerance"), "not_checked": Say("未核查的内容及原因", "What was not checked, and why"), "papers": Say("材料与要素", "Papers and their fields"),
    "field": Say("要素", "Field"), "raw": Say("票面原文", "As printed"), "page": Say("页", "Page"), "rows": Say("笔交易", "transactions"),
    "next": Say("下一步需要的材料", "Papers to ask for next"), "none": Say("未发现疑点", "No findings"), "status": Say("状态", "Status"),
    "person": Say("评分只用于排列关注次序，处置由人作出。", "The score orders attention; the decision is a person's."), "all_checks": Say("全部核查项", "All checks"),
    "same_page": Say("同一处", "same place"), "points": Say("分", "points"), "read": Say("已读取", "read"), "partial": Say("部分读取", "read in part"),
    "unreadable": Say("无法读取", "unreadable"), "unsupported": Say("未识别", "not supported"), "unknown": Say("未识别的材料", "Unknown paper"),
    "agrees": Say("一致", "agrees"), "differs": Say("不一致", "differs"), "one_source": Say("仅一个来源", "one source only"), "lines": Say("报表项目", "Lines"),
    "income_statement": Say("利润表", "Income statement"), "vat_return": Say("增值税申报表", "VAT return"), "invoices": Say("发票", "Invoices"),
    "bank_receipts": Say("银行回款", "Bank receipts"), "bank_tax_payments": Say("银行缴税", "Taxes paid by bank"), "balance_sheet": Say("资产负债表", "Balance sheet"),
    "bank_statement": Say("对账单", "Bank statement"),
}
BAND = {
    "high": Say("高风险", "high"), "medium": Say("中风险", "medium"), "low": Say("低风险", "low"), "not_verified": Say("未能核实", "not verified"),
}
SEVERITY = {"high": Say("高", "high"), "medium": Say("中", "medium"), "low": Say("低", "low"), "info": Say("提示", "info")}
OUTCOME = {
    "hit": Say("有疑点", "hit"), "clear": Say("相符", "clear"), "not_applicable": Say("不适用", "not applicable"), "not_checked": Say("未核查", "not checked"), "error": Say("出错", "error"),
}
