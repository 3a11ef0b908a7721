import htmx from "htmx.org";

/** What our server sends is trusted. There is no rule by which text becomes a script. */
const RULES = {
  createHTML: (html: string) => html,
  createScriptURL: (url: string) => url,
};

/** Missing in TypeScript's library. What a policy makes stands for a string. */
type WithTrustedTypes = Partial<
  Record<"trustedTypes", { createPolicy(name: string, rules: typeof RULES): typeof RULES }>
>;

/**
 * The page's one policy of Trusted Types; its name is in src/http/security_headers.ts. Where that requires them, no
 * other text becomes HTML.
 *
 * @see https://www.w3.org/TR/trusted-types/
 */
export const trusted: typeof RULES =
  (window as WithTrustedTypes).trustedTypes?.createPolicy("foyer", RULES) ?? RULES;

/** htmx parses answers with the policy. Those of others are not swapped in: see failures.ts. */
export function trustAnswers(): void {
  htmx.registerExtension("foyer", {
    init: ({ initSecurity }: { initSecurity(policy: typeof RULES): void }) => initSecurity(trusted),
  });
}
