"""The one error a use-case raises: a code and its facts, without HTTP and without text.

Each code's sentence stands in `hub.foundation.sentences`; each edge maps codes to its own answers.
"""


class HubError(Exception):
    """A refusal that a person can act on.

    `code` is a key of `hub.foundation.sentences.SENTENCES`; `params` fill its placeholders.
    """

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
