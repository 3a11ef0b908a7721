import "htmx.org";

import { followActMessages } from "./page/act_message.ts";
import { copyOnClick } from "./page/copy.ts";
import { openDialogs } from "./page/dialog.ts";
import { ignoreDoubleClicks } from "./page/double_click.ts";
import { reportFailures } from "./page/failures.ts";
import { markCurrentPage } from "./page/menu.ts";
import { clearMessages } from "./page/message.ts";
import { clearNoscript } from "./page/noscript.ts";
import { keepFocus } from "./page/page_focus.ts";
import { addPageQuery } from "./page/page_query.ts";
import { keepReadyPage } from "./page/ready_page.ts";
import { reportActivity } from "./session/activity.ts";
import { clearCachedPage, markReloads } from "./session/background_reload.ts";
import { followLoginStatus } from "./session/login_status.ts";
import { queueNavbarRequests } from "./session/navbar_turns.ts";
import { defineRefreshAfter } from "./session/refresh_after.ts";
import { sendShownSession } from "./session/shown_session.ts";
import { followSignOut } from "./session/sign_out.ts";
import { followTabs } from "./session/tabs.ts";
import { defineFedCmButton } from "./sign_in/fedcm_button.ts";
import { defineGoogleButton } from "./sign_in/google_button.ts";
import { updateGoogleLinks } from "./sign_in/google_link.ts";
import { defineGoogleSlot } from "./sign_in/google_slot.ts";
import { onSignIn } from "./sign_in/post_credential.ts";

// Google's HTML API names the callback in an attribute, so it must be global.
Object.assign(window, { onSignIn });

// These listeners come before the custom elements, which may start at once.
followSignOut();
updateGoogleLinks();
keepReadyPage();
defineGoogleSlot();
defineGoogleButton();
defineFedCmButton();
defineRefreshAfter();
queueNavbarRequests();
markReloads();
sendShownSession();
ignoreDoubleClicks();
openDialogs();
followActMessages();
copyOnClick();
addPageQuery();
clearNoscript();
followTabs();
followLoginStatus();
reportActivity();
clearCachedPage();
reportFailures();
clearMessages();
markCurrentPage();
keepFocus();
