import { Elysia } from "elysia";

import type { Asset, Assets } from "../assets.ts";
import type { Config } from "../config.ts";
import { RefusedRequest } from "../errors.ts";
import { createReadyAnswer } from "../http/ready_answer.ts";
import { answerHeaders, DOCUMENT_HEADERS, POLICY } from "../http/security_headers.ts";
import type { Shortcut } from "../http/shortcuts.ts";
import { PATHS } from "../paths.ts";

/** A policy under which nothing runs and nothing loads. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Static files for browsers. Each path contains the file's hash, so browsers may cache it forever. */
export function assetRoutes({ assets, config }: { assets: Assets; config: Config }) {
  const { file: shared } = answerHeaders(config);
  const ready = new Map(
    [...assets.files].map(([path, { type, bodies }]) => [
      path,
      createReadyAnswer(bodies, { ...shared, ...headersOf(type) }),
    ]),
  );
  const shortcuts = [...ready].map(([path, { respond }]): [string, Shortcut] => [path, respond]);
  const routes = new Elysia()
    // Browsers ask for it where no document names an icon, for example at /healthz.
    .get("/favicon.ico", ({ redirect }) => redirect(assets.icon.path, 302))
    .get(`${PATHS.assets}/:file`, ({ path, request, set }) => {
      const asset = ready.get(path);
      if (!asset) throw new RefusedRequest("not_found");
      for (const name of [...DOCUMENT_HEADERS, POLICY]) delete set.headers[name];
      return asset.respond(request);
    });
  return { routes, shortcuts };
}

function headersOf(type: Asset["type"]): Record<string, string> {
  return {
    // An SVG that is opened by itself is a document, and an operator's may hold a script.
    ...(type === "image/svg+xml" ? { [POLICY]: INERT } : {}),
    "Content-Type": type,
    "Cache-Control": "public, max-age=31536000, immutable",
    Vary: "Accept-Encoding",
  };
}
