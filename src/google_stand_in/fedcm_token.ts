import type { Play } from "./play.ts";

/** Wraps `credential` as FedCM's `token`. All these shapes have been seen from Google. */
export function wrapFedCmToken(credential: string, shape: Play["fedcm_token"]): unknown {
  switch (shape) {
    case "jwt":
      return credential;
    case "id_token_text":
      return JSON.stringify({ id_token: credential });
    case "token_text":
      return JSON.stringify({ token: credential });
    case "id_token_object":
      return { id_token: credential };
    case "token_object":
      return { token: credential };
  }
}
