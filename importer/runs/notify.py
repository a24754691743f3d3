"""Tells whoever runs the service when the daily import has failed, and when it works again.

Once each: what is told is the change. By e-mail, by calling an address (which suits services that
watch cron jobs), and by whatever else Apprise has a way to.
"""

import logging
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import send_mail

from importer.errors import LossTooGreat
from importer.models import ImportRun

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
ALL_WELL = "All of it worked."


def tell_if_changed(run: ImportRun) -> None:
    """After a run has ended: tell when a daily one failed and the one before had not, or reversed;
    of other kinds, when a loss was refused."""
    if run.kind != ImportRun.Kind.DAILY:
        if has_refused_for_the_first_time(run):
            tell("a loss was refused", run.state, run.error)
        return
    failed = run.state == ImportRun.State.FAILED
    if run.state == ImportRun.State.SUCCEEDED:
        call_heartbeat()
    if failed != had_failed_before(run):
        what = "failed" if failed else "works again"
        tell(f"the daily import {what}", run.state, run.error or ALL_WELL)


def has_refused_for_the_first_time(run: ImportRun) -> bool:
    """Whether something waits since this run for somebody who accepts a loss."""
    refused = run.failures.filter(error_type=LossTooGreat.__name__, resolved_at=None)
    return refused.filter(attempts=1).exists()


def tell_stale(last: ImportRun) -> None:
    """That no daily run has worked since this one."""
    since = f"{last.finished_at:%-d %B %Y, %H:%M} UTC"
    tell("no daily import has worked", "stale", f"The last one that did ended on {since}.")


def call_heartbeat() -> None:
    """For services that raise an alarm when they are not called, such as healthchecks.io."""
    if not settings.HEARTBEAT_URL:
        return
    try:
        requests.get(settings.HEARTBEAT_URL, timeout=TIMEOUT_SECONDS).raise_for_status()
    except requests.RequestException as error:
        log.error("HEARTBEAT_URL could not be called: %s", type(error).__name__)  # noqa: TRY400


def had_failed_before(run: ImportRun) -> bool:
    ended = ImportRun.objects.filter(
        kind=run.kind, state__in=[ImportRun.State.SUCCEEDED, ImportRun.State.FAILED]
    )
    before = ended.exclude(pk=run.pk).order_by("-finished_at").first()
    return before is not None and before.state == ImportRun.State.FAILED


def tell(what: str, state: str, details: str) -> None:
    """By every way that is set; one that does not work is logged and stops nothing."""
    subject = f"World in Movies: {what}"
    if settings.NOTIFY_EMAILS:
        send_email(subject, details)
    for url in settings.NOTIFY_URL.split():
        if urlsplit(url).scheme in {"http", "https"}:
            post_json(url, {"text": subject, "state": state, "error": details})
        else:
            send_by_apprise(url, subject, details)


def send_email(subject: str, details: str) -> None:
    try:
        send_mail(subject, details, None, settings.NOTIFY_EMAILS)
    except OSError as error:
        log.error("the e-mail could not be sent: %s", error)  # noqa: TRY400


def post_json(url: str, body: dict[str, str]) -> None:
    try:
        requests.post(url, json=body, timeout=TIMEOUT_SECONDS).raise_for_status()
    except requests.RequestException as error:
        # Without the address, which may carry a secret.
        log.error("NOTIFY_URL could not be called: %s", type(error).__name__)  # noqa: TRY400


def send_by_apprise(url: str, subject: str, details: str) -> None:
    """https://appriseit.com/services/: chat rooms, phones and mail, each an address of its own."""
    # Here, because it reads all of its hundred services: an import mostly has nothing to tell.
    from apprise import Apprise, AppriseAsset, NotifyFormat

    # In this thread, and within the service's own limits of time: some seconds.
    asset = AppriseAsset(service_timeout=0, async_mode=False, storage_mode="memory")
    service = Apprise(asset=asset)
    if not (
        service.add(url) and service.notify(details, title=subject, body_format=NotifyFormat.TEXT)
    ):
        log.error("NOTIFY_URL could not be called: %s", urlsplit(url).scheme)
