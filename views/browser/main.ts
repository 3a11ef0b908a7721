import "htmx.org";

import { markReloads, reloadRestoredPage } from "./background_reload.ts";
import { defineGoogleButton } from "./google_button.ts";
import { markCurrentPage } from "./menu.ts";
import { clearMessages } from "./message.ts";
import { takeTurns } from "./navbar_turns.ts";
import { signInWithGoogle } from "./sign_in.ts";

// The HTML way names its callback in an attribute, so it has to be global.
Object.assign(window, { signInWithGoogle });

defineGoogleButton();
takeTurns();
markReloads();
reloadRestoredPage();
clearMessages();
markCurrentPage();
