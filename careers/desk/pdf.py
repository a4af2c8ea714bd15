"""Papers as PDF: typst sets a template with our fonts inside, so that it prints alike anywhere."""

import json
from typing import Any

import pylopdf_fonts_jp
import typst
from django.conf import settings
from django.http import HttpResponse

_FONTS = str(pylopdf_fonts_jp.sans_path().parent)


def make_pdf(template: str, data: dict[str, Any]) -> bytes:
    """Set a template of the templates folder with data, which stays text whatever is in it.

    Data goes in beside the template, as JSON: nothing of it is ever read as markup. The fonts of
    the machine are left alone, so that a paper looks the same wherever it is made.
    """
    return typst.compile(
        str(settings.BASE_DIR / "templates" / template),
        font_paths=[_FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Hand out a paper about somebody: to keep, under a name that tells nothing, cached nowhere."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
