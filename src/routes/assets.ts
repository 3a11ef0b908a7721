import { Elysia } from "elysia";

import type { Asset, Assets } from "../assets.ts";
import { SignInError } from "../errors.ts";
import { PATHS } from "../paths.ts";

/** Files for browsers: a path holds its content's hash, so an answer is good for ever. */
export function assetRoutes({ assets }: { assets: Assets }) {
  return new Elysia().get(`${PATHS.assets}/:file`, ({ path, request }) => {
    const asset = assets.files.get(path);
    if (!asset) throw new SignInError("not_found");
    return answer(asset, request.headers.get("accept-encoding") ?? "");
  });
}

function answer({ type, bodies }: Asset, acceptEncoding: string): Response {
  const encoding = (["br", "gzip"] as const).find((name) => accepts(acceptEncoding, name));
  return new Response(bodies[encoding ?? "identity"], {
    headers: {
      "Content-Type": type,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      ...(encoding ? { "Content-Encoding": encoding } : {}),
    },
  });
}

/** Whether `Accept-Encoding` names `encoding` with a weight other than zero (RFC 9110, section 12.5.3). */
function accepts(header: string, encoding: string): boolean {
  return header.split(",").some((item) => {
    const [name, weight = ""] = item.split(";").map((part) => part.trim().toLowerCase());
    return name === encoding && !/^q=0(?:\.0*)?$/.test(weight);
  });
}
