import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { BUBBLEWRAP } from "../programs.ts";

/** A container as its file describes it: the root that it sees, and how it is run. */
export interface Container {
  root: string;
  env: Record<string, string>;
  user: string;
  entrypoint: string[];
  healthcheck: string[];
}

/** The instructions of a Containerfile, in order. */
function readInstructions(text: string): [name: string, rest: string][] {
  return [...text.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, name = "", rest = ""]) => [name, rest]);
}

/**
 * Builds in `folder` what the Containerfile `text` builds, on this machine instead of in its first stage. Packages must
 * be installed already.
 */
export function buildContainer(
  text: string,
  { folder, binary }: { folder: string; binary: string },
): Container {
  const root = join(folder, "parts");
  const at = text.indexOf("FROM scratch\nCOPY --from=parts /parts /\n");
  if (at < 0) throw new Error("It does not start from nothing");
  for (const [name, rest] of readInstructions(text.slice(0, at))) {
    if (name === "COPY") {
      const [, from = "", to = ""] = /^(\S+) \/parts(\S+)$/.exec(rest) ?? [];
      if (from !== "foyer") throw new Error(`It copies ${rest}`);
      mkdirSync(join(root, to, ".."), { recursive: true });
      copyFileSync(binary, join(root, to));
    }
    if (name === "RUN" && !rest.startsWith("apt-get ")) {
      // Another owner takes root; here one user does everything.
      const here = rest.replaceAll("/parts", root).replace(/ && chown \S+ \S+/, "");
      const { success, stderr } = Bun.spawnSync(["sh", "-e", "-c", here]);
      if (!success) throw new Error(`${here}: ${stderr.toString()}`);
    }
  }
  // Whoever runs a container makes the place for what is the system's.
  mkdirSync(join(root, "proc"));
  const last = new Map(readInstructions(text.slice(at)));
  const pairs = (last.get("ENV") ?? "").split(" ").map((pair) => pair.split("=", 2));
  return {
    root,
    env: Object.fromEntries(pairs),
    user: last.get("USER") ?? "",
    entrypoint: JSON.parse(last.get("ENTRYPOINT") ?? ""),
    healthcheck: JSON.parse(/CMD (\[.*\])$/.exec(last.get("HEALTHCHECK") ?? "")?.[1] ?? ""),
  };
}

/** The command that runs `command` inside the container's root, as its user, which may write to its volume only. */
export function insideContainer(
  { root, user }: Container,
  { command, hasNetwork }: { command: string[]; hasNetwork: boolean },
): string[] {
  const [uid = "", gid = ""] = user.split(":");
  return [
    BUBBLEWRAP.path,
    "--unshare-all",
    ...(hasNetwork ? ["--share-net"] : []),
    ...["--uid", uid, "--gid", gid, "--cap-drop", "ALL", "--die-with-parent"],
    ...["--ro-bind", root, "/", "--bind", join(root, "data"), "/data", "--proc", "/proc"],
    ...["--", ...command],
  ];
}
