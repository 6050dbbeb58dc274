import Alpine from "@alpinejs/csp";
import "./htmx-global.js";
import "htmx-ext-sse";
import { attachmentNames } from "./attachments.js";
import { draft, draftSent, draftsGone } from "./drafts.js";
import { insertText } from "./insert.js";
import { keyboardList } from "./keyboard.js";
import { themeToggle } from "./themes.js";
import { undoWindow } from "./undo.js";

Alpine.data("themeToggle", themeToggle);
Alpine.data("draft", draft);
Alpine.data("draftSent", draftSent);
Alpine.data("draftsGone", draftsGone);
Alpine.data("undoWindow", undoWindow);
Alpine.data("attachmentNames", attachmentNames);
Alpine.data("insertText", insertText);
Alpine.data("keyboardList", keyboardList);
Alpine.start();
