"""The edge's commands: invitations, and the Moodle sites that registered."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import click

from lti_tool.clock import now
from lti_tool.database import db
from lti_tool.lti.registering import approval, checks, manual, registration
from lti_tool.lti.tables import DeploymentRow, RegistrationRow, State
from lti_tool.shell import opened, plainly, printed

number = click.argument("number", type=int)
only_deployment = click.option("--deployment", metavar="ID", help="Only this deployment, as `platforms list` shows it.")


@click.command()
@click.option("--approve", is_flag=True, help="What is registered with it may be used at once.")
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 90), help="Days that it stays good.")
@plainly
def invite(*, approve: bool, days: int) -> None:
    """Print a registration URL for one Moodle site's administrator to paste in Manage tools."""
    with opened() as app:
        url = registration.invite(app.config["PUBLIC_URL"], approves=approve, lasts=timedelta(days=days), now=now())
        db.session.commit()
    click.echo(url)


@click.group()
def platforms() -> None:
    """See, approve and register the Moodle sites that use the tool."""


@platforms.command("list")
@plainly
def list_platforms() -> None:
    """List registrations, each followed by its deployments.

    A line has six fields, separated by tabs. Of a registration: NUMBER, state, site, client id, "-", and the address of
    the keys that its launches are signed with. Of a deployment: the same, with its own state and its id in place of
    "-". The states are pending (waits for approval), active and suspended; a deployment can be used while both its own
    state and its registration's are active. Look at the keys' address before you approve: it should be the site's own.
    """
    with opened():
        for row in approval.registrations():
            _print_line(row, row.state, "-")
            for deployment in approval.deployments(row):
                _print_line(row, deployment.state, deployment.deployment_id)


def _print_line(row: RegistrationRow, state: State, deployment: str) -> None:
    fields = (str(row.id), state, row.site.issuer, row.client_id, deployment, row.jwks_uri)
    click.echo("\t".join(printed(field) for field in fields))


@contextmanager
def _found(number: int) -> Iterator[RegistrationRow]:
    with opened():
        row = approval.registration(number)
        if row is None:
            message = f"There is no registration {number}. `lti-tool platforms list` shows them."
            raise click.ClickException(message)
        yield row


def _deployment(row: RegistrationRow, wanted: str) -> DeploymentRow:
    found = [one for one in approval.deployments(row) if printed(one.deployment_id) == wanted]
    if not found:
        message = f"Registration {row.id} has no deployment {wanted}. `lti-tool platforms list` shows them."
        raise click.ClickException(message)
    return found[0]


def _keep(row: RegistrationRow, deployment: DeploymentRow | None = None) -> None:
    """Keep what was decided, and say what is so now."""
    db.session.commit()
    if deployment is None:
        click.echo(f"Registration {row.id} is {row.state}.")
        return
    click.echo(f"Deployment {printed(deployment.deployment_id)} of registration {row.id} is {deployment.state}.")
    if row.state is not State.ACTIVE:
        click.echo(f"Registration {row.id} itself is {row.state}: none of its deployments can be used.")


@platforms.command()
@number
@only_deployment
@plainly
def approve(number: int, deployment: str | None) -> None:
    """Let a registration be used, with all its deployments that wait.

    A deployment that was suspended on its own stays so until it is named with --deployment.
    """
    with _found(number) as row:
        if deployment is None:
            approval.approve(row)
            _keep(row)
        else:
            one = _deployment(row, deployment)
            one.state = State.ACTIVE
            _keep(row, one)


@platforms.command()
@number
@only_deployment
@plainly
def suspend(number: int, deployment: str | None) -> None:
    """Stop a registration from being used: nobody comes in, open pages close, grades wait.

    Registration URLs that the site still holds end too.
    """
    with _found(number) as row:
        if deployment is None:
            approval.suspend(row)
            _keep(row)
        else:
            one = _deployment(row, deployment)
            one.state = State.SUSPENDED
            _keep(row, one)


@platforms.command()
@number
@click.option("--add", "added", metavar="URL", multiple=True, help="The platform is there too.")
@click.option("--remove", "removed", metavar="URL", multiple=True, help="No longer.")
@plainly
def origins(number: int, added: tuple[str, ...], removed: tuple[str, ...]) -> None:
    """List where a site may be, one origin a line; with --add or --remove, change that first.

    Only these places get an access token, may show the tool in a frame, and get its answers. The issuer's and the token
    endpoint's belong to it by themselves. Others, which some platforms that aren't Moodle have, are for you to add: a
    teacher can make any address look like the gradebook's.
    """
    with _found(number) as row:
        approval.change_origins(row, added, removed)
        db.session.commit()
        for one in row.origins:
            click.echo(one)


