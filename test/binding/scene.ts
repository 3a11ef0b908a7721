import type { AppOptions } from "../../src/app.ts";
import type { Environment } from "../../src/config.ts";
import { createDeviceKey, DbscBrowser, type DeviceKey } from "../dbsc_browser.ts";
import { createFoyer, type Foyer } from "../fixture.ts";

export const ORIGIN = "https://foyer.example.com";
export const BOUND_AGE_MS = 600_000;
export const GRACE_MS = 30_000;

/** Foyer where browsers bind their sessions. */
export function createBindingFoyer(
  env: Environment = {},
  overrides: Partial<AppOptions> = {},
): Promise<Foyer> {
  // Idling must not end what is about binding.
  return createFoyer({ ORIGIN, SESSION_MAX_AGE: "86400", ...env }, overrides);
}

/** A new browser that can bind sessions. */
export async function browserOf(foyer: Foyer, key?: DeviceKey): Promise<DbscBrowser> {
  return new DbscBrowser(foyer.visitor(), key ?? (await createDeviceKey()));
}
