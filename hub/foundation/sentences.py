"""One sentence for each refusal: what happened, that nothing was lost, and what to do next.

A new `HubError` code gets its sentence here, in alphabetical order; `sentence` speaks the language in force.
"""

from collections import defaultdict

from hub.foundation.errors import HubError
from hub.foundation.i18n import N_, _

SENTENCES: dict[str, str] = {
    "address_missing": N_(
        "The law asks for your place of residence: region, district, street. Your text is kept; "
        "please add it."
    ),
    "agency_is_about": N_(
        "An appeal may not go to the body it complains about. Your text is kept; please choose "
        "another agency."
    ),
    "agency_missing": N_("This role belongs to one agency. Name its code; nothing was changed."),
    "already_answered": N_(
        "A final answer to this appeal has already been sent. Your text was not sent; reload the "
        "page to see the answer."
    ),
    "already_judged": N_("You have already judged this answer; your first verdict stands."),
    "bad_code": N_("The number or the tracking code is not right. Please check both and try again."),
    "bad_cursor": N_("This page of the list no longer exists. Please start again from the first page."),
    "bad_date": N_("This date cannot be read. Please write it as year-month-day; nothing was changed."),
    "bad_email": N_("This e-mail address cannot be right. Please check it; the rest is kept."),
    "bad_entry_code": N_(
        "A code has small Latin letters, digits, dots, hyphens or underscores, at most 80. Your text is "
        "kept; please write another code."
    ),
    "bad_filter": N_("This filter of the list is not known. Please choose one of those on the page."),
    "bad_kind": N_("Please choose what it is: an application, a complaint or a proposal. Your text is kept."),
    "bad_language": N_("This language is not available. Please choose one of the languages offered."),
    "bad_login": N_(
        "A login has 3 to 64 small Latin letters, digits, dots, hyphens or underscores, and begins "
        "with a letter."
    ),
    "bad_name": N_(
        "A name needs letters and at most 200 characters. Please write your full name; the rest is kept."
    ),
    "bad_outcome": N_(
        "This outcome is not possible here. Please choose one of those offered; your text is kept."
    ),
    "bad_phone": N_(
        "This telephone number cannot be right. Please write it with the country code, or leave it out."
    ),
    "bad_rating": N_("A rating is a whole number from 1 to 5. Nothing was changed."),
    "bad_request": N_(
        "The request could not be read. Nothing was changed; please check it and send it again."
    ),
    "bad_residence": N_(
        "A place of residence needs letters and at most 500 characters. Please write it again; the "
        "rest is kept."
    ),
    "bad_role": N_("This role does not exist. Nothing was changed."),
    "bad_validity": N_(
        "The last day lies before the first one. Your text is kept; please correct the dates."
    ),
    "bad_verdict": N_(
        "Please say whether the matter is solved, partly solved or not solved. Nothing was changed."
    ),
    "cannot_join": N_(
        "Only an open appeal of the same person with the same agency can be joined, the later to the earlier "
        "one. Nothing was changed."
    ),
    "cannot_judge": N_(
        "There is no answer to judge yet. We will write to you as soon as the answer is there."
    ),
    "cannot_reopen": N_(
        "This appeal can no longer be reopened: that is possible once, within 30 days of the answer. "
        "You may file a new appeal about the same matter."
    ),
    "cannot_separate": N_(
        "This appeal is not joined to another one any more. Nothing was changed; please reload the page."
    ),
    "claim_held": N_(
        "A colleague is working on this appeal. Your text was not sent; please speak to the colleague."
    ),
    "claim_needed": N_(
        "Please take the appeal first, so that two people do not answer at once. Your text is kept."
    ),
    "conclusion_missing": N_(
        "The law asks for a written conclusion here. Please add it; nothing was changed."
    ),
    "consent_missing": N_(
        "Without your consent to the processing of personal data we may not register an appeal. "
        "Your text is kept."
    ),
    "csrf_failed": N_(
        "This page was open for too long. Nothing was changed; please reload it and try again."
    ),
    "entry_answer_missing": N_(
        "The answer is missing in a language that has a question. Your text is kept; please write it, or "
        "leave the question out."
    ),
    "entry_checked_missing": N_("Please say on which day the answer was checked. Your text is kept."),
    "entry_kind_fixed": N_(
        "An answer cannot become the words of a body, nor the other way round. Nothing was changed."
    ),
    "entry_not_public": N_("The public does not see this entry. Nothing was changed."),
    "entry_owner_fixed": N_(
        "Whose words they are comes from the country pack. Nothing was changed; only the words can be edited."
    ),
    "entry_source_missing": N_(
        "Please say what the answer stands on: a law, an official page. Your text is kept."
    ),
    "entry_taken": N_(
        "An entry with this code exists already. Your text is kept; please choose another code."
    ),
    "entry_text_too_long": N_(
        "One of the texts is longer than %(most)s characters. Your text is kept; please shorten it."
    ),
    "entry_title_missing": N_(
        "The question is missing in a language that has an answer. Your text is kept; please write it."
    ),
    "entry_words_missing": N_(
        "A body without words cannot be found by anybody. Your text is kept; please give at least one."
    ),
    "extension_refused": N_(
        "The law does not allow this extension: once, by the head, before the due date, for at "
        "most one month."
    ),
    "file_empty": N_("This file is empty. Everything else is kept; please choose another file."),
    "file_missing": N_("Please choose a file first. Nothing was changed."),
    "file_too_large": N_(
        "This file is larger than 20 MB. Everything else is kept; please send a smaller file."
    ),
    "file_type_refused": N_(
        "Files of this type are not accepted. Everything else is kept; please send a picture, a "
        "PDF or a document."
    ),
    "folder_not_empty": N_(
        "This folder holds something already. Nothing was written; please name a new one."
    ),
    "ground_missing": N_(
        "The law asks for a ground here, one of these: %(grounds)s. Please choose it; nothing was changed."
    ),
    "idempotency_key_reused": N_(
        "This Idempotency-Key was already used with another request. Nothing was changed; use a new key."
    ),
    "import_over": N_(
        "The file that was looked through is no longer kept, or was brought in already. Nothing was changed; "
        "please choose it again."
    ),
    "invalid": N_(
        "Some fields are missing or not right. Nothing was changed; please correct them and send again."
    ),
    "library_file_refused": N_(
        "This file cannot be read as a library. Nothing was changed; please choose a table (CSV), a YAML "
        "file of answers or a zipped country pack."
    ),
    "locked": N_("There were too many failed attempts. Please wait a little and try again."),
    "login_taken": N_(
        "An official with this login exists already. Nothing was changed; choose another login."
    ),
    "may_not_sign": N_("Your post does not allow you to sign final answers. Your text was not sent."),
    "method_not_allowed": N_("This address does not accept this kind of request. Nothing was changed."),
    "name_missing": N_("The law asks for your full name. Your text is kept; please add the name."),
    "not_allowed": N_("Your post does not allow this on this appeal. Nothing was changed."),
    "not_found": N_("There is nothing here that you may see. Please check the number or the address."),
    "not_open": N_(
        "This appeal is closed. Nothing was changed; you may file a new appeal about the same matter."
    ),
    "nothing_to_propose": N_("There is no answer to make an entry of. Nothing was changed."),
    "nothing_to_publish": N_("The newest text is public already. Nothing was changed."),
    "outcome_missing": N_("A final answer needs an outcome. Please choose it; your text is kept."),
    "pause_refused": N_("The law has no pause. Nothing was changed; the clock keeps running."),
    "reason_missing": N_("Please give a reason; the citizen will read it. Nothing was changed."),
    "received_at_refused": N_(
        "The day of receipt may lie at most 30 days back and only a desk clerk may set it."
    ),
    "request_too_large": N_("The request is too large. Nothing was changed; please send less at once."),
    "sentence_missing": N_("Please write a sentence to test. Your text is kept."),
    "sign_in_failed": N_("The login, the password or the one-time code is not right. Please try again."),
    "sign_in_needed": N_("Please sign in first. Nothing was changed."),
    "study_refused": N_("Further study can be decided once, on or before the due date. Nothing was changed."),
    "text_missing": N_("Please describe the matter in words, at least one sentence."),
    "text_too_long": N_(
        "This text is too long. Nothing was cut or lost; please shorten it or attach it as a file."
    ),
    "too_many_files": N_("These are too many files for one message. Your text is kept; please attach fewer."),
    "too_many_phrasings": N_(
        "These are more than %(most)s ways to ask in one language. Your text is kept; please take some out."
    ),
    "too_many_requests": N_(
        "Too many requests came from you at once. Nothing was lost; please try again in a minute."
    ),
    "totp_needed": N_("Please enter the one-time code of your authenticator application."),
    "totp_not_enrolled": N_(
        "Your account has no one-time codes yet. Please ask your administrator to reset it."
    ),
    "transfer_to_about": N_(
        "The law forbids sending an appeal to the body it complains about. Nothing was changed."
    ),
    "transfer_to_self": N_("The appeal is with this agency already. Nothing was changed."),
    "unexpected": N_("Something went wrong on our side. Nothing was lost; please try again in a minute."),
    "unknown_agency": N_("There is no such agency. Please choose one from the list; your text is kept."),
    "unknown_attachment": N_(
        "One of the files is not there any more. Your text is kept; please attach it again."
    ),
    "unknown_district": N_("There is no such district. Please choose one from the list; your text is kept."),
    "unknown_faq": N_("There is no such answer any more. Please ask the question again."),
    "unknown_login": N_("There is no official with this login. Nothing was changed."),
    "unknown_topic": N_("There is no such topic. Please choose one from the list; your text is kept."),
    "unsupported_media_type": N_("The request must be JSON. Nothing was changed."),
    "version_conflict": N_(
        "Somebody changed this meanwhile. Your text is kept; please reload and look before you send."
    ),
}


def sentence(error: HubError) -> str:
    """The error's sentence in the language in force; a code without one gets that of `unexpected`."""
    words = _(SENTENCES.get(error.code, SENTENCES["unexpected"]))
    return words % defaultdict(lambda: "…", error.params)
