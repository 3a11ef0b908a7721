import { createScene, type Scene } from "./scene.ts";
import type { Target } from "./target.ts";
import { clientTarget } from "./targets/client.ts";
import { credentialTarget } from "./targets/credential.ts";
import { crossOriginTarget } from "./targets/cross_origin.ts";
import { deviceProofTarget } from "./targets/device_proof.ts";
import { exportTarget } from "./targets/export.ts";
import { formTarget } from "./targets/form.ts";
import { personTarget } from "./targets/person.ts";
import { protectedSiteTarget } from "./targets/protected_site.ts";
import { cookieTarget, headerTarget, pathTarget, queryTarget } from "./targets/request.ts";
import { returnTarget } from "./targets/return_target.ts";
import { securityEventTarget } from "./targets/security_event.ts";

/** What is tried against the application in this process, by name. Each has an application of its own. */
const MAKERS = {
  credential: credentialTarget,
  security_event: securityEventTarget,
  device_proof: deviceProofTarget,
  form: formTarget,
  client: clientTarget,
  cookie: cookieTarget,
  header: headerTarget,
  query: queryTarget,
  path: pathTarget,
  return_target: returnTarget,
  protected_site: protectedSiteTarget,
  cross_origin: crossOriginTarget,
  person: personTarget,
  export: exportTarget,
};

/** The names of the targets that need nothing but this process. */
export const TARGETS = Object.keys(MAKERS) as (keyof typeof MAKERS)[];

/** Makes a target with its scene. */
export async function createTarget(name: keyof typeof MAKERS): Promise<Target> {
  const make = MAKERS[name] as (scene: Scene) => Target | Promise<Target>;
  return make(await createScene());
}

/** Whether a target needs nothing but this process. */
export function isInProcess(name: string): name is keyof typeof MAKERS {
  return Object.hasOwn(MAKERS, name);
}
