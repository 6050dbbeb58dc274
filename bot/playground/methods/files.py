"""getFile: the path under which a file can be downloaded."""

from bot.playground.methods.registry import Call, method
from bot.playground.refusal import Json, bad

DOWNLOAD_LIMIT = 20 * 1024 * 1024


@method("getFile")
def get_file(call: Call) -> Json:
    stored = call.account.files.get(call.params.text("file_id"))
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique,
        "file_size": stored.size,
        "file_path": stored.path,
    }
