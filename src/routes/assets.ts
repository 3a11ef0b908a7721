import { Elysia } from "elysia";

import type { Assets } from "../assets.ts";
import { RefusedRequest } from "../errors.ts";
import { sendEncoded } from "../http/compression.ts";
import { PATHS } from "../paths.ts";

/** What only documents need, and what would be most of a small file's weight. */
const DOCUMENT_HEADERS = [
  "Content-Security-Policy",
  "Cross-Origin-Opener-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
];

/** Files for browsers: a path holds its content's hash, so an answer is good for ever. */
export function assetRoutes({ assets }: { assets: Assets }) {
  return new Elysia().get(`${PATHS.assets}/:file`, ({ path, request, set }) => {
    const asset = assets.files.get(path);
    if (!asset) throw new RefusedRequest("not_found");
    for (const name of DOCUMENT_HEADERS) delete set.headers[name];
    set.headers["content-type"] = asset.type;
    set.headers["cache-control"] = "public, max-age=31536000, immutable";
    return sendEncoded(asset.bodies, { request, set });
  });
}
