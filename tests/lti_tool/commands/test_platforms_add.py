"""`lti-tool platforms add` registers a platform by hand, and `settings` says what to enter there."""

import pytest
from sqlalchemy import create_engine, text

from tests.lti_tool.commands.conftest import Shell, states

BY_HAND = ("https://93.184.216.34", "client-9", "5")
"""An address that needs no name looked up."""


def endpoints(shell: Shell) -> list[tuple[str | None, ...]]:
    engine = create_engine(shell.database)
    with engine.connect() as connection:
        names = "authorization_endpoint, token_endpoint, token_audience, jwks_uri"
        found = [tuple(row) for row in connection.execute(text(f"SELECT {names} FROM registrations"))]
    engine.dispose()
    return found


def test_a_moodle_is_registered_by_hand_and_may_be_used_at_once(migrated: Shell) -> None:
    results = [migrated.run("platforms", "add", *BY_HAND) for _ in range(2)]

    moodle = "https://93.184.216.34/mod/lti"
    assert results == [(0, "Registration 1 is active.\n", "")] * 2
    assert endpoints(migrated) == [(f"{moodle}/auth.php", f"{moodle}/token.php", None, f"{moodle}/certs.php")]
    assert states(migrated) == ["active", "active"]


def test_a_registration_by_hand_names_the_endpoints_of_another_platform_and_is_updated_in_place(
    migrated: Shell,
) -> None:
    migrated.run("platforms", "add", *BY_HAND)
    named = {name: f"https://93.184.216.35/{name}" for name in ("authorization-endpoint", "token-endpoint", "jwks-uri")}
    options = [word for name, url in named.items() for word in (f"--{name}", url)]

    result = migrated.run("platforms", "add", *BY_HAND, *options, "--token-audience", "everybody")

    authorization, token, keys = named.values()
    assert result[0] == 0
    assert result[1].startswith("Registration 1 is active.\n")
    assert endpoints(migrated) == [(authorization, token, "everybody", keys)]


def test_a_registration_by_hand_lifts_no_suspension_and_says_how(migrated: Shell) -> None:
    migrated.run("platforms", "add", *BY_HAND)
    migrated.run("platforms", "suspend", "1")

    code, output, errors = migrated.run("platforms", "add", *BY_HAND)

    assert (code, errors) == (0, "")
    assert output == (
        "Registration 1 is suspended.\nIt was suspended before. Let it be used with: lti-tool platforms approve 1\n"
    )


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (
            ["http://93.184.216.34", "client-9", "5"],
            "http://93.184.216.34 can't be used: http://93.184.216.34 does not use https. Nothing was registered.",
        ),
        (
            [*BY_HAND, "--jwks-uri", "http://93.184.216.34/keys"],
            (
                "http://93.184.216.34/keys can't be used: http://93.184.216.34/keys does not use https. "
                "Nothing was registered."
            ),
        ),
        (
            ["https://10.0.0.1", "client-9", "5"],
            "https://10.0.0.1 can't be used: 10.0.0.1 is not a public address. Nothing was registered.",
        ),
        (
            ["moodle", "client-9", "5"],
            "moodle can't be used: what was given is not a plain web address. Nothing was registered.",
        ),
        (
            ["https://93.184.216.34", "", "x" * 256],
            (
                "This can't be used: client_id (1 to 255 characters), deployment_id (1 to 255 characters). "
                "Nothing was registered."
            ),
        ),
        (
            [*BY_HAND, "--jwks-uri", "https://93.184.216.34/a key"],
            (
                "This can't be used: jwks_uri (at most 2,000 characters, without blanks, line breaks and a fragment). "
                "Nothing was registered."
            ),
        ),
        (
            [*BY_HAND, "--token-endpoint", "https://93.184.216.34/token#x"],
            (
                "This can't be used: token_endpoint (at most 2,000 characters, without blanks, line breaks and a "
                "fragment). Nothing was registered."
            ),
        ),
    ],
)
def test_what_cannot_be_registered_by_hand_is_named(migrated: Shell, arguments: list[str], error: str) -> None:
    assert migrated.run("platforms", "add", *arguments) == (1, "", f"Error: {error}\n")
    assert states(migrated) == []


WRITTEN_WRONG = {
    "a query": "https://93.184.216.34/?site=2",
    "an empty query": "https://93.184.216.34?",
    "a fragment": "https://93.184.216.34/#x",
    "an empty fragment": "https://93.184.216.34#",
    "a blank": "https://93.184.216.34/my moodle",
    "a blank before it": " https://93.184.216.34",
    "a blank after it": "https://93.184.216.34 ",
    "a line's end": "https://93.184.216.34\n",
    "two lines": "https://93.184.216.34\nhttps://93.184.216.35",
    "a tab": "https://93.184.216.34/\t",
    "a letter that is not ASCII": "https://93.184.216.34/é",
}


