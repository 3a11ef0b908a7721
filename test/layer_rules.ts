/** The room that a file belongs to; the rules below are between rooms. */
export function roomOf(path: string): string {
  const rooms = [
    "src/auth",
    "src/binding",
    "src/commands",
    "src/config",
    "src/examples",
    "src/forward_auth",
    "src/google_stand_in",
    "src/http",
    "src/metrics",
    "src/pages",
    "src/process",
    "src/routes",
    "src/session",
    "views/browser",
    "views",
    "db/contract",
    "db",
  ];
  return rooms.find((room) => path.startsWith(`${room}/`)) ?? path;
}

/** What nearly every room may know: the words of refusals, and the addresses. */
const GROUND = ["src/errors.ts", "src/paths.ts", "src/log.ts"];
const ELYSIA = ["elysia", /^@elysiajs\//];

/** What each room may import, by room, file or package; type-only imports have their own rule. */
export const ALLOWED: Record<string, (string | RegExp)[]> = {
  "src/auth": ["src/auth", "src/errors.ts", "src/paths.ts", "jose", "node:crypto"],
  "src/http": [
    "src/http",
    "src/config/networks.ts",
    "src/config/values.ts",
    "views",
    ...GROUND,
    ...ELYSIA,
    "node:zlib",
  ],
  "src/session": ["src/session", "src/http", "src/auth", ...GROUND, ...ELYSIA],
  "src/pages": [
    "src/pages",
    "src/session",
    "src/http",
    "src/auth",
    "views",
    // Lists of what can be asked for; no code.
    "db/contract",
    ...GROUND,
    ...ELYSIA,
    "bowser",
  ],
  // What binds a session to a device.
  "src/binding": ["src/binding", "src/session", "src/http", "src/auth", ...GROUND, ...ELYSIA],
  // What Foyer does for applications behind the same proxy.
  "src/forward_auth": [
    "src/forward_auth",
    "src/pages",
    "src/session",
    "src/http",
    "src/auth",
    "views",
    ...GROUND,
    ...ELYSIA,
  ],
  "src/routes": [
    "src/routes",
    "src/pages",
    "src/session",
    "src/http",
    "src/auth",
    "views",
    ...GROUND,
    ...ELYSIA,
  ],
  views: ["views", "src/paths.ts", "src/errors.ts", "@elysiajs/html", "@kitajs/html"],
  "views/browser": ["views/browser", "src/paths.ts", "htmx.org"],
  "db/contract": ["db/contract", "db/table.ts", "db/tables.ts"],
  db: ["db", "db/contract", /^drizzle-/, "bun:sqlite", "node:crypto", "node:fs", "node:path"],
  "src/google_stand_in": ["src/google_stand_in", "src/config/values.ts", "jose", "@elysiajs/html"],
  "src/machine.ts": [],
  "src/sweeper.ts": ["src/account_retention.ts"],
  "src/account_retention.ts": ["src/auth", "db/contract"],
  "src/app.ts": [
    "src/routes",
    "src/binding",
    "src/forward_auth",
    "src/pages",
    "src/session",
    "src/http",
    "elysia",
  ],
  "src/metrics": [
    "src/metrics",
    "src/config/values.ts",
    "src/process/descriptors.ts",
    "src/errors.ts",
    "src/http",
    "src/process/listen.ts",
    "src/paths.ts",
    "src/session",
    "prom-client",
    "node:process",
  ],
  "src/server.ts": [
    "src/app.ts",
    "src/auth",
    "src/process/descriptors.ts",
    "src/http",
    "src/process/listen.ts",
    "src/metrics",
    "src/session",
    "src/sweeper.ts",
  ],
  "src/exit.ts": [
    "db",
    "src/commands",
    "src/config.ts",
    "src/process/listen.ts",
    "src/process/terminal.ts",
  ],
  "src/assets.ts": ["src/paths.ts", "node:zlib"],
  "src/build.ts": [/^src\/build_\w+\.ts$/, "node:fs", "node:path", "node:util"],
  "src/build_assets.ts": ["node:fs", "node:zlib"],
  "src/build_info.ts": ["package.json"],
  "src/build_licences.ts": ["src/build_info.ts", "bun:sqlite", "node:fs", "node:path"],
  "src/config.ts": ["src/config"],
  // Settings, each group in a file.
  "src/config": [
    "src/config",
    "src/config.ts",
    "src/auth/email_address.ts",
    "ipaddr.js",
    /^node:(?:crypto|fs|net)$/,
  ],
  // What the process takes from its machine and gives to it: a port, a log, signals, a terminal.
  "src/process": [
    "src/process",
    "src/config/tls.ts",
    "src/config/values.ts",
    "src/http/client_address.ts",
    "src/server.ts",
    "@logtape/logtape",
    "bun:ffi",
    /^node:(?:fs|readline)$/,
  ],
  // What other programs are configured with: text, filled in from settings.
  "src/examples": ["src/examples", "src/config/address.ts", "node:path"],
  "src/commands": [
    "src/commands",
    "src/examples",
    "db",
    "db/contract",
    "src/auth",
    "src/build_info.ts",
    "src/config",
    "src/config.ts",
    "src/paths.ts",
    "jose",
    /^node:(?:fs|os|path|tls|util)$/,
  ],
};

/** What is only a shape, and may be named from anywhere above. */
export const FREE_TYPES = [
  "src/config.ts",
  "src/config/brand.ts",
  "src/config/sites.ts",
  "src/config/values.ts",
  "src/auth",
  "db/contract",
  "src/log.ts",
  "src/machine.ts",
  "src/process/terminal.ts",
  "src/session/app_context.ts",
  "src/assets.ts",
  "src/build_assets.ts",
];
