"""Pages whose address holds answers: kept out of search engines, caches and other sites."""

from functools import wraps

from django.views.decorators.cache import patch_cache_control


def private_page(view):
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer
