import { type Behaviour, PLAYS, readPlay } from "./play.ts";

/** Reads and sets the behaviour over HTTP, for the front page and for tests in other processes. */
export function playRoutes(behaviour: Behaviour) {
  async function play(request: Request): Promise<Response> {
    const isForm = request.headers.get("Content-Type")?.startsWith("application/x-www-form-url");
    const value = isForm
      ? Object.fromEntries(await request.formData())
      : await request.json().catch(() => null);
    const parts = readPlay(value);
    if (!parts) return Response.json({ possible: PLAYS }, { status: 400 });
    behaviour.play(parts);
    if (isForm) return new Response(null, { status: 303, headers: { Location: "/" } });
    return Response.json(behaviour.current());
  }

  return {
    "/stand_in/play": { GET: () => Response.json(behaviour.current()), POST: play },
  };
}
