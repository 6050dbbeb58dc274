"""Real PostgreSQL, Valkey and Chromium for the tests, and what to do where one cannot be had.

Fixtures: `postgres_server`, `postgres_url`, `fresh_postgres_url`, `valkey_server`, `valkey_url`, `chromium`,
`browser_page`. The same parts outside pytest: `postgres.running_postgres()`, `valkey.running_valkey()`,
`chromium.running_chromium()`.
"""
