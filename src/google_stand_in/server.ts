import { readAccounts } from "./accounts.ts";
import { createApprovals } from "./approvals.ts";
import { clientFile } from "./client_files.ts";
import { type Fault, FAULTS } from "./faults.ts";
import { fedCmRoutes } from "./fedcm.ts";
import { flowRoutes } from "./flows.ts";
import { drawButtonFrame } from "./frames.tsx";
import { drawIndex } from "./pages.tsx";
import { personOf } from "./people.ts";
import { answerPortrait } from "./portrait.ts";
import { page } from "./responses.ts";
import { createRisc, type RiscStandIn } from "./risc.ts";
import { SIGN_IN_ROUTES } from "./sign_in.tsx";
import { createSigningKeys, type SigningKeys } from "./signing_keys.ts";
import { signToken, type TokenRequest } from "./tokens.ts";

/** A Google on this machine, at an origin of its own. */
export interface GoogleStandIn {
  origin: string;
  keys: SigningKeys;
  /** How often the key set was fetched. */
  keySetFetches(): number;
  /** What the key set answers with instead, to play a Google in trouble; `null` ends that. */
  answerKeySetWith(response: (() => Response) | null): void;
  /** A token for a person, right or with any fault: named, or put in by `claims` and `header`. */
  issueToken(request: TokenOrder): Promise<string>;
  issueSecurityEvent: RiscStandIn["issueSecurityEvent"];
  createServiceAccount: RiscStandIn["createServiceAccount"];
  stop(): Promise<void>;
}

/** A token to be issued; the time is the stand-in's unless given. */
export type TokenOrder = Omit<TokenRequest, "now"> & { now?: number; fault?: Fault };

const KEY_SET = { "Cache-Control": "public, max-age=20000, must-revalidate, no-transform" };

/** Starts the stand-in on 127.0.0.1; port 0 takes a free one. For development and tests only. */
export async function startGoogleStandIn({
  port,
  now = Date.now,
}: {
  port: number;
  now?: () => number;
}): Promise<GoogleStandIn> {
  const keys = await createSigningKeys();
  const context = { issueToken, approvals: createApprovals() };
  let fetches = 0;
  let trouble: (() => Response) | null = null;

  const risc = createRisc({ keys, now });
  const server = Bun.serve({
    port,
    hostname: "127.0.0.1",
    routes: {
      "/": (request) => {
        const keyIds = keys.keySet().keys.map(({ kid = "" }) => kid);
        return page(drawIndex({ keyIds, accounts: readAccounts(request) }));
      },
      "/oauth2/v3/certs": () => {
        fetches += 1;
        return trouble ? trouble() : Response.json(keys.keySet(), { headers: KEY_SET });
      },
      "/people/:file": ({ params }) => answerPortrait(params.file),
      "/gsi/button": (request) => page(drawButtonFrame(new URL(request.url).searchParams)),
      ...flowRoutes(context),
      ...fedCmRoutes(context),
      ...SIGN_IN_ROUTES,
      "/stand_in/token": { POST: async (request) => order(await request.json()) },
      "/stand_in/rotate_keys": {
        POST: async () => {
          await keys.rotate();
          return new Response(null, { status: 303, headers: { Location: "/" } });
        },
      },
      ...risc.routes,
    },
    fetch: async (request) =>
      (await clientFile(new URL(request.url).pathname)) ??
      new Response("Not found", { status: 404 }),
  });
  const { origin } = server.url;

  function issueToken({ fault, ...order }: TokenOrder): Promise<string> {
    const make = fault ? FAULTS[fault] : signToken;
    return make({ now: now(), ...order }, { key: keys.newest(), origin: server.url.origin });
  }

  /** Issues a token to whoever asks for one by JSON: tests in other processes, and the curious. */
  async function order({ email, ...rest }: TokenOrder & { email: string }): Promise<Response> {
    if (rest.fault !== undefined && !Object.hasOwn(FAULTS, rest.fault)) {
      return Response.json({ faults: Object.keys(FAULTS) }, { status: 400 });
    }
    return Response.json({
      credential: await issueToken({ ...rest, person: personOf({ email }) }),
    });
  }

  return {
    origin,
    keys,
    keySetFetches: () => fetches,
    answerKeySetWith: (response) => {
      trouble = response;
    },
    issueToken,
    issueSecurityEvent: risc.issueSecurityEvent,
    createServiceAccount: risc.createServiceAccount,
    stop: () => server.stop(true),
  };
}
