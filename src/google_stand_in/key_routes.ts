import type { Behaviour } from "./play.ts";
import { only } from "./responses.ts";
import type { SigningKeys } from "./signing_keys.ts";

const CACHING = { "Cache-Control": "public, max-age=20000, must-revalidate, no-transform" };

/** The key set in both formats, and the document that names it. `onFetch` is called for each key set. */
export function keyRoutes({
  keys,
  behaviour,
  onFetch,
}: {
  keys: SigningKeys;
  behaviour: Behaviour;
  onFetch: () => void;
}) {
  function serve(read: () => object): Response {
    if (behaviour.current().key_set === "failing") return new Response(null, { status: 500 });
    return Response.json(read(), { headers: CACHING });
  }

  return {
    "/oauth2/v3/certs": () => {
      onFetch();
      return serve(keys.keySet);
    },
    "/oauth2/v1/certs": only("GET", () => serve(keys.certificates)),
    "/.well-known/openid-configuration": only("GET", (request) =>
      Response.json(describeProvider(request), { headers: CACHING }),
    ),
  };
}

/**
 * The discovery document, with the endpoints that the stand-in has. The issuer is Google's: tokens name it.
 *
 * @see https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
 */
function describeProvider(request: Request) {
  const at = (path: string) => new URL(path, request.url).href;
  return {
    issuer: "https://accounts.google.com",
    authorization_endpoint: at("/o/oauth2/v2/auth"),
    jwks_uri: at("/oauth2/v3/certs"),
    response_types_supported: ["id_token"],
    response_modes_supported: ["fragment", "form_post"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "email", "profile"],
    claims_supported: [
      "aud",
      "email",
      "email_verified",
      "exp",
      "family_name",
      "given_name",
      "iat",
      "iss",
      "name",
      "picture",
      "sub",
    ],
  };
}
