import { createApprovals } from "./approvals.ts";
import { drawButtonFrame } from "./button_frame.tsx";
import { chooserRoutes } from "./chooser_routes.ts";
import { answerClientScript, clientFile } from "./client_files.ts";
import { type Fault, FAULTS } from "./faults.ts";
import { fedCmRoutes } from "./fedcm.ts";
import { drawFrontPage } from "./front_page.tsx";
import { type GoogleHosts, startGoogleHosts } from "./google_hosts.ts";
import { readAccounts } from "./google_session.ts";
import { googleSessionRoutes } from "./google_session_routes.tsx";
import { keyRoutes } from "./key_routes.ts";
import { personOf } from "./people.ts";
import { servePicture } from "./picture.ts";
import { createBehaviour, type Play } from "./play.ts";
import { playRoutes } from "./play_routes.ts";
import { promptRoutes } from "./prompt_routes.ts";
import { createRegistration, type RegistrationOptions } from "./registration.ts";
import { page } from "./responses.ts";
import { createRisc, type RiscStandIn } from "./risc.ts";
import { createSigningKeys, type SigningKeys } from "./signing_keys.ts";
import { signToken, type TokenRequest } from "./tokens.ts";

/** A running stand-in for Google, with its own origin. */
export interface GoogleStandIn {
  origin: string;
  keys: SigningKeys;
  /** The number of requests for the key set. */
  keySetFetches(): number;
  /** Sets the behaviour of the named parts. All other parts become normal. */
  play(parts: Partial<Play>): void;
  /** Signs an ID token, valid or with a fault: by name, or by `claims` and `header`. */
  issueToken(request: TokenOrder): Promise<string>;
  issueSecurityEvent: RiscStandIn["issueSecurityEvent"];
  createServiceAccount: RiscStandIn["createServiceAccount"];
  /** Also serves Google's own hosts over TLS, for packages that have their names in their code. */
  startGoogleHosts(ports: { tlsPort: number; proxyPort: number }): Promise<GoogleHosts>;
  stop(): Promise<void>;
}

/** A request for an ID token. `now` defaults to the clock of the stand-in. */
export type TokenOrder = Omit<TokenRequest, "now"> & { now?: number; fault?: Fault };

/** How to start the stand-in. Port 0 takes a free port. `now` is in milliseconds since 1970. */
export interface StandInOptions extends RegistrationOptions {
  port: number;
  now?: () => number;
}

/** Starts the stand-in on 127.0.0.1. */
export async function startGoogleStandIn({
  port,
  now = Date.now,
  ...registered
}: StandInOptions): Promise<GoogleStandIn> {
  const keys = await createSigningKeys();
  const behaviour = createBehaviour();
  const registration = createRegistration(registered);
  const context = { issueToken, approvals: createApprovals(), behaviour, registration, now };
  let fetches = 0;

  const risc = createRisc({ keys, now });
  const routes: Bun.Serve.Routes<undefined, string> = {
    "/": (request) => {
      const keyIds = keys.keySet().keys.map(({ kid = "" }) => kid);
      return page(
        drawFrontPage({ keyIds, accounts: readAccounts(request), play: behaviour.current() }),
      );
    },
    ...keyRoutes({
      keys,
      behaviour,
      onFetch: () => {
        fetches += 1;
      },
    }),
    "/people/:file": ({ params }) => servePicture(params.file ?? ""),
    "/gsi/client": (request, self) => {
      self.timeout(request, 0);
      return answerClientScript(behaviour);
    },
    "/gsi/button": (request) => page(drawButtonFrame(request)),
    ...chooserRoutes(context),
    ...promptRoutes(context),
    ...fedCmRoutes(context),
    ...googleSessionRoutes(context),
    ...playRoutes(behaviour),
    "/stand_in/token": { POST: async (request) => answerTokenOrder(await request.json()) },
    "/stand_in/rotate_keys": {
      POST: async () => {
        await keys.rotate();
        return new Response(null, { status: 303, headers: { Location: "/" } });
      },
    },
    ...risc.routes,
  };
  const serve = (place: { port: number; tls?: { cert: string; key: string } }) =>
    Bun.serve({
      ...place,
      hostname: "127.0.0.1",
      routes,
      fetch: async (request) =>
        (await clientFile(new URL(request.url).pathname)) ??
        new Response("Not found", { status: 404 }),
    });
  const server = serve({ port });
  const { origin } = server.url;

  function issueToken({ fault, ...order }: TokenOrder): Promise<string> {
    const make = fault ? FAULTS[fault] : signToken;
    return make({ now: now(), ...order }, { key: keys.newest(), origin: server.url.origin });
  }

  /** Issues a token over HTTP, for tests in other processes. */
  async function answerTokenOrder({
    email,
    ...rest
  }: TokenOrder & { email: string }): Promise<Response> {
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
    startGoogleHosts: (ports) => startGoogleHosts({ ...ports, serve }),
    stop: () => server.stop(true),
  };
}
