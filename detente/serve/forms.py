"""Forms as our own pages send them; what other sites send is refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from fastapi import HTTPException, Request

_MOST_BYTES = 64_000


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a form; refused where it does not come from a page of this server, or is too long."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    if site != "same-origin" or (origin is not None and urlsplit(origin).netloc != request.headers.get("host")):
        raise HTTPException(403, "a form of another site is not taken")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send the form as application/x-www-form-urlencoded")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            raise HTTPException(413, f"the form is longer than {_MOST_BYTES} bytes")
    try:
        given = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=40)
    except ValueError as problem:
        raise HTTPException(400, f"the form cannot be read ({problem})") from problem
    return {name: values[0] for name, values in given.items()}
