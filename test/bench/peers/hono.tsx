/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { Hono } from "hono";
import { getCookie, setCookie } from "hono/cookie";

import { Navbar, Page } from "./hono_views.tsx";
import { COOKIE, findPerson, plan, signIn } from "./people.ts";

// Hono as its pages suggest: https://hono.dev/docs/guides/jsx, https://hono.dev/docs/helpers/cookie

const app = new Hono();

app.get("/healthz", (c) => c.text("ok"));
app.get("/spa", (c) => c.html(<Page />));
app.get("/auth/auth_navbar", (c) => {
  const person = findPerson(getCookie(c, "session_id"));
  return person ? c.html(<Navbar {...person} />) : c.text("Not signed in", 401);
});
app.post("/auth/login", async (c) => {
  const { credential } = await c.req.parseBody();
  const { token, name } = await signIn(String(credential));
  setCookie(c, "session_id", token, { ...COOKIE, sameSite: "Lax" });
  return c.json({ Authenticated_as: name });
});

Bun.serve({ port: plan.port, hostname: "127.0.0.1", fetch: app.fetch });
