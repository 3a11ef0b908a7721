import { cookie } from "@elysiajs/cookie";
import { Html, html } from "@elysiajs/html";
import { Elysia, t } from "elysia";

import { Navbar, Page } from "./elysia_views.tsx";
import { COOKIE, findPerson, plan, signIn } from "./people.ts";

// Elysia as its pages suggest: https://elysiajs.com/plugins/html, https://github.com/elysiajs/elysia-cookie

new Elysia()
  .use(html())
  // With Elysia 1.4 its context reaches the application only so.
  .use(cookie().as("scoped"))
  .get("/healthz", () => "ok")
  .get("/spa", () => <Page />)
  .get("/auth/auth_navbar", ({ cookie: { session_id }, status }) => {
    const person = findPerson(String(session_id));
    return person ? <Navbar {...person} /> : status(401, "Not signed in");
  })
  .post(
    "/auth/login",
    async ({ body, setCookie }) => {
      const { token, name } = await signIn(body.credential);
      setCookie("session_id", token, COOKIE);
      return { Authenticated_as: name };
    },
    { body: t.Object({ credential: t.String() }) },
  )
  .listen({ port: plan.port, hostname: "127.0.0.1" });
