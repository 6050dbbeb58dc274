"""E-mail addresses as citizens give them."""

from email_validator import EmailNotValidError, validate_email

from hub.foundation.errors import HubError


def checked_email(email: str) -> str:
    """The address in its normal form; nothing is looked up. Errors: bad_email."""
    try:
        return validate_email(email.strip()[:320], check_deliverability=False).normalized
    except EmailNotValidError:
        raise HubError("bad_email") from None
