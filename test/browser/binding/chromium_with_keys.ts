import { TRUST } from "../certificate.ts";
import { launchChromium } from "../chromium.ts";

/** Chromium on Linux has no key store of its own, so it keeps keys in software, and signs as often as tests ask. */
const FEATURES = [
  "DeviceBoundSessions:RefreshQuota/false",
  "EnableBoundSessionCredentialsSoftwareKeysForManualTesting",
];

/** A Chromium that binds sessions. */
export function launchWithKeys(userDataDir?: string) {
  const args = [`--enable-features=${FEATURES.join(",")}`, TRUST];
  return launchChromium({ args, ...(userDataDir === undefined ? {} : { userDataDir }) });
}
