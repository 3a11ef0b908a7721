type CodeClientConfig = google.accounts.oauth2.CodeClientConfig;
type TokenClientConfig = google.accounts.oauth2.TokenClientConfig;

/**
 * `google.accounts.oauth2`, for access tokens. The stand-in has none: pages that set it up go on to work, and
 * each request fails with a warning.
 */
export const oauth2 = {
  initCodeClient: (config: CodeClientConfig) => ({ requestCode: () => fail(config) }),
  initTokenClient: (config: TokenClientConfig) => ({ requestAccessToken: () => fail(config) }),
  hasGrantedAllScopes: warnOfScopes,
  hasGrantedAnyScope: warnOfScopes,
  revoke(_accessToken: string, done?: (answer: { successful: boolean; error: string }) => void) {
    warn();
    done?.({ successful: false, error: "invalid_token" });
  },
};

function fail({ error_callback }: CodeClientConfig | TokenClientConfig): void {
  warn();
  const error = Object.assign(new Error("The stand-in has no access tokens."), {
    type: "unknown" as const,
  });
  error_callback?.(error);
}

function warnOfScopes(): boolean {
  warn();
  return false;
}

function warn(): void {
  console.warn("[GSI_LOGGER]: Foyer's stand-in has no google.accounts.oauth2: no access tokens.");
}