WITHOUT = "at most 255 characters, without blanks, line breaks, a query and a fragment"


@pytest.mark.parametrize("issuer", WRITTEN_WRONG.values(), ids=WRITTEN_WRONG)
def test_an_issuer_that_is_no_plain_address_is_refused(migrated: Shell, issuer: str) -> None:
    result = migrated.run("platforms", "add", issuer, "client-9", "5")

    assert result == (
        1,
        "",
        f"Error: This can't be used: issuer ({WITHOUT}). Nothing was registered.\n",
    )
    assert states(migrated) == []


LOOK = (
    "Platforms are known letter by letter. If launches say that the site is not registered: lti-tool platforms remove"
)


def test_an_issuer_that_looks_like_a_slip_is_registered_and_told(migrated: Shell) -> None:
    migrated.run("platforms", "add", *BY_HAND)

    code, output, errors = migrated.run("platforms", "add", "https://93.184.216.34/", "client-9", "5")

    assert (code, errors) == (0, "")
    assert output == (
        "Registration 2 is active.\n"
        "Look again: https://93.184.216.34/ ends with a slash, which Moodle's Platform ID does not.\n"
        "Look again: https://93.184.216.34 is known too, and nearly the same.\n"
        f"{LOOK} 2, and add it as the platform itself writes it.\n"
    )


def test_a_slip_that_was_removed_is_told_of_no_more(migrated: Shell) -> None:
    migrated.run("platforms", "add", "https://93.184.216.34/", "client-9", "5")
    migrated.run("platforms", "remove", "1", "--yes")

    code, output, errors = migrated.run("platforms", "add", *BY_HAND)

    assert (code, errors) == (0, "")
    assert "Look again" not in output


def test_an_issuer_whose_host_has_capital_letters_is_registered_and_told(migrated: Shell) -> None:
    code, output, errors = migrated.run("platforms", "add", "HTTPS://93.184.216.34", "client-9", "5")

    assert (code, errors) == (0, "")
    assert output.splitlines()[1] == "Look again: HTTPS://93.184.216.34 has capital letters where it names the host."


def test_an_issuer_whose_addresses_are_elsewhere_is_registered_and_told(migrated: Shell) -> None:
    code, output, errors = migrated.run("platforms", "add", *BY_HAND, "--token-endpoint", "https://93.184.216.35/token")

    assert (code, errors) == (0, "")
    assert output.splitlines()[1] == "Look again: it is asked at another host, https://93.184.216.35."


def test_private_addresses_are_registered_where_development_allows_them(migrated: Shell) -> None:
    result = migrated.run("platforms", "add", "http://10.0.0.1", "client-9", "5", ALLOW_PRIVATE_PLATFORMS="1")

    assert result == (0, "Registration 1 is active.\n", "")


def test_what_to_enter_in_moodle_is_printed_in_its_own_labels_and_order(migrated: Shell) -> None:
    code, output, errors = migrated.run("platforms", "settings")

    assert (code, errors) == (0, "")
    assert (
        output
        == """\
Tool name: MedTOWN
Tool URL: https://tool.example.org/lti/launch
Tool description: Co-production exercises and a community of practice
LTI version: LTI 1.3
Public key type: Keyset URL
Public keyset: https://tool.example.org/lti/keys
Initiate login URL: https://tool.example.org/lti/login
Redirection URI(s): https://tool.example.org/lti/launch
Custom parameters:
group_ids=$Moodle.Person.userGroupIds
context_history=$Context.id.history
timezone=$Person.address.timezone
Tool configuration usage: Show in activity chooser and as a preconfigured tool
Default launch container: Embed, without blocks
Supports Deep Linking (Content-Item Message): ticked
Content Selection URL: https://tool.example.org/lti/launch
Icon URL: https://tool.example.org/static/icon.svg
Secure icon URL: https://tool.example.org/static/icon.svg
IMS LTI Assignment and Grade Services: Use this service for grade sync and column management
IMS LTI Names and Role Provisioning: Use this service to retrieve members' information as per privacy settings
Share launcher's name with tool: Always
Share launcher's email with tool: Always
Accept grades from the tool: Always

Then, with what “View configuration details” shows on the tool's card:
lti-tool platforms add PLATFORM_ID CLIENT_ID DEPLOYMENT_ID
"""
    )