@platforms.command()
@number
@plainly
def check(number: int) -> None:
    """Try a site's key set, its token endpoint, and its services as far as they are known.

    Each has a line, which begins with "ok" or "wrong"; the exit code is 1 where something is wrong. Nothing is changed
    in Moodle.
    """
    with _found(number) as row:
        found = list(checks.findings(row))
    for finding in found:
        click.echo(f"{'wrong' if finding.is_wrong else 'ok'}: {printed(finding.sentence)}")
    if any(finding.is_wrong for finding in found):
        click.get_current_context().exit(1)


@platforms.command("largest-grade")
@number
@click.argument("grade", type=click.IntRange(1, 10_000))
@plainly
def set_largest_grade(number: int, grade: int) -> None:
    """Say what a site's largest grade is, where it isn't Moodle's usual 100.

    It is “Grade point maximum” (gradepointmax) under Site administration > Grades > General settings. Moodle tells it
    to no tool, and where exercises that trainers choose vanish without a word, it is less than 100. Enter it here, and
    let them choose again. Moodle scales the scores.
    """
    with _found(number) as row:
        row.largest_grade = grade
        db.session.commit()
        click.echo(f"Registration {row.id} gets exercises with at most {grade} points.")


@platforms.command()
@number
@click.option("--yes", is_flag=True, help="Don't ask; for scripts.")
@plainly
def remove(number: int, *, yes: bool) -> None:
    """End a registration with its deployments, logins, open pages and registration URLs.

    The site's people, courses, activities and all their work are kept: the tool registered again finds them. Scores
    that still wait for this registration fail, with the reason; send them again once the activity was opened again.
    """
    with _found(number) as row:
        found = approval.belongings(row.site_id)
        click.echo(
            f"{printed(row.site.issuer)}, client id {printed(row.client_id)}. The site has people: {found.people}, "
            f"courses: {found.courses}, activities: {found.placements}. They and their work are kept."
        )
        if not yes:
            click.confirm(f"Remove registration {number}?", abort=True)
        approval.remove(row)
        db.session.commit()
        click.echo(f"Registration {number} is removed.")


@platforms.command()
@click.argument("issuer")
@click.argument("client_id")
@click.argument("deployment_id")
@click.option("--authorization-endpoint", metavar="URL", help="Moodle's is ISSUER/mod/lti/auth.php.")
@click.option("--token-endpoint", metavar="URL", help="Moodle's is ISSUER/mod/lti/token.php.")
@click.option("--jwks-uri", metavar="URL", help="Moodle's is ISSUER/mod/lti/certs.php.")
@click.option("--token-audience", metavar="TEXT", help="Where it isn't the token endpoint; Moodle's is.")
@plainly
def add(**typed: str | None) -> None:
    """Register a site by hand, or bring its registration up to date; it can be used at once.

    In Moodle, ISSUER, CLIENT_ID and DEPLOYMENT_ID stand under “View configuration details” on the tool's card, as
    Platform ID, Client ID and Deployment ID. Write them exactly so. `lti-tool platforms settings` prints what to enter
    in Moodle first. Endpoints that you don't name are Moodle's.
    """
    with opened():
        kept = manual.add(**typed)
        db.session.commit()
        slips = manual.slips(kept.number)
    click.echo(f"Registration {kept.number} is {kept.state}.")
    if kept.state is State.SUSPENDED:
        click.echo(f"It was suspended before. Let it be used with: lti-tool platforms approve {kept.number}")
    for slip in slips:
        click.echo(f"Look again: {printed(slip)}")
    if slips:
        click.echo(
            "Platforms are known letter by letter. If launches say that the site is not registered: lti-tool "
            f"platforms remove {kept.number}, and add it as the platform itself writes it."
        )


@platforms.command()
@plainly
def settings() -> None:
    """Print what an administrator enters in Moodle to configure the tool by hand.

    It is the form under Site administration > Plugins > External tool > Manage tools > "configure a tool manually",
    with Moodle's own labels in their order. What isn't named stays as Moodle has it.
    """
    with opened() as app, app.test_request_context():
        entered = manual.moodle_settings()
    for label, value in entered:
        click.echo(f"{label}: {value}" if "\n" not in value else f"{label}:\n{value}")
    click.echo("\nThen, with what “View configuration details” shows on the tool's card:")
    click.echo("lti-tool platforms add PLATFORM_ID CLIENT_ID DEPLOYMENT_ID")
