/** `essential_claims` of the page as OIDC's parameter `claims`, or "". Like Google, a wrong option only warns. */
export function writeClaims(names: unknown): string {
  if (names === undefined || names === "") return "";
  if (typeof names !== "string") {
    console.warn("[GSI_LOGGER]: Provided essential_claims is invalid: it must be a string.");
    return "";
  }
  const wanted = names.split(/[\s,]+/).filter((name) => name !== "");
  const requests = Object.fromEntries(wanted.map((name) => [name, { essential: true }]));
  return JSON.stringify({ id_token: requests });
}
