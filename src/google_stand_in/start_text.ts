import type { GoogleHosts } from "./google_hosts.ts";
import type { RegistrationOptions } from "./registration.ts";

/** What the text at the start is about. */
interface Started extends RegistrationOptions {
  origin: string;
}

/** What to set in an application, so that it takes the stand-in for Google. */
export function describeStart({ origin, clientIds = [], origins = [] }: Started): string {
  const at = (path: string) => `${origin}${path}`;
  const settings = {
    script: at("/gsi/client"),
    "sign-in": at("/o/oauth2/v2/auth"),
    discovery: at("/.well-known/openid-configuration"),
    keys: `${at("/oauth2/v3/certs")} (as certificates: ${at("/oauth2/v1/certs")})`,
    FedCM: at("/gsi/fedcm.json"),
    issuer: "https://accounts.google.com, as Google's",
    "client ID": clientIds.join(", ") || "any",
    origins: origins.join(", ") || "any of this machine",
  };
  const lines = Object.entries(settings).map(([name, value]) => `    ${name.padEnd(10)} ${value}`);
  return `
  A stand-in for Google is at ${origin}: choose there how it behaves. Stop with Ctrl+C.

  Set in your application:
${lines.join("\n")}
`;
}

/** How to start a browser and a server that know Google's own addresses only. */
export function describeGoogleHosts(
  { chromiumArgs, proxyUrl }: GoogleHosts,
  certificatePath: string,
): string {
  const args = ["--user-data-dir=$(mktemp -d)", ...chromiumArgs];
  return `  Or keep Google's addresses. Start a browser and a server that find the stand-in there:
    chromium ${args.map((arg) => `"${arg}"`).join(" ")}
    HTTPS_PROXY=${proxyUrl} NODE_EXTRA_CA_CERTS=${certificatePath} bun server.ts
`;
}
