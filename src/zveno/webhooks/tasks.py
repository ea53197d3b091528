"""The timetable of webhooks."""

from procrastinate.contrib.django import app

from zveno.webhooks.models import forget_old, publish, send_due


@app.periodic(cron="* * * * * */5")
@app.task(name="zveno.webhooks.publish", queueing_lock="webhooks_publish")
def publish_happenings(timestamp: int) -> None:  # noqa: ARG001 - procrastinate tells the time
    """Make deliveries of what was noted since."""
    publish()


@app.periodic(cron="* * * * * */5")
@app.task(name="zveno.webhooks.send", queueing_lock="webhooks_send")
def send_deliveries(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Send what is due."""
    send_due()


@app.periodic(cron="29 3 * * *")
@app.task(name="zveno.webhooks.forget_old", queueing_lock="webhooks_old")
def forget_deliveries(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Forget old deliveries."""
    forget_old()
