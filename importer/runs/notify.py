"""Tells whoever runs the service when the daily import has failed, and when it works again.

Once each: what is told is the change. By e-mail, by calling an address (which suits services that
watch cron jobs), and by whatever else Apprise has a way to.
"""

import logging
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.mail import send_mail

from importer.models import ImportRun

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 5
ALL_WELL = "All of it worked."


def tell_if_changed(run: ImportRun) -> None:
    """After a daily run has ended: tell when it failed and the one before had not, or reversed."""
    if run.kind != ImportRun.Kind.DAILY:
        return
    failed = run.state == ImportRun.State.FAILED
    if failed != had_failed_before(run):
        tell("failed" if failed else "works again", run)


def had_failed_before(run: ImportRun) -> bool:
    ended = ImportRun.objects.filter(
        kind=run.kind, state__in=[ImportRun.State.SUCCEEDED, ImportRun.State.FAILED]
    )
    before = ended.exclude(pk=run.pk).order_by("-finished_at").first()
    return before is not None and before.state == ImportRun.State.FAILED


def tell(what: str, run: ImportRun) -> None:
    """By every way that is set; one that does not work is logged and stops nothing."""
    subject = f"World in Movies: the daily import {what}"
    if settings.NOTIFY_EMAILS:
        send_email(subject, run)
    for url in settings.NOTIFY_URL.split():
        if urlsplit(url).scheme in {"http", "https"}:
            post_json(url, subject, run)
        else:
            send_by_apprise(url, subject, run)


def send_email(subject: str, run: ImportRun) -> None:
    try:
        send_mail(subject, run.error or ALL_WELL, None, settings.NOTIFY_EMAILS)
    except OSError as error:
        log.error("the e-mail could not be sent: %s", error)  # noqa: TRY400


def post_json(url: str, subject: str, run: ImportRun) -> None:
    body = {"text": subject, "state": run.state, "error": run.error}
    try:
        requests.post(url, json=body, timeout=TIMEOUT_SECONDS).raise_for_status()
    except requests.RequestException as error:
        # Without the address, which may carry a secret.
        log.error("NOTIFY_URL could not be called: %s", type(error).__name__)  # noqa: TRY400


def send_by_apprise(url: str, subject: str, run: ImportRun) -> None:
    """https://appriseit.com/services/: chat rooms, phones and mail, each an address of its own."""
    # Here, because it reads all of its hundred services: an import mostly has nothing to tell.
    from apprise import Apprise, AppriseAsset

    service = Apprise(asset=AppriseAsset(service_timeout=TIMEOUT_SECONDS, storage_mode="memory"))
    if not (service.add(url) and service.notify(title=subject, body=run.error or ALL_WELL)):
        log.error("NOTIFY_URL could not be called: %s", urlsplit(url).scheme)
