"""Errors of the service as RFC 9457 problems; the only place that knows HTTP status codes."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import JSONResponse

STATUS = {
    "no_files": 400,
    "bad_as_of": 400,
    "over_limit": 413,
    "unsafe_archive": 422,
    "damaged_file": 422,
    "encrypted_file": 422,
    "bad_checks_file": 422,
    "empty_archive": 422,
    "busy": 503,
}
TEXT = {
    "no_files": ("请至少上传一个文件。", "Upload at least one file."),
    "bad_as_of": ("as_of 应为 YYYY-MM-DD。", "as_of must be YYYY-MM-DD."),
    "busy": ("正在处理的任务过多，请稍后再试。", "Too much is being read; try again shortly."),
}


class Problem(Exception):
    """An answer that says what is wrong and what to do next."""

    def __init__(self, code: str, zh: str = "", en: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.zh, self.en = zh or TEXT[code][0], en or TEXT[code][1]


async def answer(request: Request, problem: Exception) -> JSONResponse:
    """The problem as application/problem+json in both languages."""
    assert isinstance(problem, Problem)
    status = STATUS.get(problem.code, 422)
    body = {
        "type": f"urn:huoyan:problem:{problem.code}",
        "title": problem.en,
        "status": status,
        "code": problem.code,
        "detail": {"zh": problem.zh, "en": problem.en},
    }
    headers = {"Retry-After": "5"} if status == 503 else {}
    return JSONResponse(body, status_code=status, media_type="application/problem+json", headers=headers)
