"""The engines that are here, each with a Moodle and a tool of its own for one story."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests.adapters

from tests.browsers import hosts
from tests.browsers.engines import ENGINES, Engine
from tests.browsers.hosts import Before, Certificate, SecureTool
from tests.browsers.page import Page
from tests.conftest import leave_out


@pytest.fixture(scope="class", params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Give an engine that is on this machine."""
    found: Engine = request.param
    if missing := found.missing():
        leave_out(found.name, f"on Debian: apt-get install {' '.join(missing)}")
    return found


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Certificate]:
    """Give a certificate that the tool and the miniature believe in when they ask each other."""
    files = hosts.make_certificate(tmp_path_factory.mktemp("certificate"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(files[0]))
        patch.setenv("REQUESTS_CA_BUNDLE", str(files[0]))  # the tool heeds no environment, and the miniature does
        yield files


@pytest.fixture(scope="class")
def before() -> Before:
    """Give what stands before the tool: nothing, unless a class has it otherwise."""
    return lambda application: application


@pytest.fixture(scope="class")
def secure_tool(
    engine: Engine,
    certificate: Certificate,
    before: Before,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SecureTool]:
    """Give a tool under https, to each engine its own."""
    folder: Path = tmp_path_factory.mktemp("tool")
    with hosts.running_tool(folder, certificate, before) as tool:
        yield tool


@pytest.fixture(scope="class")
def moodle(
    certificate: Certificate, secure_tool: SecureTool, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of a miniature under https, which knows the tool."""
    folder: Path = tmp_path_factory.mktemp("moodle")
    with hosts.running_moodle(folder, certificate) as url:
        hosts.register(url, secure_tool)
        yield url


@pytest.fixture(scope="class")
def page(engine: Engine) -> Iterator[Page]:
    """Give a browser with an empty profile and stock settings."""
    with engine.start() as wire:
        yield Page(wire)
