"""The facts of a posting for search engines, as schema.org names them."""

import json

from django.utils import timezone
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from careers.desk.dates import is_japanese
from internships.board.models import Posting

# In a <script> these could end it or begin a comment; in JSON they mean the same.
_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def structured(posting: Posting) -> SafeString:
    """Give schema.org's JobPosting as JSON that may stand in a page."""
    written = json.dumps(_job_posting(posting), ensure_ascii=False)
    return mark_safe(written.translate(_SAFE))


def _job_posting(posting: Posting) -> dict:
    """Say only what the posting says; what it leaves open is left out."""
    said = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": posting.title,
        "description": _description(posting),
        "identifier": {
            "@type": "PropertyValue",
            "name": str(posting.organisation),
            "value": posting.ref,
        },
        "datePosted": timezone.localdate(posting.opens_at).isoformat(),
        "validThrough": timezone.localtime(posting.closes_at).isoformat(),
        "employmentType": "INTERN",
        "inLanguage": get_language(),
        "url": posting.whole_address,
        "hiringOrganization": _organisation(posting),
        "jobLocation": _place(posting),
        "jobLocationType": "TELECOMMUTE" if posting.work_style == "remote" else None,
        "applicantLocationRequirements": (
            {"@type": "Country", "name": "Japan"} if posting.work_style == "remote" else None
        ),
        "baseSalary": _salary(posting),
        "totalJobOpenings": posting.openings,
        "directApply": False,
    }
    return {name: value for name, value in said.items() if value is not None}


def _description(posting: Posting) -> str:
    own = ("ja", "en") if is_japanese() else ("en", "ja")
    for language in own:
        texts = [
            getattr(posting, f"{field}_{language}") for field in ("description", "requirements")
        ]
        if any(texts):
            return linebreaks(urlize("\n\n".join(filter(None, texts)), autoescape=True))
    return posting.title


def _organisation(posting: Posting) -> dict:
    organisation = posting.organisation
    found = {"@type": "Organization", "name": str(organisation)}
    return found | ({"sameAs": organisation.url} if organisation.url else {})


def _place(posting: Posting) -> dict | None:
    if not posting.prefecture:
        return None
    address = {
        "@type": "PostalAddress",
        "addressCountry": "JP",
        "addressRegion": posting.prefecture_name,
    }
    city = posting.city_ja if is_japanese() else posting.city_en
    return {"@type": "Place", "address": address | ({"addressLocality": city} if city else {})}


def _salary(posting: Posting) -> dict | None:
    unit = {"hour": "HOUR", "day": "DAY", "month": "MONTH"}.get(posting.pay_unit)
    if posting.pay_kind != "wage" or not unit or posting.pay_yen is None:
        return None
    value = {"@type": "QuantitativeValue", "value": posting.pay_yen, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": "JPY", "value": value}
