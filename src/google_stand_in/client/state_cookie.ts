const COOKIE = "g_state";
const MAX_AGE_S = 15_552_000;
const DAY_MS = 86_400_000;

/** Google's cookie `g_state` on the page's origin. */
interface State {
  /** One Tap is suppressed until this time, in milliseconds since 1970. */
  i_p?: number;
  /** How often in a row One Tap was closed. */
  i_l: number;
  /** Automatic selection is off until this time, in milliseconds since 1970. */
  i_t?: number;
}

// Two hours, a day, a week, four weeks.
const COOL_DOWNS_MS = [7_200_000, DAY_MS, 7 * DAY_MS, 28 * DAY_MS];

/** Whether One Tap is suppressed because it was closed. */
export function isPromptSuppressed(): boolean {
  return (read().i_p ?? 0) > Date.now();
}

/** Records that One Tap was closed. It is suppressed for longer each time. */
export function suppressPrompt(): void {
  const { i_l, ...state } = read();
  const coolDown = COOL_DOWNS_MS[Math.min(i_l, COOL_DOWNS_MS.length - 1)] ?? DAY_MS;
  write({ ...state, i_p: Date.now() + coolDown, i_l: Math.min(i_l + 1, COOL_DOWNS_MS.length) });
}

/** Ends the suppression of One Tap after a sign-in. */
export function restorePrompt(): void {
  const { i_t } = read();
  write({ i_l: 0, ...(i_t ? { i_t } : {}) });
}

/** Whether automatic selection is off because of a sign-out. */
export function isAutoSelectSuppressed(): boolean {
  return (read().i_t ?? 0) > Date.now();
}

/** Turns automatic selection off for a day after a sign-out. */
export function suppressAutoSelect(): void {
  write({ ...read(), i_t: Date.now() + DAY_MS });
}

function read(): State {
  const pair = document.cookie.split("; ").find((item) => item.startsWith(`${COOKIE}=`));
  try {
    return { i_l: 0, ...JSON.parse(pair?.slice(COOKIE.length + 1) ?? "{}") };
  } catch {
    return { i_l: 0 };
  }
}

// On http Google's script sets no other attributes.
function write(state: State): void {
  document.cookie = `${COOKIE}=${JSON.stringify(state)}; path=/; max-age=${MAX_AGE_S}`;
}
