import "htmx.org";

import { noteActivity } from "./activity.ts";
import { emptyKeptPage, markReloads } from "./background_reload.ts";
import { keepFocus } from "./content_focus.ts";
import { followQuery } from "./content_query.ts";
import { ignoreDoubleClicks } from "./double_click.ts";
import { reportFailures } from "./failures.ts";
import { defineFedCmButton } from "./fedcm_button.ts";
import { defineGoogleButton } from "./google_button.ts";
import { followPage } from "./google_link.ts";
import { followLoginStatus } from "./login_status.ts";
import { followMenu } from "./menu.ts";
import { clearMessages } from "./message.ts";
import { takeTurns } from "./navbar_turns.ts";
import { emptyNoscript } from "./noscript.ts";
import { defineRefreshAfter } from "./refresh_after.ts";
import { nameSession } from "./shown_session.ts";
import { signInWithGoogle } from "./sign_in.ts";
import { followSignOut } from "./sign_out.ts";
import { followTabs } from "./tabs.ts";

// The HTML way names its callback in an attribute, so it has to be global.
Object.assign(window, { signInWithGoogle });

// What listens comes before the elements that are defined, which may begin at once.
followSignOut();
followPage();
defineGoogleButton();
defineFedCmButton();
defineRefreshAfter();
takeTurns();
markReloads();
nameSession();
ignoreDoubleClicks();
followQuery();
emptyNoscript();
followTabs();
followLoginStatus();
noteActivity();
emptyKeptPage();
reportFailures();
clearMessages();
followMenu();
keepFocus();
