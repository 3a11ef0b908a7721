import "htmx.org";

import { ignoreDoubleClicks } from "./page/double_click.ts";
import { reportFailures } from "./page/failures.ts";
import { followMenu } from "./page/menu.ts";
import { clearMessages } from "./page/message.ts";
import { emptyNoscript } from "./page/noscript.ts";
import { keepFocus } from "./page/page_focus.ts";
import { followQuery } from "./page/page_query.ts";
import { noteActivity } from "./session/activity.ts";
import { emptyKeptPage, markReloads } from "./session/background_reload.ts";
import { followLoginStatus } from "./session/login_status.ts";
import { takeTurns } from "./session/navbar_turns.ts";
import { defineRefreshAfter } from "./session/refresh_after.ts";
import { nameSession } from "./session/shown_session.ts";
import { followSignOut } from "./session/sign_out.ts";
import { followTabs } from "./session/tabs.ts";
import { defineFedCmButton } from "./sign_in/fedcm_button.ts";
import { defineGoogleButton } from "./sign_in/google_button.ts";
import { followPage } from "./sign_in/google_link.ts";
import { onSignIn } from "./sign_in/post_credential.ts";

// The HTML way names its callback in an attribute, so it has to be global.
Object.assign(window, { onSignIn });

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
