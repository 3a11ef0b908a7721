import { createApprovals } from "./approvals.ts";
import { drawButtonFrame } from "./button_frame.tsx";
import { chooserRoutes } from "./chooser_routes.ts";
import { answerClientScript, clientFile } from "./client_files.ts";
import { type Fault, FAULTS } from "./faults.ts";
import { fedCmRoutes } from "./fedcm.ts";
import { drawFrontPage } from "./front_page.tsx";
import { readAccounts } from "./google_session.ts";
import { GOOGLE_SESSION_ROUTES } from "./google_session_routes.tsx";
import { personOf } from "./people.ts";
import { servePicture } from "./picture.ts";
import { createBehaviour, type Play } from "./play.ts";
import { playRoutes } from "./play_routes.ts";
import { promptRoutes } from "./prompt_routes.ts";
import { page } from "./responses.ts";
import { createRisc, type RiscStandIn } from "./risc.ts";
import { createSigningKeys, type SigningKeys } from "./signing_keys.ts";
import { signToken, type TokenRequest } from "./tokens.ts";

/** A Google on this machine, at an origin of its own. */
export interface GoogleStandIn {
  origin: string;
  keys: SigningKeys;
  /** How often the key set was fetched. */
  keySetFetches(): number;
  /** Plays a Google in trouble in the parts that are named, and one in good order in all others. */
  play(parts: Partial<Play>): void;
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
  const behaviour = createBehaviour();
  const context = { issueToken, approvals: createApprovals(), behaviour };
  let fetches = 0;

  const risc = createRisc({ keys, now });
  const server = Bun.serve({
    port,
    hostname: "127.0.0.1",
    routes: {
      "/": (request) => {
        const keyIds = keys.keySet().keys.map(({ kid = "" }) => kid);
        return page(
          drawFrontPage({ keyIds, accounts: readAccounts(request), play: behaviour.current() }),
        );
      },
      "/oauth2/v3/certs": () => {
        fetches += 1;
        if (behaviour.current().key_set === "failing") return new Response(null, { status: 500 });
        return Response.json(keys.keySet(), { headers: KEY_SET });
      },
      "/people/:file": ({ params }) => servePicture(params.file),
      "/gsi/client": (request, self) => {
        self.timeout(request, 0);
        return answerClientScript(behaviour);
      },
      "/gsi/button": (request) => page(drawButtonFrame(new URL(request.url).searchParams)),
      ...chooserRoutes(context),
      ...promptRoutes(context),
      ...fedCmRoutes(context),
      ...GOOGLE_SESSION_ROUTES,
      ...playRoutes(behaviour),
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
    play: behaviour.play,
    issueToken,
    issueSecurityEvent: risc.issueSecurityEvent,
    createServiceAccount: risc.createServiceAccount,
    stop: () => server.stop(true),
  };
}
