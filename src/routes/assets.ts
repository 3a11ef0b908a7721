import { Elysia } from "elysia";

import type { Assets } from "../assets.ts";
import { RefusedRequest } from "../errors.ts";
import { sendEncoded } from "../http/compression.ts";
import { DOCUMENT_HEADERS } from "../http/security_headers.ts";
import { PATHS } from "../paths.ts";

const POLICY = "Content-Security-Policy";

/** A policy under which nothing runs and nothing loads. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Static files for browsers. Each path contains the file's hash, so browsers may cache it forever. */
export function assetRoutes({ assets }: { assets: Assets }) {
  return (
    new Elysia()
      // Browsers ask for it where no document names an icon, for example at /healthz.
      .get("/favicon.ico", ({ redirect }) => redirect(assets.icon.path, 302))
      .get(`${PATHS.assets}/:file`, ({ path, request, set }) => {
        const asset = assets.files.get(path);
        if (!asset) throw new RefusedRequest("not_found");
        for (const name of [...DOCUMENT_HEADERS, POLICY]) delete set.headers[name];
        // An SVG that is opened by itself is a document, and an operator's may hold a script.
        if (asset.type === "image/svg+xml") set.headers[POLICY] = INERT;
        set.headers["content-type"] = asset.type;
        set.headers["cache-control"] = "public, max-age=31536000, immutable";
        return sendEncoded(asset.bodies, { request, set });
      })
  );
}
