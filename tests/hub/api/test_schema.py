"""Requests made up from the API's own document: each is answered as the document says, none with a 5xx."""

from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.hub.api.conftest import Hire
from tests.hub.api.test_bad_input import is_problem
from tests.hub.api.test_stories import MATTER

pytestmark = pytest.mark.anyio
EXAMPLES = 6


def made_up(operation: Any) -> list[Any]:
    """A few cases of one call, the same at every run."""
    cases: list[Any] = []

    @seed(20260302)
    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def collect(case: Any) -> None:
        cases.append(case)

    collect()
    return cases


async def send(client: httpx2.AsyncClient, case: Any, headers: dict[str, str]) -> httpx2.Response | None:
    sent = case.as_transport_kwargs(base_url="http://qabul/api")
    given_headers = {
        name: value for name, value in (sent.get("headers") or {}).items() if name.lower() != "authorization"
    }
    try:
        request = client.build_request(
            sent["method"],
            sent["url"],
            params=sent.get("params"),
            json=sent.get("json"),
            files=sent.get("files"),
            headers=given_headers | headers,
        )
    except (httpx2.InvalidURL, UnicodeEncodeError, ValueError):
        return None  # what no client can put on the wire
    return await client.send(request)


async def test_the_api_does_as_its_document_says(
    sqlite_client: httpx2.AsyncClient, sqlite_hire: Hire
) -> None:
    head = await sqlite_hire("karim", "head", "construction_housing")
    number = (await sqlite_client.post("/api/v1/appeals", json=MATTER)).json()["number"]
    schema = schemathesis.openapi.from_dict((await sqlite_client.get("/api/openapi.json")).json())
    answered = 0
    operations: list[Any] = list(schema.get_all_operations())
    for found in operations:
        operation = found.ok()
        documented = {int(status) for status in operation.definition.raw["responses"]}
        for case in made_up(operation):
            if "number" in (case.path_parameters or {}) and answered % 2:
                case.path_parameters["number"] = number
            response = await send(sqlite_client, case, head)
            if response is None:
                continue
            answered += 1
            assert response.status_code in documented, (operation.label, response.status_code, response.text)
            assert response.status_code < 400 or is_problem(response)
    assert answered > 40
