"""Errors of the service as RFC 9457 problems; the only place that knows HTTP status codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from api.http.validation_words import in_words
from api.store.database import AWAY

_LOG = structlog.get_logger("huoyan.errors")
PROBLEM = "application/problem+json"
CATALOGUE: dict[str, tuple[int, str, str]] = {
    "no_files": (400, "请至少上传一个文件。", "Upload at least one file."),
    "one_file": (400, "请一次导入一个文件。", "Import one file at a time."),
    "bad_cursor": (
        400,
        "翻页游标无效；请从第一页重新开始。",
        "The cursor is not valid; start again from the first page.",
    ),
    "bad_webhook_url": (
        422,
        "推送地址须为公网 https 地址，不得指向内网。",
        "The address must be a public https one, not of a private network.",
    ),
    "not_logged_in": (
        401,
        "请先登录，或检查密钥是否有效。",
        "Log in first, or check that the key is valid.",
    ),
    "wrong_login": (401, "用户名或密码不正确。", "The name or the password is not right."),
    "code_needed": (
        401,
        "请输入验证器上的验证码，或一个恢复码。",
        "Also send the code of your authenticator, or a recovery code.",
    ),
    "wrong_code": (
        401,
        "验证码不正确或已使用；请用新的验证码重试。",
        "The code is not right or was used; try the next one.",
    ),
    "oidc_failed": (
        401,
        "统一身份登录未成功；请重新登录，仍不成功请联系管理员。",
        "The log-in by the provider failed; try again, then ask the administrator.",
    ),
    "not_added": (
        401,
        "您尚未在本系统开通；请联系管理员。",
        "You have not been added here; ask an administrator.",
    ),
    "csrf": (
        403,
        "请求缺少防伪令牌；请刷新页面后重试。",
        "The request lacks its CSRF token; reload the page and try again.",
    ),
    "not_allowed": (
        403,
        "您的角色无权进行此操作；请联系管理员。",
        "Your role may not do this; ask an administrator.",
    ),
    "same_person": (
        403,
        "复核人不得与经办人为同一人；请由另一位人员处理。",
        "The second person must be another one; ask a colleague.",
    ),
    "not_found": (
        404,
        "不存在，或不属于您的机构。",
        "It does not exist, or is not your organisation's.",
    ),
    "method_not_allowed": (
        405,
        "此地址不支持该方法；请查阅接口文档。",
        "This address does not take that method; see the API's documentation.",
    ),
    "not_acceptable": (406, "不支持所要求的格式。", "There is no such form."),
    "in_flight": (
        409,
        "相同 Idempotency-Key 的请求正在处理；请稍后重试。",
        "A request with this Idempotency-Key is under way; try again shortly.",
    ),
    "wrong_state": (
        409,
        "当前状态不允许此操作；请刷新后查看。",
        "The present state does not allow this; reload and look.",
    ),
    "already_there": (
        409,
        "编号或名称已存在；请更换。",
        "The reference or name is taken; choose another.",
    ),
    "not_as_proposed": (
        409,
        "复核结论须与经办人提出的一致；如不同意请退回并说明理由。",
        "The second person decides what was proposed; to disagree, return the case with a reason.",
    ),
    "changed_meanwhile": (
        412,
        "内容已被他人修改；请刷新后重试。",
        "Someone changed it meanwhile; reload and try again.",
    ),
    "upload_expired": (
        410,
        "上传地址已过期；请重新申请。",
        "The address for the upload has expired; ask for another.",
    ),
    "upload_used": (
        409,
        "此上传已完成，不能再次使用；如需补传请重新申请。",
        "This upload is finished and works once; ask for another address.",
    ),
    "upload_missing": (
        409,
        "上传地址尚未收到文件；请先上传再完成。",
        "Nothing has been put to the address yet; put the file, then finish.",
    ),
    "upload_differs": (
        422,
        "收到的内容与申请时的大小或 SHA-256 不符；请核对后重新上传。",
        "What came is not of the size and SHA-256 that were told; check the file and put it again.",
    ),
    "too_slow": (
        408,
        "请求内容传输过慢，已中断；请检查网络后重试。",
        "The body came too slowly and was cut off; check the network and send it again.",
    ),
    "over_limit": (
        413,
        "上传内容超出上限；请拆分后再上传，上限见 /v1/limits。",
        "The upload is over a limit; split it. /v1/limits tells the limits.",
    ),
    "invalid": (
        422,
        "请求内容有误；请按 errors 中的说明修改。",
        "The request is not right; `errors` says what to change.",
    ),
    "not_a_graph": (
        422,
        "文件中没有可识别的关系表。",
        "The file holds no table of relations that is known here.",
    ),
    "nothing_told": (
        422,
        "表头已识别，但没有一行写全两方名称；请检查是否留空或选错工作表（只读第一张）。",
        "The head row is known, but no row names both parties; see whether cells are empty or the first sheet is another table.",
    ),
    "unreadable_import": (
        422,
        "文件无法读取（可能损坏、过大或内容异常）；请重新导出为 CSV 后再导入。",
        "The file could not be read (damaged, too large, or odd in what it holds); export it again as CSV and import that.",
    ),
    "key_reused": (
        422,
        "此 Idempotency-Key 已用于另一内容的请求；请换用新的。",
        "This Idempotency-Key came with another request; use a new one.",
    ),
    "too_large": (
        422,
        "所要求的范围过大；请指定主体或关系类型。",
        "That is too much at once; name an entity or kinds of relations.",
    ),
    "no_report": (
        409,
        "尚无报告；请先提交并等待核查完成。",
        "There is no report yet; submit the packet and wait until it is verified.",
    ),
    "unreadable_page": (
        422,
        "此页无法显示；请下载原件查看。",
        "This page cannot be drawn; download the original.",
    ),
    "bad_policy": (422, "策略内容有误。", "The policy is not right."),
    "not_back_tested": (
        409,
        "启用前须先用历史案件回测。",
        "Try it on past cases before it is activated.",
    ),
    "not_comparable": (
        409,
        "两份报告不属于同一申请，无法比较。",
        "The two reports are not of one application.",
    ),
    "no_chinese_font": (
        503,
        "服务器缺少中文字体，无法生成 PDF。",
        "The server has no Chinese font, so no PDF can be made.",
    ),
    "form_failed": (
        500,
        "报告的这种形式未能生成；请改用 HTML 或 JSON。",
        "This form of the report could not be made; use HTML or JSON.",
    ),
    "bad_correction": (
        422,
        "更正有误：材料中没有此要素，或数值格式不正确。",
        "The paper has no such field, or the value is not one of its kind.",
    ),
    "if_match_needed": (
        428,
        "请携带 If-Match 首部（取自 ETag）。",
        "Send If-Match with the ETag that you read.",
    ),
    "too_many": (429, "请求过于频繁；请稍后再试。", "Too many requests; try again later."),
    "queue_full": (
        429,
        "排队的资料包过多；请稍后提交。",
        "Too many packets are waiting; submit later.",
    ),
    "internal": (
        500,
        "服务内部错误；请携带 request_id 联系管理员。",
        "A fault in the service; give the administrator the request_id.",
    ),
    "busy": (503, "服务繁忙；请稍后再试。", "The service is busy; try again shortly."),
    "storage": (
        503,
        "存储暂不可用；未受理的内容请稍后重试。",
        "Storage is not available; what was not accepted should be sent again.",
    ),
    "not_configured": (
        503,
        "此功能尚未配置；请联系管理员。",
        "This is not set up; ask the administrator.",
    ),
}
MOST_ERRORS = 10  # of a request; who mends these sees the next
_DEEPEST_PLACE = 8  # parts; no body of the API is deeper
_FIELD = re.compile(r"[A-Za-z0-9_-]{1,40}\Z", re.ASCII)
_BY_STATUS = {
    408: "too_slow",
    413: "over_limit",
    404: "not_found",
    405: "method_not_allowed",
    400: "invalid",
    422: "invalid",
    406: "not_acceptable",
}


class Problem(Exception):
    """An answer that says what is wrong and what to do next."""

    def __init__(
        self,
        code: str,
        zh: str = "",
        en: str = "",
        *,
        retry_after: int = 0,
        errors: list[dict[str, Any]] | None = None,
        headers: dict[str, str] | None = None,
        packet: str = "",
    ) -> None:
        """`packet`: the id of the packet that is in the way, of the caller's own organisation."""
        super().__init__(code)
        self.code = code
        _, own_zh, own_en = CATALOGUE.get(code, (422, "", ""))
        self.zh, self.en = zh or own_zh, en or own_en
        self.retry_after = retry_after
        self.errors = errors
        self.packet = packet
        self.headers = headers or {}


