"""Programs' doors: the JSON API, Telegram's webhook, metrics and health."""
