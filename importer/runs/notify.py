"""Tells whoever runs the service when the daily import has failed, and when it works again.

Once each: what is told is the change. By e-mail, by calling an address (which suits services that
watch cron jobs), and by whatever else Apprise has a way to.
"""

import logging
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import send_mail

from importer.errors import LossTooGreat
from importer.models import ImportFailure, ImportRun

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
ALL_WELL = "All of it worked."


def tell_if_changed(run: ImportRun) -> None:
    """After a run has ended: tell when a daily one failed and the one before had not, or reversed;
    and when a loss was refused, whatever kind of run it was. What could not be told is told after
    the next one, if it is still so."""
    # Nobody else tells of these: only whoever holds the import lock comes here.
    refused = ImportFailure.objects.untold(LossTooGreat.__name__)
    if run.kind == ImportRun.Kind.DAILY:
        failed = run.state == ImportRun.State.FAILED
        if not failed:
            call_heartbeat()
        if failed != was_told_of_failure(run):
            what = "failed" if failed else "works again"
            if not tell(f"the daily import {what}", run.state, run.error or ALL_WELL):
                run.mark_untold()
            elif failed:
                refused.mark_told()  # its error says it
            return
    if refused.exists() and tell("a loss was refused", run.state, run.error):
        refused.mark_told()


def was_told_of_failure(run: ImportRun) -> bool:
    """Whether the last word to whoever runs it, before this run, was that one had failed."""
    ended = ImportRun.objects.filter(
        kind=run.kind,
        state__in=[ImportRun.State.SUCCEEDED, ImportRun.State.FAILED],
        is_untold=False,
    )
    before = ended.exclude(pk=run.pk).order_by("-finished_at").first()
    return before is not None and before.state == ImportRun.State.FAILED


def tell_stale(last: ImportRun) -> bool:
    """That no daily run has worked since this one; whether it could be told."""
    since = f"{last.finished_at:%-d %B %Y, %H:%M} UTC"
    return tell("no daily import has worked", "stale", f"The last one that did ended on {since}.")


def call_heartbeat() -> None:
    """For services that raise an alarm when they are not called, such as healthchecks.io."""
    if settings.HEARTBEAT_URL:
        attempt("HEARTBEAT_URL could not be called", get_heartbeat)


def get_heartbeat() -> None:
    requests.get(settings.HEARTBEAT_URL, timeout=TIMEOUT_SECONDS).raise_for_status()


def tell(what: str, state: str, details: str) -> bool:
    """By every way that is set; one that does not work is logged and stops nothing. Whether one
    has worked, or none is set."""
    subject = f"World in Movies: {what}"
    worked = []
    if settings.NOTIFY_EMAILS:
        way = partial(send_email, subject, details)
        worked.append(attempt("the e-mail could not be sent", way))
    for url in settings.NOTIFY_URL.split():
        body = {"text": subject, "state": state, "error": details}
        is_web = urlsplit(url).scheme in {"http", "https"}
        way = partial(post_json, url, body) if is_web else partial(send_by_apprise, url, body)
        worked.append(attempt("NOTIFY_URL could not be called", way))
    return any(worked) or not worked


def attempt(words: str, way: Callable[[], None]) -> bool:
    """Whether it worked; whatever a way of telling raises is its own affair: the import is over
    and has its state."""
    try:
        way()
    except Exception as error:
        # Without the address and the error's own words, which may carry a secret.
        said = str(error) if isinstance(error, OSError | NotSent) and not is_http(error) else ""
        log.error("%s: %s", words, said or type(error).__name__)  # noqa: TRY400
        return False
    return True


def is_http(error: Exception) -> bool:
    return isinstance(error, requests.RequestException)


class NotSent(Exception):  # noqa: N818 - says what happened
    """Apprise could not send it; the message is the scheme of the address."""


def send_email(subject: str, details: str) -> None:
    send_mail(subject, details, None, settings.NOTIFY_EMAILS)


def post_json(url: str, body: dict[str, str]) -> None:
    requests.post(url, json=body, timeout=TIMEOUT_SECONDS).raise_for_status()


def send_by_apprise(url: str, body: dict[str, str]) -> None:
    """https://appriseit.com/services/: chat rooms, phones and mail, each an address of its own."""
    # Here, because it reads all of its hundred services: an import mostly has nothing to tell.
    from apprise import Apprise, AppriseAsset, NotifyFormat

    # In this thread, and within the service's own limits of time: some seconds.
    asset = AppriseAsset(service_timeout=0, async_mode=False, storage_mode="memory")
    service = Apprise(asset=asset)
    if not (
        service.add(url)
        and service.notify(body["error"], title=body["text"], body_format=NotifyFormat.TEXT)
    ):
        raise NotSent(urlsplit(url).scheme)