class TooLong(HTTPException):
    """A body is over its bound; of a kind that FastAPI lets through while it reads one."""

    def __init__(self) -> None:
        super().__init__(status_of("over_limit"))


class TooSlow(HTTPException):
    """A body comes more slowly than a slow line would bring it."""

    def __init__(self) -> None:
        super().__init__(status_of("too_slow"), headers={"Connection": "close"})


def status_of(code: str) -> int:
    return CATALOGUE.get(code, (422, "", ""))[0]


def _body(problem: Problem, status: int, request: Request) -> JSONResponse:
    body: dict[str, Any] = {
        "type": f"urn:huoyan:problem:{problem.code}",
        "title": problem.en,
        "status": status,
        "code": problem.code,
        "detail": {"zh": problem.zh, "en": problem.en},
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    if problem.packet:
        body["packet"] = problem.packet
    if status >= 500:
        body["request_id"] = getattr(request.state, "request_id", "")
    wait = problem.retry_after or (5 if status in (409, 429, 503) else 0)
    headers = (
        {"Retry-After": str(wait)}
        if (wait and status != 409) or problem.code == "in_flight"
        else {}
    )
    headers |= problem.headers
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status_code=status, media_type=PROBLEM, headers=headers)


async def answer(request: Request, problem: Exception) -> JSONResponse:
    """The problem as application/problem+json in both languages."""
    assert isinstance(problem, Problem)
    return _body(problem, status_of(problem.code), request)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[:MOST_ERRORS]
    errors = [{"at": _place(e["loc"])} | in_words(e) for e in first]
    return _body(Problem("invalid", errors=errors), 422, request)


