"""Which edition the answers are of: what a proxy in front asks to know that they have changed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from movies.models import RankingState


@require_safe
def edition(request: HttpRequest) -> HttpResponse:
    """`none` before the first ranking. Its ETag is that of every list."""
    found = RankingState.current().edition or "none"
    return HttpResponse(f"{found}\n", content_type="text/plain; charset=utf-8")
