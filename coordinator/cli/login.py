"""`login`: somebody signs in once at the provider, and the program has access tokens from then on."""

import time
import webbrowser
from typing import TYPE_CHECKING

import click

from coordinator.cli.common import settings
from coordinator.errors import ConfigurationError

if TYPE_CHECKING:
    from coordinator.backends.oauth import Grant
    from coordinator.backends.oauth.flows import Journey
    from coordinator.backends.oauth.tokens import Tokens

RETURN_SECONDS = 600


@click.command()
@click.option("--paste", is_flag=True, help="Flow browser: paste the address at the end, from a browser elsewhere.")
@click.pass_context
def login(ctx: click.Context, *, paste: bool) -> None:
    """Sign in at the provider that config.toml names under [oauth]; needed once, and again when it says so.

    Exit code 77: the provider refuses, and why; 78: config.toml has no [oauth].
    """
    grant = settings(ctx).grant
    if grant is None:
        raise ConfigurationError("config.toml: there is no [oauth], so nobody needs to sign in – see the example")
    sign_in(grant, paste=paste)
    click.echo(f"signed in; tokens are kept in {grant.cache.name} and renewed by themselves. Next: coordinator doctor")


def sign_in(grant: "Grant", *, paste: bool = False) -> None:
    """Leaves a token in the cache. LoginError when the provider refuses or nobody agrees in time."""
    from coordinator.backends.oauth import access_token
    from coordinator.backends.oauth.cache import keep

    if grant.flow == "app":
        access_token(grant, fresh=True)
    else:
        keep(grant, _by_code(grant) if grant.flow == "device" else _by_browser(grant, paste=paste))


def _by_code(grant: "Grant") -> "Tokens":
    from coordinator.backends.oauth.flows import invited, signed_in

    invitation = invited(grant)
    click.echo(f"Open {invitation.address} in any browser, enter the code {invitation.code}")
    click.echo(f"and sign in as {grant.user}. Waiting …")
    return signed_in(grant, invitation, time.sleep)


def _by_browser(grant: "Grant", *, paste: bool) -> "Tokens":
    from coordinator.backends.oauth.flows import come_back, sent_off
    from coordinator.cli.returning import Landing

    with Landing() as landing:
        journey = sent_off(grant, landing.address)
        _show(journey, grant.user, paste=paste)
        end = click.prompt("The address in the browser at the end") if paste else landing.wait(RETURN_SECONDS)
        return come_back(grant, journey, end)


def _show(journey: "Journey", user: str, *, paste: bool) -> None:
    click.echo(f"Open this address in a browser and sign in as {user}:\n\n{journey.address}\n")
    if paste:
        click.echo("At the end the browser says that it cannot connect; copy the address that it shows then.")
    elif not webbrowser.open(journey.address):
        click.echo("No browser can be opened from here; on a machine without one, use --paste.")
