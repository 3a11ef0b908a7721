/** What the help of each act explains that may take an administrator away. */
export const LAST_ADMINISTRATOR = `The last administrator who may sign in stays one. Who that is also depends on ADMIN_EMAILS, ALLOWED_EMAILS and GOOGLE_HOSTED_DOMAIN: run this with the settings of the server. Without them, only administrators by “foyer admin add” or the admin page count, and everybody may sign in.`;
