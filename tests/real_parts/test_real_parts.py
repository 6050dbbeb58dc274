"""The parts themselves: each starts, answers, and goes away."""

import psycopg
import pytest
import redis
from playwright.async_api import Page

from tests.real_parts.chromium import axe_violations
from tests.real_parts.postgres import create_database, drop_database, plain


@pytest.mark.postgres
def test_postgres_answers_and_knows_the_extensions(fresh_postgres_url: str) -> None:
    with psycopg.connect(plain(fresh_postgres_url), autocommit=True) as connection:
        row = connection.execute("SELECT current_setting('server_version_num')::int").fetchone()
    assert row is not None
    assert row[0] >= 140000


@pytest.mark.postgres
def test_a_database_can_be_copied_from_a_template(postgres_server: str) -> None:
    original = create_database(postgres_server)
    with psycopg.connect(plain(original), autocommit=True) as connection:
        connection.execute("CREATE TABLE appeal (number text)")
    copy = create_database(postgres_server, template=original.rsplit("/", 1)[1])
    with psycopg.connect(plain(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM appeal").fetchone() == (0,)
    for url in (copy, original):
        drop_database(url, postgres_server)


@pytest.mark.broker
def test_valkey_starts_empty_for_every_test(valkey_url: str) -> None:
    with redis.Redis.from_url(valkey_url) as client:
        assert client.dbsize() == 0
        assert client.config_get("appendonly")["appendonly"] == "yes"


@pytest.mark.anyio
@pytest.mark.browser
async def test_the_browser_draws_a_page_and_axe_reads_it(browser_page: Page) -> None:
    await browser_page.set_content(
        '<html lang="en"><title>Qabul</title><main><h1>Qabul</h1><img></main></html>'
    )
    assert await browser_page.title() == "Qabul"
    assert any(line.startswith("image-alt") for line in await axe_violations(browser_page))
