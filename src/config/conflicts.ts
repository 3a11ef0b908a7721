import { findSiteConflicts, type ForwardAuth } from "./sites.ts";
import { belongTogether, type Tls } from "./tls.ts";
import { isLoopback } from "./values.ts";

/** The settings that can contradict each other. */
interface Settings extends ForwardAuth {
  port: number;
  host: string;
  /** `null` if it is not valid: then nothing can be said about what goes with it. */
  origin: string | null;
  googleSignIn: string;
  googleUxMode: string;
  googleOneTap: boolean;
  googleAuthClaims: boolean;
  adminAmr: ReadonlySet<string> | null;
  googleButtonFedCm: boolean;
  tls: Tls | null;
  sessionMaxAgeMs: number;
  sessionLifetimeMs: number;
  metrics: { readonly port: number } | null;
  accountRetentionMs: number | null;
}

/** Variables that are set, by name. */
type Environment = Record<string, string | undefined>;

/** What settings contradict each other, a sentence each; every setting by itself is valid. */
export function findConflicts(settings: Settings, env: Environment): string[] {
  const { host, origin, googleSignIn, googleUxMode, googleOneTap } = settings;
  const isLocal = origin === null ? null : isLoopback(new URL(origin).hostname);
  const conflicts: string[] = [];
  if (isLocal === true && !isLoopback(host)) {
    conflicts.push(
      `HOST "${host}" is open to other machines, but ORIGIN "${origin}" is local: set ORIGIN to the public https origin`,
    );
  }
  if (googleSignIn === "fedcm") {
    // They need Google's script, which `fedcm` does not load.
    const conflict = "cannot be combined with GOOGLE_SIGN_IN=fedcm";
    if (googleOneTap) conflicts.push(`GOOGLE_ONE_TAP=true ${conflict}`);
    if (settings.googleButtonFedCm) conflicts.push(`GOOGLE_BUTTON_FEDCM=true ${conflict}`);
    if (googleUxMode === "redirect") conflicts.push(`GOOGLE_UX_MODE=redirect ${conflict}`);
  }
  if (settings.adminAmr !== null && !settings.googleAuthClaims) {
    conflicts.push(
      "ADMIN_AMR needs GOOGLE_AUTH_CLAIMS=true: else Google does not say how people sign in",
    );
  }
  if (settings.sessionLifetimeMs < settings.sessionMaxAgeMs) {
    conflicts.push("SESSION_LIFETIME must be at least SESSION_MAX_AGE");
  }
  // Who uses one session to its end still uses the account.
  const { accountRetentionMs } = settings;
  if (accountRetentionMs !== null && accountRetentionMs <= settings.sessionLifetimeMs) {
    conflicts.push("ACCOUNT_RETENTION_DAYS must be longer than SESSION_LIFETIME");
  }
  if (Boolean(env.TLS_CERT) !== Boolean(env.TLS_KEY)) {
    conflicts.push("TLS_CERT and TLS_KEY must be set together");
  }
  if (settings.tls && !belongTogether(settings.tls)) {
    conflicts.push("TLS_KEY is not the key of the certificate in TLS_CERT");
  }
  if (env.TLS_CERT && origin?.startsWith("http:")) {
    conflicts.push(`ORIGIN "${origin}" is http, but TLS_CERT serves https`);
  }
  if (settings.metrics?.port === settings.port) {
    conflicts.push("METRICS_PORT and PORT must differ");
  }
  if (origin !== null) conflicts.push(...findSiteConflicts(settings, origin));
  if (isLocal === false) conflicts.push(...findWeakTls(env));
  const standIns = ["GOOGLE_JWKS_URL", "GOOGLE_ACCOUNTS_URL"].filter((name) => env[name]);
  if (isLocal === false || !isLoopback(host)) {
    conflicts.push(...standIns.map((name) => `${name} is only for a local stand-in: unset it`));
  }
  return conflicts;
}

/** With a public origin, whoever is in between must not pass for Google, or for a proxy that leads to it. */
export function findWeakTls({ NODE_TLS_REJECT_UNAUTHORIZED: text }: Environment): string[] {
  if (text !== "0") return [];
  return [
    "NODE_TLS_REJECT_UNAUTHORIZED=0 would believe every certificate: unset it, and name your own authority's in NODE_EXTRA_CA_CERTS",
  ];
}