def _place(parts: Sequence[Any]) -> str:
    """Where an error is.

    What was sent is not sent back: it may be personal data. A name is shown where it looks like a
    field's.
    """
    shown = (str(part) if _FIELD.match(str(part)) else "…" for part in parts[:_DEEPEST_PLACE])
    return "/".join(shown)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    response = _body(
        Problem(_BY_STATUS.get(error.status_code, "invalid")), error.status_code, request
    )
    response.headers.update(error.headers or {})
    return response


async def _storage(request: Request, error: Exception) -> JSONResponse:
    # One line without a trace: when the store is away every request comes here, and a statement's
    # values are personal data.
    why = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or "")
    _LOG.error("storage", error=type(error).__name__, why=why)
    return _body(Problem("storage"), 503, request)


async def _unfit(request: Request, error: Exception) -> JSONResponse:
    """A value that the database cannot hold: a NUL in a text, a number beyond 64 bits."""
    return _body(Problem("invalid"), status_of("invalid"), request)


async def _internal(request: Request, error: Exception) -> JSONResponse:
    _LOG.error("internal", exc_info=error)
    return _body(Problem("internal"), 500, request)


def install(app: FastAPI) -> None:
    """Every error of the application becomes a problem."""
    app.add_exception_handler(Problem, answer)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for away in AWAY:
        app.add_exception_handler(away, _storage)
    app.add_exception_handler(DataError, _unfit)
    app.add_exception_handler(OverflowError, _unfit)
    app.add_exception_handler(OSError, _storage)
    app.add_exception_handler(Exception, _internal)
