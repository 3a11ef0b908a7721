import type { Page } from "puppeteer-core";

import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import { PATHS } from "../../../src/paths.ts";
import type { Visitor } from "../../visitor.ts";
import type { OwnServer } from "../own_server.ts";
import { isLoaded, waitForFrames } from "../steps.ts";
import { MORNING } from "./scene.ts";
import type { Look, Place, State } from "./state.ts";

const POLLING = { polling: 30 };

/** Brings a fresh page into `state`, in a window of that look. */
export async function drawState(
  place: Place,
  { state, look }: { state: State; look: Look },
): Promise<void> {
  const { page, server } = place;
  server.clock.now = MORNING;
  await setLook(page, look);
  await setClock(page);
  if (state.language) await page.setExtraHTTPHeaders({ "accept-language": state.language });
  if (state.person) await signInAgain(place, state.person);
  await state.arrange?.(place);
  await page.goto(server.origin + state.path);
  if (!state.isBare) await page.waitForFunction(isLoaded, POLLING);
  await waitForPictures(page, state);
  await state.reach?.(place);
  await page.waitForSelector(state.shows, { visible: true });
  if (!state.isBare) await page.waitForFunction(isLoaded, POLLING);
  await waitForPictures(page, state);
}

/** Changes the window and the colors of a page that is there. */
export async function setLook(page: Page, { width, height, scheme }: Look): Promise<void> {
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: scheme },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  await waitForFrames(page);
}

/** Gives the page's scripts the time and the zone of the scene, wherever and whenever it is drawn. */
async function setClock(page: Page): Promise<void> {
  await page.emulateTimezone("UTC");
  await page.evaluateOnNewDocument((now) => {
    const Machine = Date;
    const passed = now - Machine.now();
    globalThis.Date = class extends Machine {
      constructor(...parts: unknown[]) {
        super(...((parts.length > 0 ? parts : [Machine.now() + passed]) as [number]));
      }
      static override now() {
        return Machine.now() + passed;
      }
    } as DateConstructor;
  }, MORNING);
}

/** Sessions that are used again, so that the list of devices stays as it is. */
const visitors = new WeakMap<OwnServer, Map<string, Visitor>>();

async function signInAgain({ page, server }: Place, person: StandInPerson): Promise<void> {
  const known = visitors.get(server) ?? new Map<string, Visitor>();
  visitors.set(server, known);
  const visitor = known.get(person.sub) ?? (await signInAs({ page, server }, person));
  known.set(person.sub, visitor);
  await giveSession(page, visitor);
}

/** Signs a person in on this browser, as a click on Google's button does: begins a session. `amr` is what Google says. */
export async function signInAs(
  { page, server }: Place,
  person: StandInPerson,
  { amr }: { amr?: string[] } = {},
): Promise<Visitor> {
  const visitor = server.foyer.visitor();
  const credential = await visitor.credential(person, { claims: { amr } });
  await visitor.send(PATHS.login, {
    method: "POST",
    body: new URLSearchParams({ credential, select_by: "btn" }),
    headers: { "user-agent": await page.browser().userAgent() },
  });
  await giveSession(page, visitor);
  return visitor;
}

function giveSession(page: Page, { sessionToken }: Visitor): Promise<void> {
  return page.browserContext().setCookie({
    name: "session_id",
    value: sessionToken,
    domain: "localhost",
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
  });
}

/** Waits for people's pictures and Google's buttons, which come from elsewhere. */
export async function waitForPictures(
  page: Page,
  { isWithoutGoogle = false }: State,
): Promise<void> {
  await page.waitForFunction(
    (hasOwnLinks) => {
      const pictures = document.querySelectorAll<HTMLImageElement>("img.portrait");
      const links = document.querySelectorAll<HTMLElement>("google-button a, google-slot a");
      // A slot has a button only after the navigation bar has one.
      const isComing =
        document.querySelector("google-slot") && !document.querySelector("google-button");
      const hasButtons = !isComing && [...links].every((link) => link.hidden);
      return [...pictures].every((picture) => picture.complete) && (hasOwnLinks || hasButtons);
    },
    POLLING,
    isWithoutGoogle,
  );
  await waitForFrames(page);
}
