import { ADA } from "../../fixture.ts";
import { intercept } from "../steps.ts";
import { PAYROLL, WIKI } from "./scene.ts";
import type { Place, State } from "./state.ts";

const BOARD = `?${new URLSearchParams({ return: `${WIKI}/board?tab=2` })}`;

/** In front of applications that Foyer protects: the way in, the way out, and the page for who may not open one. */
export const APPLICATION_STATES: State[] = [
  { name: "enter", path: `/spa/enter${BOARD}`, shows: "#sign_in" },
  {
    name: "enter_signed_in",
    path: `/spa/enter${BOARD}`,
    person: ADA,
    arrange: stay,
    shows: "[data-enter]",
  },
  { name: "sign_out", path: `/auth/sign_out${BOARD}`, person: ADA, shows: "#sign_out_title" },
  {
    name: "signed_out_of_application",
    path: `/auth/sign_out${BOARD}`,
    shows: "#signed_out_title",
  },
  ...["en", "de"].map((language) => ({
    name: language === "en" ? "refused_application" : "refused_application_german",
    path: "/auth/verify",
    person: ADA,
    arrange: ({ page }: Place) =>
      page.setExtraHTTPHeaders({ "x-foyer-origin": PAYROLL, "accept-language": language }),
    shows: "#refusal_title",
    isBare: true,
    isWithoutGoogle: true,
  })),
];

/** Nothing leads on. */
async function stay({ page }: Place): Promise<void> {
  await intercept(page, (request) => {
    if (!request.url().includes("/auth/enter?")) void request.continue();
  });
}
