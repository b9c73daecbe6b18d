"""What each role may do. A scope names a kind of act; keys of programs carry a choice of scopes."""

from __future__ import annotations

SCOPES: dict[str, tuple[str, str]] = {
    "packets:read": ("查看资料包、材料和报告", "See packets, documents and reports"),
    "packets:write": (
        "新建、上传、提交资料包，更正要素",
        "Make, fill and submit packets; correct fields",
    ),
    "cases:read": ("查看案件", "See cases"),
    "cases:work": (
        "领取、评论、认定疑点、提出处置结论",
        "Claim, comment, judge findings, propose a disposition",
    ),
    "cases:decide": ("复核并作出处置结论，分派案件", "Decide as the second person; assign cases"),
    "graph:read": ("查看关系图谱", "See the graph"),
    "graph:write": ("冻结和删除图谱快照", "Freeze and remove snapshots of the graph"),
    "graph:import": (
        "向图谱导入和移除本行的表",
        "Import tables of the bank's own into the graph, and remove them",
    ),
    "policy:read": ("查看规则与策略", "See rules and policies"),
    "policy:write": ("修改、回测和启用策略", "Change, try and activate policies"),
    "people:manage": ("管理人员与密钥", "Manage people and keys"),
    "webhooks:manage": ("管理事件推送", "Manage webhooks"),
    "audit:read": ("查看审计记录", "See the audit"),
    "pii:reveal": (
        "查看未遮盖的个人信息（需说明理由）",
        "See personal data unmasked, with a reason",
    ),
    "packets:erase": ("按规定清除资料包", "Erase packets"),
}
# What acts on the whole organisation, which a key for trials must not touch.
_OF_THE_WHOLE = frozenset({"policy:write", "people:manage", "webhooks:manage", "audit:read"})
TRIAL_SCOPES = frozenset(SCOPES) - _OF_THE_WHOLE
_READ = frozenset({"packets:read", "cases:read", "graph:read", "policy:read"})
_REVIEW = _READ | {"packets:write", "cases:work", "pii:reveal"}
ROLES: dict[str, frozenset[str]] = {
    "reviewer": _REVIEW,
    "senior_reviewer": _REVIEW | {"cases:decide", "graph:write"},
    "investigator": _READ
    | {"graph:write", "graph:import", "cases:work", "pii:reveal", "audit:read"},
    "administrator": frozenset(SCOPES) - {"cases:decide", "cases:work"},
    "system": frozenset(
        {"packets:read", "packets:write", "cases:read", "graph:read", "policy:read"}
    ),  # keys of programs
}
