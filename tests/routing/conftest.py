import pytest

from routing import Router
from tests.routing import pack


@pytest.fixture(scope="session")
def router() -> Router:
    return Router.build(pack.entries())
